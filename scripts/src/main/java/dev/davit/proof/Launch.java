package dev.davit.proof;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A build in another JVM, to be started: the JVM, its environment, and the copy of the recipe's folder that it works on. */
final class Launch {

    private static final List<String> FLAGS = List.of("-Xlog:disable", "-XX:-UsePerfData", "-XX:+UseSerialGC",
            "-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockExperimentalVMOptions", "-Dfile.encoding=UTF-8",
            "--enable-native-access=ALL-UNNAMED");

    private final Path folder;
    private final Path java;
    private final List<String> flags = new ArrayList<>(FLAGS);
    private final Map<String, String> environment;
    private Path workingDirectory;
    private String umask = "";
    private boolean disorder;
    private boolean otherUser;
    private final WorkingCopy copy = new WorkingCopy();
    private String place = "here";

    /**
     * @param folder a folder of its own
     * @param java the JVM's program
     * @param workingDirectory where the command line was said
     */
    Launch(Path folder, Path java, Map<String, String> environment, Path workingDirectory) {
        this.folder = folder;
        this.java = java;
        this.environment = new LinkedHashMap<>(environment);
        this.workingDirectory = workingDirectory;
        // What names of files are read with; the JVM would not understand those that are not ASCII in the C locale.
        variable("LC_ALL", "C.UTF-8");
    }

    void flag(String flag) {
        flags.add(flag);
    }

    void variable(String name, String value) {
        environment.put(name, value);
    }

    void umask(String mask) {
        umask = mask;
        copy.privately();
    }

    void workingDirectory(Path other) {
        workingDirectory = other;
    }

    void otherFolder() {
        place = "there/deeper";
    }

    void disorder() {
        disorder = true;
        copy.inOtherOrder();
    }

    /** Has another user number where that can be. */
    void otherUser() {
        otherUser = true;
    }

    void fileTimes() {
        copy.withOtherTimes();
    }

    /** Builds the recipe and waits for it. @param caller where relative paths on the command line start */
    Rebuilt run(Class<?> builder, Path recipe, String name, List<String> arguments, Path caller) throws IOException {
        Files.createDirectories(folder);
        try (copy) {
            Path root = folder.resolve(place);
            copy.make(recipe.getParent(), root);
            Path notes = folder.resolve("notes.json");
            Files.deleteIfExists(notes);
            Path errors = folder.resolve("errors");
            List<String> command = new ArrayList<>();
            if (!umask.isEmpty()) {
                command.addAll(List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
            }
            if (otherUser && OtherUser.obstacle().isEmpty()) {
                command.addAll(OtherUser.by(List.of()));
            }
            command.add(java.toString());
            command.addAll(flags);
            if (disorder) {
                Path agent = folder.resolve("disorder.jar");
                Disorder.writeAgent(agent);
                command.add("-javaagent:" + agent);
            }
            command.addAll(List.of("-Ddavit.home=" + System.getProperty("davit.home", "."), "-cp",
                    System.getProperty("java.class.path"), builder.getName(), notes.toString(), name,
                    copy.of(recipe).toString(), copy.of(caller).toString()));
            command.addAll(arguments);
            ProcessBuilder jvm = new ProcessBuilder(command).directory(copy.of(workingDirectory).toFile())
                    .redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors.toFile());
            jvm.environment().clear();
            jvm.environment().putAll(environment);
            int status = await(jvm.start());
            return status == 0 ? Rebuilt.read(notes)
                    : Rebuilt.failed(new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip());
        }
    }

    static int await(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new InterruptedIOException("interrupted while a build ran");
        }
    }
}
