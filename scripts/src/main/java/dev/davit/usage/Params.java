package dev.davit.usage;

import dev.davit.dsl.UnknownName;
import groovy.lang.GroovyObjectSupport;
import java.nio.file.Path;
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

    /**
     * Those that were given or have a value of their own, as text and without secrets.
     *
     * @param folder what paths are told from
     */
    public Map<String, String> texts(Path folder) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (value != null && !secret.contains(name) && !value.equals(false) && !String.valueOf(value).matches("|\\[]|\\{}")) {
                texts.put(name, value instanceof Path path && path.startsWith(folder) ? folder.relativize(path).toString()
                        : value.toString());
            }
        });
        return texts;
    }

    @Override
    public String toString() {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>(values);
        secret.forEach(name -> shown.computeIfPresent(name, (key, value) -> "…"));
        return shown.toString();
    }
}
