package dev.davit.scripts;

import dev.davit.dsl.UnknownName;
import groovy.lang.GroovyObjectSupport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values that a command line gives to the parameters of a script: {@code params.tag}, {@code params['full-ref']}. */
public final class Params extends GroovyObjectSupport {

    private static final Pattern SEPARATED = Pattern.compile("[-_](.)");

    private final Map<String, @Nullable Object> values;

    private final List<String> secret;

    Params(Map<String, @Nullable Object> values, List<String> secret) {
        this.values = values;
        this.secret = secret;
    }

    /** The value of a parameter; {@code full-ref} is also {@code fullRef} and {@code full_ref}. */
    @Override
    public @Nullable Object getProperty(String name) {
        for (Map.Entry<String, @Nullable Object> value : values.entrySet()) {
            if (value.getKey().equals(name) || camelCase(value.getKey()).equals(camelCase(name))) {
                return value.getValue();
            }
        }
        throw new UnknownName(name, "there is no parameter '" + name + "'", values.keySet());
    }

    private static String camelCase(String name) {
        return SEPARATED.matcher(name).replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(values);
        secret.forEach(name -> shown.computeIfPresent(name, (key, value) -> "…"));
        return shown.toString();
    }
}
