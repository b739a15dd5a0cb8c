package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.layout.OciLayout;
import java.io.IOException;
import java.util.List;

/** Lets what a script puts into a layout as a whole pass the gates of its session, as what it writes to a name of one does. */
record WatchedLayout(Session session, Object folder) implements OciLayout.Listener {

    /** The layout in a folder; while the session plans, it stays as it is. */
    static OciLayout open(Session session, Object folder) throws IOException {
        OciLayout layout = OciLayout.open(session.resolve(folder)).withParallel(session.connections().parallel());
        OciLayout written = session.plan().isPresent() ? session.plan().get().layout(layout) : layout;
        return written.withListener(new WatchedLayout(session, folder));
    }

    @Override
    public void put(String name, Artifact artifact) throws IOException {
        session.deliver(place(name), artifact, () -> { });
    }

    @Override
    public void remove(List<Descriptor> entries) throws IOException {
        for (Descriptor entry : entries) {
            session.deliver("remove:" + place(OciLayout.name(entry).orElse(entry.digest().toString())), () -> { });
        }
    }

    @Override
    public void collectGarbage() throws IOException {
        session.deliver("collect:" + place(""), () -> { });
    }

    private String place(String name) {
        return session.place("oci:", folder, name);
    }
}
