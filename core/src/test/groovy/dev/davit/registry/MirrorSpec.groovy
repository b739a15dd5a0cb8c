package dev.davit.registry

import dev.davit.blob.Origin
import dev.davit.image.Image
import dev.davit.ref.Reference
import dev.davit.ref.Repository
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.TempDir

/** Registries that have mirrors, as scripts and as the files of Docker and Podman say. */
class MirrorSpec extends ClientSpecification {

    /** The registry itself, and a mirror that has all of it below the path copy. */
    @AutoCleanup Front itself = new Front(registry.host)
    @AutoCleanup Front mirror = new Front(registry.host)
    @TempDir Path folder

    private Reference pushed(Repository repository) {
        def name = tagged(repository)
        client.put(Reference.parse("$registry.host/${repository.path()}:x"), Samples.image([Samples.layer(SIZE, 1)]))
        client.put(Reference.parse("$registry.host/copy/${repository.path()}:x"), Samples.image([Samples.layer(SIZE, 1)]))
        exchanges.clear()
        name
    }

    static final int SIZE = 100_000

    private static byte[] layer(RegistryClient client, Reference name) {
        (client.get(name) as Image).layers()[0].blob().bytes()
    }

    private RegistryClient mirrored(Closure block = {}) {
        client { host(itself.host) { it.mirrors("http://$mirror.host/copy") }; it.with(block) }
    }

    /** The same in a file, as Podman has it. */
    private RegistryClient configured(String registries) {
        Files.createDirectories(folder.resolve('etc/containers'))
        Files.writeString(folder.resolve('etc/containers/registries.conf'),
                registries.replace('ITSELF', itself.host).replace('MIRROR', mirror.host))
        client { environment([HOME: folder as String]).systemFolder = folder.resolve('etc') }
    }

    def 'what a mirror has comes from there, and is of the registry all the same'() {
        given:
        def name = pushed(fresh(itself.host))
        def own = mirrored()

        expect:
        layer(own, name) == Samples.bytes(SIZE, 1)
        own.head(name).digest() == own.get(name).digest()
        (own.get(name) as Image).layers()[0].blob().origin().get() ==
                new Origin(itself.host, name.repository().path())
        itself.requests == []
        mirror.requests.every { it.startsWith("GET /v2/copy/${name.repository().path()}/") || it.startsWith('HEAD ') }

        cleanup:
        own.close()
    }

    def 'a mirror that answers #status leaves it to the registry'() {
        given:
        def name = pushed(fresh(itself.host))
        mirror.rule { Front.answer(it, status); true }
        def own = mirrored()

        expect:
        layer(own, name) == Samples.bytes(SIZE, 1)
        mirror.requests.size() == 3
        itself.requests.size() == 3

        cleanup:
        own.close()

        where:
        status << [404, 403, 429, 500, 503]
    }

    def 'a mirror that cannot be reached is left out from then on'() {
        given:
        def name = pushed(fresh(itself.host))
        mirror.close()
        def own = mirrored()

        expect:
        layer(own, name) == Samples.bytes(SIZE, 1)
        exchanges.count { it.uri.port == mirror.host.split(':')[1] as int } == 1
        warnings == ["going on without the mirror $mirror.host: GET http://$mirror.host/v2/copy/" +
                             "${name.repository().path()}/manifests/x: cannot reach localhost: connection refused"]

        cleanup:
        own.close()
    }

    def 'a download that a mirror breaks off goes on from the registry'() {
        given:
        def name = pushed(fresh(itself.host))
        def path = "/blobs/${Samples.layer(SIZE, 1).digest()}".toString()
        mirror.fault('GET', path) { mirror.truncate(it, 60_000) }
        mirror.fault('GET', path) { Front.answer(it, 500) }
        def own = mirrored()

        expect:
        layer(own, name) == Samples.bytes(SIZE, 1)
        exchanges.findAll { it.uri.path.endsWith(path) }*.status == [200, 500, 206]
        exchanges.last().received == 40_000

        cleanup:
        own.close()
    }

