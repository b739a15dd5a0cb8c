package dev.davit.scripts;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Digest;
import dev.davit.dsl.Imports;
import dev.davit.dsl.RestrainedCode;
import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Session;
import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovySystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.tools.GroovyClass;
import org.jspecify.annotations.Nullable;

/**
 * The classes of a script. Compiling takes most of a second, so they are kept in a folder, one file for each script that
 * is named for the hash of all that they depend on; a file that is not whole counts as none. Several processes may use
 * the folder at once.
 */
final class CompiledScript {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final int HASH_LENGTH = Digest.of(new byte[0]).hex().length();

    /** The script's class first. */
    private final Map<String, byte[]> classes;

    private CompiledScript(Map<String, byte[]> classes) {
        this.classes = classes;
    }

    /**
     * Compiles a script, or takes its classes from the first of the folders that has them.
     *
     * @param kept the folders; what had to be compiled is kept in the last one, if that can be written
     * @throws org.codehaus.groovy.control.CompilationFailedException if the script is malformed
     */
    static CompiledScript of(ScriptSource source, List<Path> kept) {
        String key = key(source);
        for (Path folder : kept) {
            CompiledScript script = read(folder.resolve(key));
            if (script != null) {
                return script;
            }
        }
        CompiledScript script = compile(source);
        try {
            script.keep(kept.get(kept.size() - 1), key);
        } catch (IOException e) {
            // It is only slower next time: the home folder is read-only, or the disk is full.
        }
        return script;
    }

    /** Where compiled scripts are kept. */
    static List<Path> folders(Map<String, String> environment) {
        return List.of(Path.of(System.getProperty("davit.home", "."), "compiled"), Session.cache(environment).resolve("classes"));
    }

    private static String key(ScriptSource source) {
        try (InputStream own = Objects.requireNonNull(CompiledScript.class.getResourceAsStream("CompiledScript.class"))) {
            // How it is compiled, the compiler, the imports, the name that stack traces show, the text.
            String all = String.join("\0", Digest.of(own.readAllBytes()).hex(), Version.TEXT, GroovySystem.getVersion(),
                    String.join(" ", Imports.TYPES), source.fileName(), source.text());
            return Digest.of(all.getBytes(StandardCharsets.UTF_8)).hex();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompiledScript compile(ScriptSource source) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(Recipe.class.getName());
        configuration.setTargetBytecode(CompilerConfiguration.JDK17);
        configuration.setSourceEncoding(StandardCharsets.UTF_8.name());
        configuration.addCompilationCustomizers(
                new ImportCustomizer().addImports(Imports.TYPES.toArray(String[]::new)));
        ClassLoader parent = CompiledScript.class.getClassLoader();
        CompilationUnit unit = new CompilationUnit(configuration, null, new GroovyClassLoader(parent, configuration));
        unit.addSource(source.fileName(), source.text());
        unit.compile(Phases.CLASS_GENERATION);
        String main = unit.getFirstClassNode().getName();
        RestrainedCode restrained = new RestrainedCode();
        Map<String, byte[]> classes = new LinkedHashMap<>();
        classes.put(main, new byte[0]);
        for (GroovyClass compiled : unit.getClasses()) {
            classes.put(compiled.getName(), restrained.processBytecode(compiled.getName(), compiled.getBytes()));
        }
        return new CompiledScript(classes);
    }

    private static @Nullable CompiledScript read(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            byte[] content = Arrays.copyOfRange(all, HASH_LENGTH, all.length);
            String hash = new String(all, 0, HASH_LENGTH, StandardCharsets.US_ASCII);
            if (!Digest.of(content).hex().equals(hash)) {
                return null;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
            Map<String, byte[]> classes = new LinkedHashMap<>();
            while (in.available() > 0) {
                classes.put(in.readUTF(), in.readNBytes(in.readInt()));
            }
            return new CompiledScript(classes);
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return null;
        }
    }

    private void keep(Path folder, String key) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
            out.writeUTF(one.getKey());
            out.writeInt(one.getValue().length);
            out.write(one.getValue());
        }
        byte[] content = bytes.toByteArray();
        Files.createDirectories(folder);
        removeOld(folder);
        try (AtomicFile file = AtomicFile.create(folder.resolve(key))) {
            file.write(Digest.of(content).hex().getBytes(StandardCharsets.US_ASCII));
            file.write(content);
            file.commit();
        }
    }

    private static void removeOld(Path folder) throws IOException {
        Instant oldest = Instant.now().minus(KEPT);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A fresh script of these classes. */
    Recipe load() {
        ClassLoader loader = new ClassLoader("script", CompiledScript.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                byte[] bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        String main = classes.keySet().iterator().next();
        try {
            Object script = loader.loadClass(main).getDeclaredConstructor().newInstance();
            if (script instanceof Recipe recipe) {
                return recipe;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make the script " + main, e);
        }
        throw new IllegalArgumentException("this is not a script: it begins with the class " + main
                + "; put its statements first");
    }
}
