package dev.davit.dsl;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All verbs, with what help says of them. The one place where a verb is described is its Javadoc: the sources of
 * {@link DavitScript}, {@link LayerVerbs}, {@link IndexVerbs}, {@link ArtifactVerbs} and {@link LookVerbs} are in the jar, and are read here.
 */
public final class Verbs {

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

    /**
     * The verbs by their groups: first the sources, then what is said of images and indexes, then the rest. A name that
     * scripts and values both have is there twice.
     */
    public static List<Verb> all() {
        return ALL;
    }

    /** The verb of this name; with all its forms, where scripts and values have it both. */
    public static Optional<Verb> find(String name) {
        return ALL.stream().filter(verb -> verb.name().equals(name)).reduce(Verbs::both);
    }

    private static List<Verb> read() {
        Map<String, Verb> script = new LinkedHashMap<>();
        collect(source("DavitScript"), false, script);
        Map<String, Verb> artifact = new LinkedHashMap<>();
        collect(source("LayerVerbs"), true, artifact);
        collect(source("IndexVerbs"), true, artifact);
        collect(source("ArtifactVerbs"), true, artifact);
        collect(source("LookVerbs"), true, artifact);
        List<Verb> verbs = new ArrayList<>(script.values());
        String first = verbs.get(0).group();
        int sources = (int) verbs.stream().takeWhile(verb -> verb.group().equals(first)).count();
        verbs.addAll(sources, artifact.values());
        return Collections.unmodifiableList(verbs);
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

    private static void collect(String source, boolean extension, Map<String, Verb> verbs) {
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
            boolean property = parameters.size() == (extension ? 1 : 0) && name.matches("get[A-Z].*");
            String said = property ? name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4) : name;
            String form = property ? "" : form(extension ? parameters.subList(1, parameters.size()) : parameters);
            String text = (extension ? "." : "") + said + form;
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
