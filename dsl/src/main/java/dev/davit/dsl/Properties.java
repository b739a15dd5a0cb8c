package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.edit.FileEditor;
import dev.davit.image.Artifact;
import dev.davit.image.Config;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.MediaType;
import dev.davit.image.Part;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.look.Explanation;
import dev.davit.look.FileTree;
import dev.davit.look.ImageDifference;
import dev.davit.look.Packages;
import dev.davit.look.Step;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.ref.Tag;
import dev.davit.registry.RateLimit;
import dev.davit.registry.SearchResult;
import dev.davit.server.RegistryServer;
import dev.davit.tar.Entry;
import dev.davit.tar.FileChange;
import dev.davit.validate.Finding;
import dev.davit.validate.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The accessors of the core as properties: {@code image.digest}, {@code image.config.env.PATH}, {@code layer.size}.
 * What the core gives as an empty {@code Optional} is {@code null} here.
 */
public final class Properties {

    private Properties() {
    }

    // Image and index

    public static Digest getDigest(Artifact self) {
        return self.digest();
    }

    public static Document getManifest(Artifact self) {
        return self.manifest();
    }

    public static MediaType getMediaType(Artifact self) {
        return self.mediaType();
    }

    public static long getSize(Artifact self) throws IOException {
        return self.size();
    }

    public static Map<String, String> getAnnotations(Artifact self) {
        return self.annotations();
    }

    public static Descriptor getDescriptor(Artifact self) {
        return self.descriptor();
    }

    public static List<Image> getImages(Artifact self) throws IOException {
        return self.images();
    }

    public static Config getConfig(Artifact self) throws IOException {
        return IndexVerbs.only(self).config();
    }

    public static List<Layer> getLayers(Artifact self) throws IOException {
        return IndexVerbs.only(self).layers();
    }

    public static Platform getPlatform(Image self) throws IOException {
        return self.platform();
    }

    public static List<Platform> getPlatforms(Artifact self) throws IOException {
        return self instanceof Index index ? index.platforms() : List.of(IndexVerbs.only(self).platform());
    }

    public static List<Descriptor> getDescriptors(Index self) {
        return self.descriptors();
    }

    // Config and history

    public static Map<String, String> getEnv(Config self) {
        return self.env();
    }

    public static Map<String, String> getLabels(Config self) {
        return self.labels();
    }

    public static List<String> getEntrypoint(Config self) {
        return self.entrypoint();
    }

    public static List<String> getCmd(Config self) {
        return self.cmd();
    }

    public static String getUser(Config self) {
        return self.user();
    }

    public static String getWorkdir(Config self) {
        return self.workdir();
    }

    public static List<String> getPorts(Config self) {
        return self.ports();
    }

    public static List<String> getVolumes(Config self) {
        return self.volumes();
    }

    public static String getStopSignal(Config self) {
        return self.stopSignal();
    }

    public static @Nullable String getCreated(Config self) {
        return self.created().orElse(null);
    }

    public static @Nullable String getAuthor(Config self) {
        return self.author().orElse(null);
    }

    public static Platform getPlatform(Config self) {
        return self.platform();
    }

    public static List<Digest> getDiffIds(Config self) throws IOException {
        return self.diffIds();
    }

    public static List<History> getHistory(Config self) {
        return self.history();
    }

    public static @Nullable String getCreated(History self) {
        return self.created().orElse(null);
    }

    public static @Nullable String getCreatedBy(History self) {
        return self.createdBy().orElse(null);
    }

    public static @Nullable String getComment(History self) {
        return self.comment().orElse(null);
    }

    // Layers and descriptors

    public static Digest getDigest(Layer self) {
        return self.digest();
    }

    public static Digest getDiffId(Layer self) {
        return self.diffId();
    }

    public static long getSize(Layer self) {
        return self.size();
    }

    public static MediaType getMediaType(Layer self) {
        return self.mediaType();
    }

    public static Descriptor getDescriptor(Layer self) {
        return self.descriptor();
    }

    public static @Nullable String getCreatedBy(Layer self) {
        return self.createdBy().orElse(null);
    }

    public static Digest getDigest(Descriptor self) {
        return self.digest();
    }

    public static MediaType getMediaType(Descriptor self) {
        return self.mediaType();
    }

    public static long getSize(Descriptor self) {
        return self.size();
    }

    public static @Nullable Platform getPlatform(Descriptor self) {
        return self.platform().orElse(null);
    }

    public static Map<String, String> getAnnotations(Descriptor self) {
        return self.annotations();
    }

    public static @Nullable String getArtifactType(Descriptor self) {
        return self.artifactType().orElse(null);
    }

    // Artifacts that are no file systems

    public static List<Part> getParts(Image self) {
        return self.parts();
    }

    public static String getName(Part self) {
        return self.name();
    }

    public static Digest getDigest(Part self) {
        return self.descriptor().digest();
    }

    public static MediaType getMediaType(Part self) {
        return self.descriptor().mediaType();
    }

    public static long getSize(Part self) {
        return self.descriptor().size();
    }

    public static String getText(Part self) throws IOException {
        return new String(self.blob().bytes(), StandardCharsets.UTF_8);
    }

    public static byte[] getBytes(Part self) throws IOException {
        return self.blob().bytes();
    }

