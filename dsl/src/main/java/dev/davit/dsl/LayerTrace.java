package dev.davit.dsl;

import dev.davit.image.Layer;
import dev.davit.tar.LayerBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Which lines of a script made what of a layer. */
public final class LayerTrace {

    /** A path in the image, and the line that says something of it, or of all below it. */
    public record Statement(String path, int line) { }

    /** Who wants to know. */
    @FunctionalInterface
    public interface Listener {
        void made(Layer layer, List<Statement> statements);
    }

    static final LayerTrace NONE = new LayerTrace("", (layer, statements) -> { });

    private final String fileName;
    private final Listener listener;

    /** @param fileName what the frames of the script say */
    LayerTrace(String fileName, Listener listener) {
        this.fileName = fileName;
        this.listener = listener;
    }

    /** @param sources is told of each file that is taken over */
    Statements statements(Consumer<Path> sources) {
        return new Statements(sources);
    }

    /** The statements of one layer, while it is made. */
    final class Statements implements LayerBuilder.Listener {

        private final List<Statement> all = new ArrayList<>();
        private final Consumer<Path> sources;

        private Statements(Consumer<Path> sources) {
            this.sources = sources;
        }

        @Override
        public void source(Path file) {
            sources.accept(file);
        }

        @Override
        public void statement(String path) {
            if (!fileName.isEmpty()) {
                StackWalker.getInstance().walk(frames -> frames.filter(frame -> fileName.equals(frame.getFileName()))
                        .findFirst()).ifPresent(frame -> all.add(new Statement(path, frame.getLineNumber())));
            }
        }

        void tell(Layer layer) {
            listener.made(layer, all);
        }
    }
}