    def 'a mirror with another manifest under a digest is not believed'() {
        given:
        def name = pushed(fresh(itself.host))
        def digest = client.head(Reference.parse("$registry.host/${name.repository().path()}:x")).digest()
        mirror.fault('GET', '/manifests/', 9) { Front.answer(it, 200, '{}') }
        def own = mirrored()

        expect:
        own.get(name.withDigest(digest)).digest() == digest

        cleanup:
        own.close()
    }

    def 'where nobody has it, the registry has the last word'() {
        given:
        def name = tagged(fresh(itself.host))
        def own = mirrored()

        when:
        own.get(name)

        then:
        def e = thrown(RegistryException)
        e.status() == 404
        e.message.startsWith("GET http://$itself.host/v2/${name.repository().path()}/manifests/x: 404 ")
        e.suppressed*.message.every { it.startsWith("GET http://$mirror.host/v2/copy/") }

        cleanup:
        own.close()
    }

    def 'nothing is written to a mirror, and nothing is looked up there for that'() {
        given:
        def own = mirrored()
        def name = tagged(fresh(itself.host))

        when:
        own.put(name, Samples.image([Samples.layer(SIZE, 2)]))
        own.tag(name, 'y')

        then:
        mirror.requests == []
        client.exists(name.repository(), Samples.layer(SIZE, 2).digest())

        cleanup:
        own.close()
    }

    def 'registries.conf names mirrors of the names that begin with a prefix; asked #how: #answers'() {
        given:
        def name = pushed(fresh(itself.host))
        def digest = client.head(Reference.parse("$registry.host/${name.repository().path()}:x")).digest()
        def own = configured("""
            unqualified-search-registries = ["example.com"]
            [[registry]]
            location = "ITSELF"
            $registryLine
            [[registry.mirror]]
            location = "MIRROR/copy"
            $mirrorLine
            """)

        when:
        own.head(by == 'tag' ? name : name.withDigest(digest))

        then:
        mirror.requests.size() == (answers == 'mirror' ? 1 : 0)
        itself.requests.size() == (answers == 'registry' ? 1 : 0)

        cleanup:
        own.close()

        where:
        by       | registryLine                   | mirrorLine                         || answers
        'tag'    | ''                             | ''                                 || 'mirror'
        'digest' | ''                             | ''                                 || 'mirror'
        'tag'    | ''                             | 'pull-from-mirror = "all"'         || 'mirror'
        'tag'    | ''                             | 'pull-from-mirror = "digest-only"' || 'registry'
        'digest' | ''                             | 'pull-from-mirror = "digest-only"' || 'mirror'
        'tag'    | ''                             | 'pull-from-mirror = "tag-only"'    || 'mirror'
        'digest' | ''                             | 'pull-from-mirror = "tag-only"'    || 'registry'
        'tag'    | 'mirror-by-digest-only = true' | ''                                 || 'registry'
        'digest' | 'mirror-by-digest-only = true' | ''                                 || 'mirror'
        'tag'    | 'prefix = "example.com"'       | ''                                 || 'registry'
        'tag'    | 'prefix = "ITSELF/spec"'       | ''                                 || 'registry'
        how = "$by, $registryLine $mirrorLine"
    }

    def 'registries.conf says where something really is'() {
        given:
        def name = pushed(fresh(itself.host))
        def own = configured('''
            [[registry]]
            prefix = "registry.example.com/team"
            location = "MIRROR/copy"
            ''')

        expect:
        layer(own, Reference.parse("registry.example.com/team/${name.repository().path()}:x")) == Samples.bytes(SIZE, 1)

        cleanup:
        own.close()
    }

