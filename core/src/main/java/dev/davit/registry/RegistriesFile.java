package dev.davit.registry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlInvalidTypeException;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * The mirrors in a {@code registries.conf} of version 2. Its short names and its registries to search are not for us: what
 * a name in a recipe means does not depend on the machine.
 *
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md">registries.conf</a>
 */
final class RegistriesFile {

    /** Most machines have this file with nothing of the kind in it; the reader of TOML takes long to load. */
    private static final Pattern OF_INTEREST = Pattern.compile("(?m)^\\s*(\\[\\[\\s*\"?)?registry\\b");

    private RegistriesFile() {
    }

    /** The rules in a file; none where there is no such file. */
    static List<RegistryRule> read(Path file) throws IOException {
        String text;
        try {
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new IOException("cannot read the mirrors in " + file + ": " + e, e);
        }
        if (!OF_INTEREST.matcher(text).find()) {
            return List.of();
        }
        TomlParseResult parsed = Toml.parse(text);
        if (parsed.hasErrors()) {
            throw new IOException(file + ": malformed TOML: " + parsed.errors().get(0).getMessage() + ", at "
                    + parsed.errors().get(0).position());
        }
        try {
            List<RegistryRule> rules = new ArrayList<>();
            for (TomlTable table : tables(parsed, "registry")) {
                rules.add(rule(table, file));
            }
            return rules;
        } catch (TomlInvalidTypeException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static RegistryRule rule(TomlTable table, Path file) {
        Set<String> insecure = new LinkedHashSet<>();
        String location = text(table, "location");
        String prefix = text(table, "prefix").isEmpty() ? location : text(table, "prefix");
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("a [[registry]] without 'prefix' and 'location': expected one of them");
        }
        Optional<Mirror> own = location.isEmpty() || location.equals(prefix) ? Optional.empty()
                : Optional.of(Mirror.parse(location));
        if (table.getBoolean("insecure", () -> false)) {
            insecure.add((location.isEmpty() ? prefix : location).replaceFirst("/.*", ""));
        }
        boolean digestsOnly = table.getBoolean("mirror-by-digest-only", () -> false);
        List<Mirror> mirrors = new ArrayList<>();
        for (TomlTable entry : tables(table, "mirror")) {
            Mirror mirror = Mirror.parse(text(entry, "location"));
            String pull = text(entry, "pull-from-mirror");
            mirrors.add(new Mirror(mirror.place(), null, !digestsOnly && !pull.equals("digest-only"), !pull.equals("tag-only")));
            if (entry.getBoolean("insecure", () -> false)) {
                insecure.add(mirror.host());
            }
        }
        return new RegistryRule(prefix, own, mirrors, table.getBoolean("blocked", () -> false), insecure, file);
    }

    private static String text(TomlTable table, String key) {
        return table.getString(key, () -> "");
    }

    private static List<TomlTable> tables(TomlTable table, String key) {
        List<TomlTable> tables = new ArrayList<>();
        TomlArray array = table.getArrayOrEmpty(key);
        for (int i = 0; i < array.size(); i++) {
            tables.add(array.getTable(i));
        }
        return tables;
    }
}
