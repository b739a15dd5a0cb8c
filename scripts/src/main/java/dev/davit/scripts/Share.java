package dev.davit.scripts;

import dev.davit.usage.Completion;
import dev.davit.usage.Described;
import dev.davit.usage.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes what a distribution has for other programs, from what the commands say of themselves; the build does it. */
public final class Share {

    private Share() {
    }

    /** Writes man pages and completion of the commands of an installation. @param paths its folder, and where to write */
    public static void main(String... paths) throws IOException {
        List<Described> commands = Descriptions.of(Path.of(paths[0]));
        Path share = Path.of(paths[1]);
        write(share.resolve("man/man1/davit.1"), Manual.of(Groups.of(commands, Described::name), Version.TEXT));
        for (Described command : commands) {
            write(share.resolve("man/man1/davit-" + command.name().replace(' ', '-') + ".1"), Manual.of(command, Version.TEXT));
        }
        write(share.resolve("bash-completion/completions/davit"), Completion.of("bash", commands));
        write(share.resolve("zsh/site-functions/_davit"), Completion.of("zsh", commands));
        write(share.resolve("fish/vendor_completions.d/davit.fish"), Completion.of("fish", commands));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
