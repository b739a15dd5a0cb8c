package dev.davit.tar

import dev.davit.Peers
import dev.davit.blob.Blob
import dev.davit.blob.Compression
import dev.davit.blob.Digest
import dev.davit.image.Layer
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Path
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream

/** Tar archives as others write them, entry by entry in the order of the statements. */
class TarFixture {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream()
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, 'UTF-8')

    static byte[] tar(@DelegatesTo(TarFixture) Closure block) {
        def fixture = new TarFixture()
        fixture.tar.longFileMode = TarArchiveOutputStream.LONGFILE_POSIX
        fixture.tar.bigNumberMode = TarArchiveOutputStream.BIGNUMBER_POSIX
        fixture.tar.addPaxHeadersForNonAsciiNames = true
        block.rehydrate(fixture, block.thisObject, block.thisObject).call()
        fixture.tar.close()
        fixture.bytes.toByteArray()
    }

    static Layer layer(@DelegatesTo(TarFixture) Closure block) {
        layer(tar(block))
    }

    static Layer layer(byte[] tar) {
        Layer.of(Blob.of(tar), Digest.of(tar), Compression.NONE, 'test')
    }

    void dir(String name, int mode = 0755) {
        put(entry(name.endsWith('/') ? name : name + '/', '5', mode))
    }

    void file(String name, String text, int mode = 0644, Map<String, String> pax = [:]) {
        def entry = entry(name, '0', mode)
        pax.each { key, value -> entry.addPaxHeader(key, value) }
        put(entry, text.getBytes(StandardCharsets.UTF_8))
    }

    void symlink(String name, String target) {
        put(entry(name, '2', 0777, target))
    }

    void hardlink(String name, String target) {
        put(entry(name, '1', 0644, target))
    }

    void device(String name, String type, int major = 0, int minor = 0) {
        def entry = entry(name, type, 0600)
        entry.devMajor = major
        entry.devMinor = minor
        put(entry)
    }

    /** An entry by itself, without the end of an archive: to cut, to bend and to join. */
    static byte[] raw(byte[] name, byte[] content = new byte[0], Map<String, Object> fields = [:]) {
        byte[] header = new byte[512]
        System.arraycopy(name, 0, header, 0, name.length)
        [[100, 8, 0644], [108, 8, 0], [116, 8, 0], [124, 12, content.length], [136, 12, 0]].each { offset, length, value ->
            def octal = Long.toOctalString(value as long).padLeft(length - 1, '0').bytes
            System.arraycopy(octal, 0, header, offset as int, octal.length)
        }
        header[156] = ((fields.type ?: '0') as char) as byte
        def link = (fields.link ?: '').toString().bytes
        System.arraycopy(link, 0, header, 157, link.length)
        System.arraycopy('ustar\u000000'.bytes, 0, header, 257, 8)
        (148..155).each { header[it] = 32 }
        def sum = String.format('%06o', header.collect { it & 0xff }.sum() as int).bytes
        System.arraycopy(sum, 0, header, 148, 6)
        header[154] = 0
        def padding = new byte[-content.length & 511]
        [header, content, padding].inject(new byte[0]) { all, part -> join(all, part) }
    }

    static byte[] join(byte[]... parts) {
        def out = new ByteArrayOutputStream()
        parts.each { out.writeBytes(it) }
        out.toByteArray()
    }

    static final byte[] END = new byte[1024]

    private TarArchiveEntry entry(String name, String type, int mode, String link = '') {
        def entry = new TarArchiveEntry(name, (type as char) as byte, true)
        entry.mode = mode
        entry.linkName = link
        entry.modTime = 1_000_000_000_000L
        entry
    }

    private void put(TarArchiveEntry entry, byte[] content = new byte[0]) {
        entry.size = content.length
        tar.putArchiveEntry(entry)
        tar.write(content)
        tar.closeArchiveEntry()
    }

    /** The entries of a layer by itself, whiteouts and all. */
    static List<Entry> entries(Layer layer) {
        TarReader.of(layer).withCloseable { reader ->
            def entries = []
            for (def next = reader.next(); next.present; next = reader.next()) {
                entries << next.get()
            }
            entries
        }
    }

    /** What a file system holds, one line each: {@code d/}, {@code f=content}, {@code l -> target}, {@code h == first}. */
    static List<String> lines(Overlay files) {
        files.entries().collect { entry ->
            switch (entry.type()) {
                case Entry.Type.DIRECTORY: return "$entry.path/" as String
                case Entry.Type.FILE: return "$entry.path=${files.open(entry.path()).withCloseable { it.getText('UTF-8') }}" as String
                case Entry.Type.SYMLINK: return "$entry.path -> ${entry.target()}" as String
                case Entry.Type.HARD_LINK: return "$entry.path == ${entry.target()}" as String
                default: return "$entry.path ${entry.type()} ${entry.device().major()} ${entry.device().minor()}" as String
            }
        }
    }

    /** What an unpacked folder holds, as the system's own tools see it. */
    static String listing(Path folder) {
        def find = 'cd "$1" && find . -mindepth 1 ! -type d -printf "%P %y %m %n %T@ %l\\n" | sort' +
                ' && find . -mindepth 1 -type d -printf "%P %m\\n" | sort' +
                ' && find . -type f -exec sha256sum {} + | sort'
        Peers.run('env', 'LC_ALL=C', 'sh', '-c', find, 'sh', folder)
    }

    /** Empties a folder by the system's own tools: the locale may have no letters for what is in it. */
    static void clear(Path folder) {
        Peers.run('chmod', '-R', 'u+rwX', folder)
        Peers.run('find', folder, '-mindepth', '1', '-delete')
    }

    /** An OCI layout with one image, tagged {@code latest}. */
    static void layout(Path folder, List<Layer> layers) {
        def blobs = Files.createDirectories(folder.resolve('blobs/sha256'))
        def put = { byte[] bytes, String type ->
            def digest = Digest.of(bytes)
            Files.write(blobs.resolve(digest.hex()), bytes)
            """{"mediaType":"$type","digest":"$digest","size":$bytes.length}""" as String
        }
        def descriptors = layers.collect { put(it.blob().bytes(), it.mediaType().name()) }
        def diffIds = layers.collect { "\"${it.diffId()}\"" }
        def config = put("""{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[
            ${diffIds.join(',')}]},"history":[]}""".bytes, 'application/vnd.oci.image.config.v1+json')
        def manifest = put("""{"schemaVersion":2,"config":$config,"layers":[${descriptors.join(',')}]}""".bytes,
                'application/vnd.oci.image.manifest.v1+json')
        def tagged = manifest.replace('{', '{"annotations":{"org.opencontainers.image.ref.name":"latest"},')
        Files.writeString(folder.resolve('index.json'), """{"schemaVersion":2,"manifests":[$tagged]}""")
        Files.writeString(folder.resolve('oci-layout'), '{"imageLayoutVersion":"1.0.0"}')
    }
}