    // Files

    public static String getPath(Entry self) {
        return self.path();
    }

    public static Entry.Type getType(Entry self) {
        return self.type();
    }

    /** The twelve bits of {@code chmod}: {@code it.mode & 04000}. */
    public static int getMode(Entry self) {
        return self.mode();
    }

    public static String getPermissions(Entry self) {
        return self.permissions();
    }

    public static Entry.Owner getOwner(Entry self) {
        return self.owner();
    }

    public static long getSize(Entry self) {
        return self.size();
    }

    public static Instant getTime(Entry self) {
        return self.time();
    }

    public static String getTarget(Entry self) {
        return self.target();
    }

    /** The number of the layer that wrote this name; the base's is 0. */
    public static int getLayer(Entry self) {
        return self.layer();
    }

    // Files that are mapped

    public static Entry getEntry(FileEditor self) {
        return self.entry();
    }

    public static String getPath(FileEditor self) {
        return self.entry().path();
    }

    public static Entry.Type getType(FileEditor self) {
        return self.entry().type();
    }

    /** The twelve bits of {@code chmod}. */
    public static int getMode(FileEditor self) {
        return self.entry().mode();
    }

    public static Entry.Owner getOwner(FileEditor self) {
        return self.entry().owner();
    }

    public static long getSize(FileEditor self) {
        return self.entry().size();
    }

    public static Instant getTime(FileEditor self) {
        return self.entry().time();
    }

    public static String getTarget(FileEditor self) {
        return self.entry().target();
    }

    public static String getText(FileEditor self) throws IOException {
        return self.text();
    }

    public static byte[] getBytes(FileEditor self) throws IOException {
        return self.bytes();
    }

    // Documents

    public static Digest getDigest(Document self) {
        return self.digest();
    }

    public static Map<String, @Nullable Object> getTree(Document self) {
        return self.tree();
    }

    public static String getText(Document self) {
        return self.toString();
    }

    // Findings

    public static String getPlace(Finding self) {
        return self.place();
    }

    public static String getProblem(Finding self) {
        return self.problem();
    }

    public static List<Finding> getNotes(Findings self) {
        return self.notes();
    }

    // What looking gives, where Groovy does not have it as a component of a record

    public static @Nullable String getCreated(Step self) {
        return self.created().orElse(null);
    }

    public static @Nullable String getCreatedBy(Step self) {
        return self.createdBy().orElse(null);
    }

    public static @Nullable String getComment(Step self) {
        return self.comment().orElse(null);
    }

    public static @Nullable Digest getDigest(Step self) {
        return self.digest().orElse(null);
    }

    /** Bytes of the layer; 0 if the step added none. */
    public static long getSize(Step self) {
        return self.size();
    }

    public static String getName(FileTree self) {
        return self.name();
    }

    public static List<String> getNotes(Packages self) {
        return self.notes();
    }

    public static @Nullable Step getOrigin(Explanation self) {
        return self.origin().orElse(null);
    }

    /** Bytes that the second image has more, as it is stored and moved. */
    public static long getGrowth(ImageDifference self) {
        return self.growth();
    }

    public static boolean isStale(Bump self) {
        return self.isStale();
    }

    public static String getMarkdown(Bump self) {
        return self.markdown();
    }

    public static String getPath(FileChange self) {
        return self.path();
    }

    // Names and tags

    /** The version as it stands in the tag. */
    public static @Nullable String getVersion(Tag self) {
        return self.version().orElse(null);
    }

    public static @Nullable LocalDate getDate(Tag self) {
        return self.date().orElse(null);
    }

    /** The operating system as the tag names it. */
    public static @Nullable String getOs(Tag self) {
        return self.os().orElse(null);
    }

    public static @Nullable String getVariant(Tag self) {
        return self.variant().orElse(null);
    }

    public static String getSuffix(Tag self) {
        return self.suffix();
    }

    public static Repository getRepository(Reference self) {
        return self.repository();
    }

    public static @Nullable String getTag(Reference self) {
        return self.tag().orElse(null);
    }

    public static @Nullable Digest getDigest(Reference self) {
        return self.digest().orElse(null);
    }

    public static String getRegistry(Repository self) {
        return self.registry();
    }

    public static String getPath(Repository self) {
        return self.path();
    }

    // Docker Hub

    public static String getName(SearchResult self) {
        return self.name();
    }

    /** Such as {@code official} or {@code verified_publisher}. */
    public static String getBadge(SearchResult self) {
        return self.badge();
    }

    public static String getPublisher(SearchResult self) {
        return self.publisher();
    }

    /** As the Hub says it, such as {@code 1B+}. */
    public static String getPulls(SearchResult self) {
        return self.pulls();
    }

    public static long getStars(SearchResult self) {
        return self.stars();
    }

    public static String getUpdated(SearchResult self) {
        return self.updated();
    }

    public static String getDescription(SearchResult self) {
        return self.description();
    }

    public static long getLimit(RateLimit self) {
        return self.limit();
    }

    public static long getRemaining(RateLimit self) {
        return self.remaining();
    }

    public static Duration getWindow(RateLimit self) {
        return self.window();
    }

    public static String getSource(RateLimit self) {
        return self.source();
    }

    public static String getAddress(RegistryServer self) {
        return self.address();
    }
}
