package dev.davit.scripts;

import dev.davit.dsl.Session;
import dev.davit.scripts.Commands.Command;
import dev.davit.scripts.Commands.Place;
import dev.davit.usage.CommonOptions;
import dev.davit.usage.Described;
import dev.davit.usage.HelpWanted;
import dev.davit.usage.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What commands take, as they say it themselves: each is run until it has said that, and no further. */
final class Descriptions {

    private static final Pattern PARAMS = Pattern.compile("(?m)(?:^|;)\\s*params\\s*[({]");

    private final Map<String, String> environment;
    private final Path folder;
    private final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());

    private Descriptions(Map<String, String> environment, Path folder) {
        this.environment = environment;
        this.folder = folder;
    }

    /** Those of an installation. */
    static List<Described> of(Path home) throws IOException {
        Commands commands = Commands.of(home, System.getenv(), home);
        return of(commands, commands.places().subList(0, 1), System.getenv(), home);
    }

    static List<Described> of(Commands commands, List<Place> places, Map<String, String> environment, Path folder)
            throws IOException {
        Descriptions descriptions = new Descriptions(environment, folder);
        List<Described> described = new ArrayList<>();
        for (Place place : places) {
            for (Command command : commands.in(place)) {
                if (!commands.isHidden(command)) {
                    described.add(new Described(command.name(), command.aliases(), descriptions.parameters(command)));
                }
            }
        }
        return described;
    }

    /** A user's own command that does not say what it takes takes nothing, and does not run. */
    private Parameters parameters(Command command) throws IOException {
        Job job = Job.of(command, List.of("--help"), InputStream.nullInputStream(), nowhere, folder, new CommonOptions());
        if (!PARAMS.matcher(job.source().text()).find()) {
            return new Parameters();
        }
        try (Session session = new Session(job.folder(), environment, nowhere, nowhere)) {
            Recipe recipe = CompiledScript.of(job.source(), CompiledScript.folders(environment)).load();
            recipe.start(job, session);
            session.run(recipe::run);
        } catch (HelpWanted help) {
            return help.parameters();
        } catch (Exception | LinkageError e) {
            if (job.ours()) {
                throw new IllegalStateException(job.name(), e);
            }
        }
        return new Parameters();
    }
}
