package dev.davit.usage;

import dev.davit.dsl.Session;
import dev.davit.registry.Settings;
import dev.davit.usage.Parameter.Kind;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every command and every script understands, before its name; and after it, unless it says {@code params} and has an
 * option of that name for itself.
 */
public final class CommonOptions {

    /** All of them; none needs a value of its own. */
    static final List<Parameter> ALL = List.of(
            flag("verbose", "v", "print each request to a registry"),
            flag("quiet", "q", "print results and errors, and neither warnings nor progress"),
            Parameter.of(Kind.OPTION, "insecure", Map.of("many", true, "placeholder", "HOST", "bare", "*"), null,
                    "let a host, or every one, show any certificate or speak plain HTTP"),
            flag("allow-nondistributable-artifacts", "", "also push layers that their owner serves elsewhere"),
            flag("trace", "", "show the stack trace of a failure"));

    private final Map<String, List<String>> said = new LinkedHashMap<>();

    private static Parameter flag(String name, String letter, String description) {
        return Parameter.of(Kind.FLAG, name, letter.isEmpty() ? Map.of() : Map.of("short", letter), null, description);
    }

    /** Takes those that the words begin with. */
    public void take(Deque<String> words) {
        while (!words.isEmpty()) {
            String[] word = words.element().split("=", 2);
            Optional<Parameter> meant = ALL.stream().filter(parameter -> parameter.label().equals(word[0])
                    || !parameter.letter().isEmpty() && word[0].equals("-" + parameter.letter())).findFirst();
            String value = word.length > 1 ? word[1] : "true";
            if (meant.isEmpty() || meant.get().kind() == Kind.FLAG && !value.equals("true")) {
                return;
            }
            words.remove();
            say(meant.get(), meant.get().kind() == Kind.FLAG ? List.of()
                    : List.of(value.equals("true") ? meant.get().value().bare() : value));
        }
    }

    void say(Parameter parameter, List<String> values) {
        said.computeIfAbsent(parameter.name(), name -> new ArrayList<>()).addAll(values);
    }

    public boolean isSet(String name) {
        return said.containsKey(name);
    }

    /** Makes a session do as they say. May come again when more has been said. */
    public void apply(Session session) {
        if (isSet("verbose")) {
            session.verbose();
        }
        if (isSet("quiet")) {
            session.quiet();
        }
        if (isSet("insecure")) {
            String[] hosts = said.get("insecure").toArray(String[]::new);
            session.change(settings -> settings.insecure(hosts));
        }
        if (isSet("allow-nondistributable-artifacts")) {
            session.change(Settings::foreignLayers);
        }
    }
}
