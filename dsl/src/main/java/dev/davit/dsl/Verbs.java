package dev.davit.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All verbs, with what help says of them. The one place where a verb is described is its Javadoc: the sources of the classes
 * that have the verbs are in the jar, and are read here. Each of these classes is a group.
 */
public final class Verbs {

    private static final List<Class<?>> GROUPS = List.of(SourceVerbs.class, LayerVerbs.class, IndexVerbs.class, ConfigVerbs.class,
            LookVerbs.class, CheckVerbs.class, SinkVerbs.class, RegistryVerbs.class, ConnectionVerbs.class, CredentialVerbs.class,
            DavitScript.class);

    /** A heading between the members, or a documented public method that overrides nothing. */
    private static final Pattern MEMBER = Pattern.compile("""
            (?m)^    // (?<heading>[A-Z].*)$\
            |^    /\\*\\*(?<doc>(?:[^*]|\\*(?!/))*)\\*/\\s*(?:@(?!Override)\\w+(?:\\([^)]*\\))?\\s*)*\
            public (?:static )?(?:<[^>]+> )?(?<result>[\\w.]+(?:<[^(]*>)?) (?<name>\\w+)\\((?<parameters>[^{;]*)\\)\
            (?: throws|\\s*\\{|\\s+throws)""");

    private static final Pattern ANNOTATION = Pattern.compile("@\\w+(?:\\([^)]*\\))?\\s*");

    private static final List<Verb> ALL = read();

    private Verbs() {
    }

    /** The verbs by their groups, the sources first. */
    public static List<Verb> all() {
        return ALL;
    }

    /** The verb of this name. */
    public static Optional<Verb> find(String name) {
        return ALL.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }

    /** The methods behind the verbs that are said of nothing. */
    public static Stream<Method> ofScripts() {
        return methods().filter(method -> method.getDeclaringClass() == DavitScript.class
                || method.getParameterTypes()[0] == DavitScript.class);
    }

    /** The methods behind all verbs. */
    public static Stream<Method> methods() {
        return GROUPS.stream().flatMap(group -> Stream.of(group.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    private static List<Verb> read() {
        Map<String, Verb> verbs = new LinkedHashMap<>();
        GROUPS.forEach(group -> collect(source(group.getSimpleName()), verbs));
        return List.copyOf(verbs.values());
    }

    private static String source(String type) {
        try (InputStream in = Verbs.class.getResourceAsStream("/META-INF/davit/" + type + ".java")) {
            if (in == null) {
                throw new IllegalStateException("the source of " + type + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void collect(String source, Map<String, Verb> verbs) {
        String group = "";
        Matcher member = MEMBER.matcher(source);
        while (member.find()) {
            String name = member.group("name");
            if (name == null) {
                group = member.group("heading");
                continue;
            }
            if (name.equals("getAt")) {
                continue; // Groovy's name for brackets
            }
            List<String> parameters = parameters(member.group("parameters"));
            String self = parameters.isEmpty() || !parameters.get(0).endsWith(" self") ? "" : parameters.remove(0);
            boolean property = parameters.isEmpty() && name.matches("get[A-Z].*");
            String said = property ? name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4) : name;
            boolean ofValue = !self.isEmpty() && !self.equals("DavitScript self");
            String text = (ofValue ? "." : "") + said + (property ? "" : form(parameters));
            String result = member.group("result").equals("void") ? "" : member.group("result");
            Verb.Form told = new Verb.Form(text, result, prose(member.group("doc")));
            verbs.merge(said, new Verb(group, said, List.of(told)), Verbs::both);
        }
    }

    private static Verb both(Verb known, Verb more) {
        List<Verb.Form> forms = new ArrayList<>(known.forms());
        forms.addAll(more.forms());
        return new Verb(known.group(), known.name(), forms);
    }

    /** Types and names, without annotations. */
    private static List<String> parameters(String source) {
        List<String> parameters = new ArrayList<>();
        int depth = 0;
        StringBuilder parameter = new StringBuilder();
        for (char c : ANNOTATION.matcher(source).replaceAll("").toCharArray()) {
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parameters.add(parameter.toString().strip());
                parameter.setLength(0);
            } else {
                parameter.append(c);
            }
        }
        if (!parameter.toString().isBlank()) {
            parameters.add(parameter.toString().strip());
        }
        return parameters;
    }

    private static String form(List<String> parameters) {
        List<String> said = new ArrayList<>();
        String block = "";
        for (String parameter : parameters) {
            if (parameter.startsWith("Closure")) {
                block = " { … }";
            } else {
                said.add(parameter.replace("<?, ?>", "").replaceFirst("^Object(\\.\\.\\.)? (\\w+)$", "$2$1"));
            }
        }
        return block.isEmpty() || !said.isEmpty() ? "(" + String.join(", ", said) + ")" + block : block;
    }

    /** Javadoc as plain text, without its tags. */
    private static String prose(String doc) {
        return doc.replaceAll("(?m)^\\s*\\*", " ").replaceAll("(?s)\\s@(param|throws|return|see)\\b.*", "")
                .replaceAll("\\{@(?:code|link) ([^}]*)}", "$1").replaceAll("<[^>]+>", "")
                .replaceAll("\\s+", " ").strip();
    }
}
