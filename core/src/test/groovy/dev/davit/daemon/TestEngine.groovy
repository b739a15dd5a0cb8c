package dev.davit.daemon

import dev.davit.blob.Compression
import dev.davit.json.Json
import java.net.StandardProtocolFamily
import java.nio.channels.Channels
import java.nio.channels.ServerSocketChannel
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import java.util.concurrent.Executors
import javax.net.ssl.SSLContext
import javax.net.ssl.SSLServerSocket
import org.apache.commons.compress.archivers.tar.TarArchiveEntry
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream

/** An engine that keeps images in memory, with the part of Docker's interface that is about them. */
final class TestEngine implements Closeable {

    enum Store {
        /** Docker before version 25: configs and unpacked layers, saved with a list of its own. */
        OLD,
        /** Docker since version 25: the same, saved as an OCI layout too. */
        NEW,
        /** Docker with containerd's images: manifests and blobs as they came. */
        CONTAINERD
    }

    final Path folder = Files.createTempDirectory('engine')
    final Path socket = folder.resolve('docker.sock')
    final Store store
    /** Method and target of each request. */
    final List<String> requests = Collections.synchronizedList([])
    String version = '1.43'
    String arch = 'amd64'
    /** Gives the answer to a request, status and body, instead of the engine; null where it has nothing to say. */
    Closure<List> fault = { String method, String path -> null }
    /** How much of a request's body is read before such an answer is given. */
    int patience

    /** What is kept: blobs by digest; for the stores of Docker itself also the layers of a config by its digest. */
    final Map<String, byte[]> blobs = [:]
    private final Map<String, List<String>> layers = [:]
    private final Map<String, String> names = [:]
    private final Set<String> ids = [] as LinkedHashSet
    private final threads = Executors.newCachedThreadPool { new Thread(it).tap { daemon = true } }
    private final Closeable listener
    private int port

