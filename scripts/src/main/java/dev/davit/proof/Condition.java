package dev.davit.proof;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** What may differ from one machine, and one day, to the next, and can be made to differ here. */
enum Condition {

    TIME_ZONE("time zone"),
    LOCALE("locale"),
    UMASK("umask"),
    WORKING_DIRECTORY("working directory"),
    FOLDER("folder of the recipe"),
    DIRECTORY_ORDER("directory order"),
    FILE_TIMES("file times"),
    THREADS("thread count"),
    USER("user"),
    HASHES("identity hashes");

    private static final String FAR_EAST = "Pacific/Kiritimati";
    private static final String FAR_WEST = "Etc/GMT+12";

    private final String title;

    Condition(String title) {
        this.title = title;
    }

    /** Makes a launch another one. @param elsewhere an empty folder */
    void applyTo(Launch launch, Path elsewhere) {
        switch (this) {
            case TIME_ZONE -> {
                launch.flag("-Duser.timezone=" + zone());
                launch.variable("TZ", zone());
            }
            case LOCALE -> locale().forEach(launch::flag);
            case UMASK -> launch.umask("077");
            case WORKING_DIRECTORY -> launch.workingDirectory(elsewhere);
            case FOLDER -> launch.otherFolder();
            case DIRECTORY_ORDER -> launch.disorder();
            case FILE_TIMES -> launch.fileTimes();
            case THREADS -> launch.flag("-XX:ActiveProcessorCount=" + (Runtime.getRuntime().availableProcessors() == 1 ? 3 : 1));
            case USER -> {
                launch.otherUser();
                launch.flag("-Duser.name=somebody");
                launch.flag("-Duser.home=" + elsewhere);
                List.of("USER", "LOGNAME", "HOSTNAME").forEach(name -> launch.variable(name, "somebody"));
                launch.variable("HOME", elsewhere.toString());
            }
            case HASHES -> launch.flag("-XX:hashCode=0");
        }
    }

    /** One in which it is another day than here. */
    private static String zone() {
        Instant now = Instant.now();
        LocalDate today = now.atZone(ZoneId.systemDefault()).toLocalDate();
        return now.atZone(ZoneId.of(FAR_EAST)).toLocalDate().equals(today) ? FAR_WEST : FAR_EAST;
    }

    /** One with a decimal comma, other names for days, and another upper case of {@code i}; or with other digits. */
    private static List<String> locale() {
        return Locale.getDefault().getLanguage().equals("tr")
                ? List.of("-Duser.language=fa", "-Duser.country=IR") : List.of("-Duser.language=tr", "-Duser.country=TR");
    }

    @Override
    public String toString() {
        return title;
    }
}
