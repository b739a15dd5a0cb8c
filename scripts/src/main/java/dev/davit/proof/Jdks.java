package dev.davit.proof;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The JDKs on this machine. */
final class Jdks {

    private static final int OLDEST = 17;

    private Jdks() {
    }

    static Path home() {
        return Path.of(System.getProperty("java.home"));
    }

    static Path java(Path home) {
        return home.resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
    }

    /**
     * The versions of other JDKs, and where they are: those that {@code DAVIT_PROVE_JDK} names, with a colon between them;
     * where that is not set, those beside the one that this process runs on, and in {@code /usr/lib/jvm}.
     */
    static Map<String, Path> others(Map<String, String> environment) throws IOException {
        List<Path> homes = new ArrayList<>();
        String named = environment.getOrDefault("DAVIT_PROVE_JDK", "");
        if (named.isEmpty()) {
            homes.addAll(folders(home().toRealPath().getParent()));
            homes.addAll(folders(Path.of("/usr/lib/jvm")));
        } else {
            for (String one : named.split(File.pathSeparator)) {
                homes.add(Path.of(one));
            }
        }
        Map<String, Path> others = new LinkedHashMap<>();
        for (Path home : homes) {
            String version = version(home);
            boolean isNewEnough = version.matches("\\d+.*") && Integer.parseInt(version.replaceFirst("\\D.*", "")) >= OLDEST;
            if (isNewEnough && Files.isExecutable(java(home)) && !version.equals(version(home()))) {
                others.putIfAbsent(version, home);
            }
        }
        return others;
    }

    private static List<Path> folders(Path folder) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, Files::isDirectory)) {
                all.forEach(folders::add);
            }
        }
        folders.sort(null);
        return folders;
    }

    /** What the file {@code release} says; empty if it says nothing. */
    static String version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isReadable(release)) {
            return "";
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(release)) {
            properties.load(in);
        }
        return properties.getProperty("JAVA_VERSION", "").replace("\"", "");
    }
}