    private TestEngine(Store store, SSLContext tls) {
        this.store = store
        if (tls) {
            def server = (SSLServerSocket) tls.serverSocketFactory.createServerSocket(0, 50, InetAddress.loopbackAddress)
            server.needClientAuth = true
            listener = server
            port = server.localPort
            accept { server.accept().with { [it.inputStream, it.outputStream, it] } }
        } else {
            def server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket))
            listener = server
            accept { server.accept().with { [Channels.newInputStream(it), Channels.newOutputStream(it), it] } }
        }
    }

    static TestEngine start(Store store = Store.OLD) {
        new TestEngine(store, null)
    }

    static TestEngine startTls(SSLContext tls) {
        new TestEngine(Store.OLD, tls)
    }

    int getPort() {
        port
    }

    Daemon connect() {
        Daemon.connect(DOCKER_HOST: address)
    }

    String getAddress() {
        "unix://$socket"
    }

    private void accept(Closure<List> next) {
        threads.submit { // ends with the exception of the listener that is closed
            while (true) {
                def (InputStream input, OutputStream output, Closeable connection) = next()
                threads.submit {
                    connection.withCloseable { serve(input, new BufferedOutputStream(output)) }
                }
            }
        }
    }

    private void serve(InputStream input, OutputStream output) {
        def (method, target) = line(input).split(' ') as List
        def headers = [:]
        for (String header = line(input); header; header = line(input)) {
            headers[header.split(':', 2)[0].toLowerCase()] = header.split(':', 2)[1].trim()
        }
        requests << "$method $target".toString()
        def uri = URI.create(target as String)
        def injected = fault(method as String, uri.path)
        if (injected) {
            input.readNBytes(patience)
            answer(output, injected[0] as int, injected[1])
            return
        }
        def body = headers['transfer-encoding'] == 'chunked' ? chunks(input) : input.readNBytes((headers['content-length'] ?: '0') as int)
        def query = (uri.query ?: '').split('&').findAll().collectEntries { it.split('=', 2) as List }
        try {
            def (status, answer) = respond("$method ${uri.path.replaceFirst('^/v1[.][0-9]+', '')}", query, body)
            this.answer(output, status as int, answer)
        } catch (NoSuchElementException e) {
            answer(output, 404, [message: e.message])
        } catch (Exception | AssertionError e) {
            answer(output, 500, [message: e.toString()])
        }
    }

    private static String line(InputStream input) {
        def text = new StringBuilder()
        for (int c = input.read(); c >= 0 && c != (int) '\n'; c = input.read()) {
            text.append((char) c)
        }
        text.toString().trim()
    }

    private static byte[] chunks(InputStream input) {
        def all = new ByteArrayOutputStream()
        while (true) {
            int size = Integer.parseInt(line(input), 16)
            all.write(input.readNBytes(size))
            line(input)
            if (size == 0) {
                return all.toByteArray()
            }
        }
    }

    private void answer(OutputStream output, int status, Object body) {
        byte[] bytes = body instanceof byte[] ? body : body instanceof CharSequence ? body.toString().bytes : Json.write(body)
        output << "HTTP/1.1 $status Something\r\nApi-Version: $version\r\nConnection: close\r\n"
        output << "Content-Type: ${body instanceof byte[] ? 'application/x-tar' : 'application/json'}\r\n"
        if (body instanceof byte[]) {
            output << "Transfer-Encoding: chunked\r\n\r\n"
            def rest = new ByteArrayInputStream(bytes)
            for (byte[] chunk = rest.readNBytes(100_000); chunk.length > 0; chunk = rest.readNBytes(100_000)) {
                output << "${Integer.toHexString(chunk.length)}\r\n"
                output.write(chunk)
                output << '\r\n'
            }
            output << '0\r\n\r\n'
        } else {
            output << "Content-Length: $bytes.length\r\n\r\n"
            output.write(bytes)
        }
        output.flush()
    }

    /** What was asked since the last time, without the first ping. */
    List<String> asked() {
        requests.findAll { !it.endsWith('/_ping') }.tap { requests.clear() }
    }

    private synchronized List respond(String request, Map query, byte[] body) {
        switch (request) {
            case 'GET /_ping': return [200, 'OK']
            case 'GET /version': return [200, [Os: 'linux', Arch: arch, ApiVersion: version]]
            case 'GET /info': return [200, [Driver: 'overlay2', DriverStatus: store == Store.CONTAINERD ?
                    [['driver-type', 'io.containerd.snapshotter.v1']] : [['Backing Filesystem', 'extfs']]]]
            case 'GET /images/json': return [200, ids.collect { entry(it) }]
            case 'POST /images/load': return [200, load(untar(body))]
            case ~'GET /images/(.+)/json': return [200, entry(resolve(name(request)))]
            case ~'GET /images/(.+)/get': return [200, save(resolve(name(request)))]
            case ~'POST /images/(.+)/tag':
                names[full("$query.repo:$query.tag")] = resolve(name(request))
                return [201, '']
            case ~'DELETE /images/(.+)':
                names.remove(full(request.substring('DELETE /images/'.length())))
                return [200, []]
            default: return [400, [message: "page not found"]]
        }
    }

    private static String name(String request) {
        request.replaceFirst('^[A-Z]+ /images/', '').replaceFirst('/[a-z]+$', '')
    }

    private static String full(String name) {
        def host = name.contains('/') && name.tokenize('/')[0] =~ /[.:]|localhost/
        def path = host ? name : 'docker.io/' + (name.contains('/') ? name : "library/$name")
        path.lastIndexOf(':') > path.lastIndexOf('/') ? path : "$path:latest"
    }

    private String resolve(String name) {
        def id = name.startsWith('sha256:') ? ids.find { it == name } :
                names[full(name)] ?: ids.find { it.startsWith("sha256:$name") }
        if (!id) {
            throw new NoSuchElementException("No such image: $name")
        }
        id
    }

    private Map entry(String id) {
        [Id: id, RepoTags: names.findAll { it.value == id }.keySet()*.replaceFirst('^docker.io/(library/)?', '') ?: null,
         Size: blobs[id].length, Created: 1_700_000_000]
    }

    private String load(Map<String, byte[]> files) {
        def said = []
        if (store == Store.CONTAINERD) {
            files.findAll { it.key.startsWith('blobs/') }.each { blobs[it.key.substring(6).replace('/', ':')] = it.value }
            json(files['index.json']).manifests.each {
                ids << (it.digest as String)
                said << it.digest
            }
        } else {
            json(files['manifest.json']).each { image ->
                def config = keep(files[image.Config])
                layers[config] = image.Layers.collect { keep(unpacked(files[it])) }
                assert layers[config] == json(blobs[config]).rootfs.diff_ids
                ids << config
                image.RepoTags.each { names[full(it as String)] = config }
                said << config
            }
        }
        said.collect { new String(Json.write([stream: "Loaded image ID: $it\n"])) + '\r\n' }.join('')
    }

    private String keep(byte[] bytes) {
        digest(bytes).tap { blobs[it] = bytes }
    }

    private byte[] save(String id) {
        Map<String, byte[]> files = [:]
        if (store == Store.CONTAINERD) {
            blobs.each { files["blobs/${it.key.replace(':', '/')}".toString()] = it.value }
            def type = json(blobs[id]).mediaType
            files['index.json'] = bytes([schemaVersion: 2, manifests: [[mediaType: type, digest: id, size: blobs[id].length]]])
            files['oci-layout'] = bytes([imageLayoutVersion: '1.0.0'])
        } else if (store == Store.OLD) {
            files["${id.substring(7)}.json".toString()] = blobs[id]
            def paths = layers[id].collect { "${it.substring(7).reverse()}/layer.tar".toString() }
            paths.eachWithIndex { path, i -> files[path] = blobs[layers[id][i]] }
            files['manifest.json'] = bytes([[Config: "${id.substring(7)}.json", RepoTags: null, Layers: paths]])
        } else {
            def path = { "blobs/${it.replace(':', '/')}".toString() }
            [id, *layers[id]].each { files[path(it)] = blobs[it] }
            byte[] manifest = bytes([schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json',
                                     config: [mediaType: 'application/vnd.oci.image.config.v1+json', digest: id, size: blobs[id].length],
                                     layers: layers[id].collect {
                                         [mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: it, size: blobs[it].length]
                                     }])
            files[path(digest(manifest))] = manifest
            files['index.json'] = bytes([schemaVersion: 2, manifests: [
                    [mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digest(manifest), size: manifest.length]]])
            files['manifest.json'] = bytes([[Config: path(id), RepoTags: null, Layers: layers[id].collect(path)]])
            files['oci-layout'] = bytes([imageLayoutVersion: '1.0.0'])
        }
        tar(files)
    }

    private static Object json(byte[] bytes) {
        Json.read(bytes, 'document')
    }

    private static byte[] bytes(Object value) {
        Json.write(value)
    }

    private static String digest(byte[] bytes) {
        'sha256:' + MessageDigest.getInstance('SHA-256').digest(bytes).encodeHex()
    }

    private static byte[] unpacked(byte[] layer) {
        Compression.unpack(new ByteArrayInputStream(layer)).readAllBytes()
    }

    private static Map<String, byte[]> untar(byte[] archive) {
        Map<String, byte[]> files = [:]
        def tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))
        for (def entry = tar.nextEntry; entry != null; entry = tar.nextEntry) {
            if (entry.file) {
                files[entry.name] = tar.readAllBytes()
            }
        }
        files
    }

    private static byte[] tar(Map<String, byte[]> files) {
        def bytes = new ByteArrayOutputStream()
        new TarArchiveOutputStream(bytes).withCloseable { tar ->
            files.each { name, content ->
                tar.putArchiveEntry(new TarArchiveEntry(name).tap { size = content.length })
                tar.write(content)
                tar.closeArchiveEntry()
            }
        }
        bytes.toByteArray()
    }

    @Override
    void close() {
        listener.close()
        threads.shutdownNow()
        folder.toFile().deleteDir()
    }
}
