package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.image.Artifact;
import dev.davit.layout.OciLayout;
import dev.davit.policy.Policy;
import dev.davit.ref.Reference;
import dev.davit.validate.Findings;
import dev.davit.validate.Validation;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.IOException;
import java.util.Map;

/** What judges images and indexes: a script's own rules, and what the specifications say. */
public final class CheckVerbs {

    private CheckVerbs() {
    }

    // Checks

    /**
     * Gives it back if it is as the block wants it, in every image, and fails with all that is not:
     * {@code image.check { notRoot(); sizeBelow '200 MB' }.push(…)}. The rules are {@code notRoot}, {@code sizeBelow},
     * {@code noSetuid}, {@code noWorldWritable}, {@code noSecrets}, {@code noPackages}, {@code base}, {@code labels},
     * {@code platforms}, and any of one's own: {@code rule('has no shell') { image -> !image.files.any { it.path ==
     * 'bin/sh' } }}, true where all is well, or the files that offend.
     */
    public static Artifact check(Artifact self,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) throws IOException {
        return check(self, Map.of(), block);
    }

    /** The same; {@code junit: 'report.xml'} writes what each rule found, as build servers read it. */
    public static Artifact check(Artifact self, Map<?, ?> options,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) throws IOException {
        Check.of(options, block).pass(self.toString(), self);
        return self;
    }

    /** Gives it back if it is as all blocks {@code check} of the script want it, as they look at what is pushed or saved. */
    public static Artifact check(Artifact self) throws IOException {
        Session.current().checks().judge(self.toString(), self);
        return self;
    }

    /**
     * From here on, whatever the script pushes, saves or loads must be as the block wants it: nothing of it is written
     * otherwise. See the verb of an image for the rules.
     */
    public static void check(DavitScript self,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
        check(self, Map.of(), block);
    }

    /** The same; {@code junit: 'report.xml'} writes what each rule found, as build servers read it. */
    public static void check(DavitScript self, Map<?, ?> options,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
        self.session().check(Check.of(options, block));
    }

    /** All that is wrong with it, in sentences; nothing if it is as it should be. Reads all its layers. */
    public static Findings validate(Artifact self) throws IOException {
        return validate(self, Map.of());
    }

    /** All that is wrong with it. With {@code fast: true} layers are not read, but only asked for. */
    public static Findings validate(Artifact self, Map<?, ?> options) throws IOException {
        return Validation.of(self, isFast(options));
    }

    /** All that is wrong with what a reference to any medium names; of a registry, also with how it serves that. */
    public static Findings validate(DavitScript self, Object reference) throws IOException {
        return validate(self, Map.of(), reference);
    }

    /** The same; with {@code fast: true} layers are not read, but only asked for. */
    public static Findings validate(DavitScript self, Map<?, ?> options, Object reference) throws IOException {
        return SourceVerbs.at(self, reference).validate(isFast(options));
    }

    /** All that is wrong with what a reference names, and with how its registry serves it. Reads all its layers. */
    public static Findings validateRemote(DavitScript self, Object reference) throws IOException {
        return validateRemote(self, Map.of(), reference);
    }

    /** The same; with {@code fast: true} layers are not read, but only asked for. */
    public static Findings validateRemote(DavitScript self, Map<?, ?> options, Object reference) throws IOException {
        return self.session().registry().validate(Reference.parse(reference.toString()), isFast(options));
    }

    /** All that is wrong with an archive and the images in it, and between its list for Docker and the one for others. */
    public static Findings validateArchive(DavitScript self, Object path) throws IOException {
        return validateArchive(self, Map.of(), path);
    }

    /** The same; with {@code fast: true} layers are not read, but only looked for. */
    public static Findings validateArchive(DavitScript self, Map<?, ?> options, Object path) throws IOException {
        return Archive.validate(self.session().resolve(path), isFast(options));
    }

    /** All that is wrong with an OCI layout directory and the images in it. Reads all its blobs. */
    public static Findings validateLayout(DavitScript self, Object folder) throws IOException {
        return validateLayout(self, Map.of(), folder);
    }

    /** The same; with {@code fast: true} layers are not read, but only looked for. */
    public static Findings validateLayout(DavitScript self, Map<?, ?> options, Object folder) throws IOException {
        return OciLayout.validate(self.session().resolve(folder), isFast(options));
    }

    /** Whether the options of a validation say {@code fast: true}. */
    private static boolean isFast(Map<?, ?> options) {
        return Options.of(options, "fast").isTrue("fast");
    }

    /**
     * What a block would push, save, load and delete, and nothing of it is done: {@code plan { remote('a:1').push('b:1') }}.
     * Tells digests, what becomes of each blob, and how many bytes and requests; {@code .json} tells it to a program. A file
     * that the block itself would write, or a program that it would run, ends it.
     */
    public static Plan plan(DavitScript self, Closure<?> block) throws Exception {
        return plan(self, Map.of(), block);
    }

    /** With {@code programs: true}, the block may run programs; what they write is not held back. */
    public static Plan plan(DavitScript self, Map<?, ?> options, Closure<?> block) throws Exception {
        Session session = self.session();
        return session.plan(session.folder(), Options.of(options, "programs").isTrue("programs"), block::call);
    }
}
