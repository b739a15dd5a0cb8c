package dev.davit.tar;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The flattened tar archive of an {@link Overlay}. */
final class Export {

    private Export() {
    }

    static void write(Overlay overlay, List<Tree.Item> items, OutputStream out) throws IOException {
        Map<Node.Content, Long> offsets = new LinkedHashMap<>();
        for (Tree.Item item : items) {
            if (item.entry().isFile() && item.entry().size() > 0) {
                offsets.put(Objects.requireNonNull(item.content()), 0L);
            }
        }
        Path spool = Files.createTempFile("davit", ".export");
        // Unlinked while it is open, so that nothing is left even if the process is killed.
        try (FileChannel channel = FileChannel.open(spool, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            OutputStream spooled = Channels.newOutputStream(channel);
            overlay.visit(offsets.keySet(), (content, entry, in) -> {
                offsets.put(content, channel.position());
                in.transferTo(spooled);
            });
            TarWriter tar = new TarWriter(out);
            for (Tree.Item item : items) {
                Long offset = offsets.get(item.content());
                if (offset == null || !item.entry().isFile()) {
                    tar.write(item.entry());
                } else {
                    channel.position(offset);
                    InputStream content = Channels.newInputStream(channel);
                    tar.write(item.entry(), content);
                }
            }
            tar.finish();
        }
    }
}
