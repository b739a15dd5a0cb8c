package dev.davit.validate

import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.blob.Origin
import dev.davit.image.Artifact
import dev.davit.image.Descriptor
import dev.davit.image.MediaType
import dev.davit.json.Document
import dev.davit.json.Json
import dev.davit.tar.TarFixture

/** An image of three layers, none, gzip and zstd, to be damaged in one place before it is put together. */
class Crafted implements Artifact.Content {

    static final byte[] BASE = TarFixture.tar { dir 'etc'; file 'etc/motd', 'hello'; hardlink 'etc/issue', 'etc/motd' }
    static final byte[] MIDDLE = TarFixture.tar { file 'bin/x', 'x' * 2000; hardlink 'bin/motd', 'etc/motd' }
    static final byte[] TOP = TarFixture.tar { file 'etc/.wh.motd', ''; file 'etc/.wh..wh..opq', ''; symlink 'bin/y', 'x' }

    static final String LAYER = MediaType.OCI_LAYER.name()
    static final String FOREIGN = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip'

    /** What there is, by the digest that it is asked for. */
    final Map<Digest, byte[]> contents = [:]
    def layers = []
    Map config = [created: '2026-01-31T12:00:00Z', architecture: 'amd64', os: 'linux', config: [Labels: [a: 'b']],
            rootfs: [type: 'layers', diff_ids: []], history: []]
    Map configDescriptor = [:]
    Map manifest = [schemaVersion: 2, mediaType: MediaType.OCI_MANIFEST.name(), annotations: [a: 'b'], 'x-unknown': [1]]
    /** Done to the whole when it is ready but for the manifest. */
    Closure late = {}

    Crafted() {
        layer(BASE, Compression.NONE)
        layer(MIDDLE, Compression.GZIP)
        layer(TOP, Compression.ZSTD)
    }

    static byte[] bent(byte[] bytes, int at = bytes.length.intdiv(2)) {
        bytes.clone().tap { it[at] ^= 1 }
    }

    /** A tar archive of one hard link. */
    static byte[] link(String target) {
        TarFixture.join(TarFixture.raw('h'.bytes, new byte[0], [type: '1', link: target]), TarFixture.END)
    }

    static byte[] pack(byte[] bytes, Compression compression) {
        def out = new ByteArrayOutputStream()
        compression.compress(out).withCloseable { it.write(bytes) }
        out.toByteArray()
    }

    Map layer(byte[] tar, Compression compression = Compression.NONE) {
        layers << add(MediaType.layer(MediaType.OCI_MANIFEST, compression).name(), pack(tar, compression))
        config.rootfs.diff_ids << Digest.of(tar).toString()
        config.history << [created: '2026-01-31T12:00:00Z', created_by: 'test']
        layers.last()
    }

    /** Another tar archive in the place of a layer. */
    void replace(int number, byte[] tar) {
        def type = new MediaType(layers[number].mediaType)
        layers[number].putAll(add(type.name(), pack(tar, type.compression())))
        config.rootfs.diff_ids[number] = Digest.of(tar).toString()
    }

    Map<String, Object> add(String mediaType, byte[] bytes) {
        contents[Digest.of(bytes)] = bytes
        [mediaType: mediaType, digest: Digest.of(bytes).toString(), size: bytes.length]
    }

    Map<String, Object> add(Map tree) {
        add(tree.mediaType as String, Json.write(tree))
    }

    byte[] bytes(Map descriptor) {
        contents[Digest.parse(descriptor.digest)]
    }

    /** Other bytes where these are kept. */
    void store(Map descriptor, byte[] bytes) {
        contents[Digest.parse(descriptor.digest)] = bytes
    }

    void lose(Map descriptor) {
        contents.remove(Digest.parse(descriptor.digest))
    }

    /** The manifest. */
    Document document() {
        if (configDescriptor.isEmpty()) {
            configDescriptor = add(MediaType.OCI_CONFIG.name(), Json.write(config))
        }
        late()
        Document.of([*: manifest, config: configDescriptor, layers: layers].findAll { it.value != null })
    }

    /** The descriptor of the manifest, which is kept as everything else is. */
    Map descriptor() {
        add(document().tree())
    }

    @Override
    Blob blob(Descriptor descriptor) {
        Blob.of(descriptor.digest(), descriptor.size(), new Origin('r.test', 'a'), {
            new ByteArrayInputStream(bytes([digest: descriptor.digest().toString()])
                    ?: { throw new FileNotFoundException("r.test/a has no blob ${descriptor.digest()}") }())
        } as Blob.Opener)
    }

    @Override
    Document manifest(Descriptor descriptor) {
        Document.parse(blob(descriptor).bytes(), "r.test/a@${descriptor.digest()}")
    }

    /** What is wrong, with digests cut to their first six digits. */
    static List<String> found(Artifact.Content content, Document manifest, boolean fast = false) {
        shortened(Validation.run(fast, 'r.test/a') { it.manifest(manifest, content) })
    }

    static List<String> shortened(List<Finding> findings) {
        findings*.toString()*.replaceAll(/(sha256:\w{6})\w{58}/, '$1')
    }
}