    def 'the rule with the longest prefix counts, drop-in files after the main one'() {
        given:
        def files = new HostFiles([HOME: folder as String], folder.resolve('etc'))
        [[folder.resolve('etc/containers/registries.conf'), '[[registry]]\nlocation="a.com"\n[[registry]]\nlocation="a.com/b"\nblocked=true'],
         [folder.resolve('etc/containers/registries.conf.d/1.conf'), '[[registry]]\nprefix="a.com/c"\nlocation="one.com"'],
         [folder.resolve('etc/containers/registries.conf.d/2.conf'), '[[registry]]\nprefix="a.com/c"\nlocation="two.com"'],
         [folder.resolve('.config/containers/registries.conf.d/x.conf'), '[[registry]]\nprefix="*.b.com"\nblocked=true\n'
                 + '[[registry]]\nprefix="docker.io/library"\nblocked=true']].each { path, text ->
            Files.createDirectories(path.parent)
            Files.writeString(path, text)
        }

        expect:
        files.rule(Repository.parse(name)).map { it.file().fileName as String }.orElse('none') == file
        files.rule(Repository.parse(name)).map { it.blocked() }.orElse(false) == blocked

        where:
        name             || file              | blocked
        'a.com/x'        || 'registries.conf' | false
        'a.com/b'        || 'registries.conf' | true
        'a.com/b/c'      || 'registries.conf' | true
        'a.com/bc'       || 'registries.conf' | false
        'a.com/c/d'      || '2.conf'          | false
        'x.b.com/y'      || 'x.conf'          | true
        'b.com/y'        || 'none'            | false
        'nginx'          || 'x.conf'          | true
        'bitnami/nginx'  || 'none'            | false
    }

    def 'what is blocked is neither read nor written'() {
        given:
        def name = pushed(fresh(itself.host))
        def own = configured('[[registry]]\nlocation = "ITSELF"\nblocked = true\n')
        def file = folder.resolve('etc/containers/registries.conf')

        when:
        action(own, name)

        then:
        def e = thrown(IOException)
        e.message == "${name.repository()} is blocked by $file"
        itself.requests == []

        cleanup:
        own.close()

        where:
        action << [{ c, n -> c.get(n) }, { c, n -> c.put(n, Samples.image([])) }, { c, n -> c.tags(n.repository()) }]
    }

    def 'insecure in registries.conf is about the place that is named'() {
        given:
        def certificates = new Certificates()
        def tls = new Front(registry.host, certificates.server())
        def name = pushed(fresh(itself.host))
        Files.createDirectories(folder.resolve('etc/docker/certs.d').resolve(tls.host))
        new Certificates().authorityFile(folder.resolve('etc/docker/certs.d').resolve(tls.host).resolve('ca.crt'))
        def own = configured("""
            [[registry]]
            location = "ITSELF"
            [[registry.mirror]]
            location = "$tls.host/copy"
            insecure = $insecure
            """)

        when:
        own.head(name)

        then:
        tls.requests.size() == asked

        cleanup:
        own.close()
        tls.close()

        where:
        insecure || asked
        true     || 1
        false    || 0
    }

    def 'the mirrors in daemon.json are those of Docker Hub, and none of others'() {
        given:
        def file = folder.resolve(place)
        Files.createDirectories(file.parent)
        Files.writeString(file, """{"registry-mirrors": ["http://$mirror.host/"], "insecure-registries": ["10.0.0.0/8"]}""")
        client.put(Reference.parse("$registry.host/library/nginx:x"), Samples.image([]))
        def own = client { environment([HOME: folder as String]).systemFolder = folder.resolve('etc') }

        expect:
        own.get('nginx:x') instanceof Image
        mirror.requests == ['GET /v2/library/nginx/manifests/x']

        when:
        own.get(pushed(fresh(itself.host)))

        then:
        mirror.requests.size() == 1

        cleanup:
        own.close()

        where:
        place << ['etc/docker/daemon.json', '.docker/daemon.json', '.config/docker/daemon.json']
    }

    def '#what is one sentence that names the file'() {
        given:
        def own = configured(text)

        when:
        own.ping(itself.host)

        then:
        def e = thrown(IOException)
        e.message.startsWith("${folder.resolve('etc/containers/registries.conf')}: $message")

        cleanup:
        own.close()

        where:
        what                          | text                                          || message
        'what is no TOML'             | '[[registry]]\nlocation'                      || 'malformed TOML: '
        'a rule about nothing'        | '[[registry]]\nblocked = true'                || "a [[registry]] without 'prefix' and 'location': expected one of them"
        'a rule of another kind'      | '[[registry]]\nlocation = 5'                  || ''
        'a mirror that is no place'   | '[[registry]]\nlocation = "a.com"\n[[registry.mirror]]\nlocation = "b c"' || "malformed mirror 'b c': expected a host and maybe a path"
    }
}
