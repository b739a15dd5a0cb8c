package dev.davit.dsl

import dev.davit.daemon.TestEngine
import dev.davit.json.Json
import dev.davit.server.RegistryServer
import dev.davit.server.Request
import java.nio.file.Files
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.AutoCleanup

/** What a plan says is what a run does, and a plan does nothing. */
class PlanSpec extends ScriptSpecification {

    /** A call of each verb that there is; for {@code image} and {@code both} stands what the registry has. A new verb has to be put here. */
    static final Map<String, String> CALLS = [
            remote          : "remote 'HOST/base:1'",
            image           : "['HOST/base:1', 'archive:base.tar', 'oci:images:base', 'daemon:base:1'].each { image(it).push 'HOST/new:1' }",
            archive         : "archive 'base.tar'",
            local           : "local('base.tar', '').push 'HOST/new:1'; local('images', 'base').push 'HOST/new:2'",
            place           : "place 'base.tar'",
            images          : "images 'images'",
            layout          : "layout 'images', 'base'",
            layoutAt        : "layoutAt('images').with { put('v2', image); append('base', both); remove('v2'); collectGarbage() }",
            layouts         : "layouts 'images'",
            daemon          : "daemon 'base:1'",
            scratch         : "scratch('linux/arm64').push 'HOST/new:1'",
            random          : "random(size: 1000).push 'HOST/new:1'",
            artifact        : "artifact('text/x').append(layer([1, 2] as byte[], mediaType: 'text/y')).push 'HOST/new:1'",
            layer           : "image.append(layer { dir 'etc', '/etc' }, layer('etc/motd', mediaType: 'text/x')).push 'HOST/new:1'",
            index           : "index { add image; add both, annotations: [a: 'b'] }.push 'HOST/new:1'",
            append          : "both.append { text '/a', 'b' }.push 'HOST/both:1', 'HOST/both:2'",
            rebase          : "image.append { text '/a', 'b' }.rebase(from: 'HOST/base:1', to: 'HOST/site:1').push 'HOST/new:1'",
            flatten         : "image.flatten().push 'HOST/new:1'",
            squash          : "image.squash(1).push 'HOST/new:1'",
            dropLayer       : "image.dropLayer(0).push 'HOST/new:1'",
            mapFiles        : "image.mapFiles { mode 0600 }.push 'HOST/new:1'",
            copyFrom        : "both.copyFrom(image, '/etc').push 'HOST/new:1'",
            withTime        : "image.withTime('2026-01-31T12:00:00Z').push 'HOST/new:1'",
            canonical       : "image.canonical().push 'HOST/new:1'",
            withCompression : "image.withCompression('zstd').push 'HOST/new:1'",
            withMediaTypes  : "both.withMediaTypes('docker').push 'HOST/new:1'",
            platform        : "both.platform('linux/arm64').push 'HOST/new:1'",
            only            : "both.only(['linux/arm64']).push 'HOST/new:1'",
            within          : "both.within('linux/arm64') { it.withUser('bob') }.push 'HOST/new:1'",
            pick            : "both.pick('linux/arm64').push 'HOST/new:1'",
            filter          : "both.filter('linux/arm64').push 'HOST/new:1'",
            add             : "both.add(image, platform: 'linux/s390x').push 'HOST/new:1'",
            addAll          : "both.addAll(index { add image }).push 'HOST/new:1'",
            remove          : "both.remove('linux/arm64').push 'HOST/new:1'",
            unnest          : "index { add both }.unnest().push 'HOST/new:1'",
            map             : "both.map { platform, one -> one.withUser('bob') }.push 'HOST/new:1'",
            edit            : "both.edit { user 'bob' }.push 'HOST/new:1'",
            without         : "both.without('env').push 'HOST/new:1'",
            push            : "both.push 'HOST/new:1', 'HOST/base:1'",
            to              : "['HOST/new:1', 'oci:images:v1', 'oci:new:v1', 'archive:base.tar:v1', 'archive:new.tar', 'daemon:v1'].each { image.to it }",
            change          : "['HOST/both:1', 'oci:images:base', 'archive:base.tar'].each { change(it) { it.withUser('bob') } }",
            save            : "image.save 'base.tar', 'b:1'; image.save 'new.tar', legacy: true; save 'all.tar', [a: image, b: both]",
            writeTo         : "both.writeTo 'images', 'v1'; both.writeTo 'new', 'v1'",
            load            : "image.load 'new:1'",
            export          : "image.export 'new.tar'; image.export(new ByteArrayOutputStream())",
            extract         : "image.extract 'new'",
            files           : "image.files",
            file            : "image.file('/etc/os-release').text",
            validate        : "both.validate(); validate 'HOST/both:1'",
            tree            : "image.tree",
            history         : "image.history",
            packages        : "image.packages",
            explain         : "image.explain('/etc/os-release')",
            diff            : "image.diff(image.withUser('bob')); diff 'HOST/base:1', 'archive:base.tar'",
            bump            : "bump 'HOST/base:1', image.digest",
            sizes           : "sizes a: image",
            printJson       : "printJson 1",
            printTable      : "printTable 'l', [['a']]",
            insecure        : "insecure 'HOST'; image.push 'HOST/new:1'",
            host            : "host 'HOST', parallel: 1; image.push 'HOST/new:1'",
            verbose         : "verbose(); image.push 'HOST/new:1'",
            parallel        : "parallel 1; image.push 'HOST/new:1'",
            copy            : "copy 'HOST/both:1', 'HOST/new:1', referrers: true, digestTags: true",
            attach          : "attach 'HOST/both:1', 'etc/motd', type: 'text/x'",
            referrers       : "attach('HOST/both:1', 'etc/motd', type: 'text/x'); referrers 'HOST/both:1'",
            repositories    : "repositories 'HOST/both'",
            untagged        : "try { untagged 'HOST/both' } catch (IOException e) { assert e.message.contains('nobody can say') }",
            tagsOf          : "tagsOf 'HOST/both:1'",
            blob            : "blob('HOST/base@' + image.layers[0].digest).bytes()",
            tag             : "tag 'HOST/both:1', '2'",
            prune           : "image.push 'HOST/both:1.0', 'HOST/both:1.1'; prune('HOST/both', keep: 1)",
            delete          : "delete 'HOST/both:1'",
            tags            : "tags 'HOST/both'",
            hub             : "hub",
            catalog         : "catalog 'HOST'",
            digest          : "digest 'HOST/both:1'",
            digestIfAny     : "digestIfAny 'HOST/none:1'",
            exists          : "exists 'HOST/both:1'",
            tagsIfAny       : "tagsIfAny 'HOST/none'",
            serve           : "image.push(serve { folder new File('FOLDER/registry').toPath() }.address + '/new:1')",
            credentials     : "credentials 'HOST', user: 'ann', password: 'secret'; image.push 'HOST/new:1'",
            pullSecrets     : "pullSecrets 'secret.json'",
            login           : "login 'HOST', user: 'ann', password: 'secret'",
            logout          : "logout 'HOST'",
            token           : "try { token 'HOST/base', push: true } catch (IOException e) { assert e.message.contains('no token') }",
            validateRemote  : "validateRemote 'HOST/both:1'",
            validateArchive : "validateArchive 'base.tar'",
            validateLayout  : "validateLayout 'images'",
            withPlatform    : "image.withPlatform('linux/arm64').push 'HOST/new:1'",
            digestIfAny     : "digestIfAny 'HOST/none:1'",
            images          : "images 'archive:base.tar'",
            place           : "place 'oci:images:base'",
            prune           : "prune 'HOST/both', keep: 1",
            check           : "check(junit: 'new.xml') { platforms 'linux/amd64' }; image.check { sizeBelow '3 MB' }.push 'HOST/new:1'",
            plan            : "plan { image.push 'HOST/new:1' }",
    ] + ['withEnv(A: 1)', "withoutEnv('LANG')", "withLabel('a', 'b')", "withoutLabel('a')", "withAnnotation('a', 'b')",
         "withoutAnnotation('a')", "withEntrypoint('a')", "withCmd('a')", "withUser('bob')", "withWorkdir('/srv')", 'withPort(80)',
         'withoutPort(80)', "withVolume('/srv')", "withoutVolume('/srv')", "withStopSignal('KILL')",
         "withCreated('2026-01-31T12:00:00Z')", "withAuthor('ann')", 'withoutPorts()',
         "withHealthcheck('true')", 'withoutHealthcheck()', "withShell('sh')", "withSubject('HOST/base:1')", 'withoutSubject()'
    ].collectEntries { [it.takeWhile { c -> c != '(' }, "both.${it}.push 'HOST/new:1'".toString()] }

    List<Request> requests = new CopyOnWriteArrayList<>()
    @AutoCleanup RegistryServer registry = RegistryServer.start { it.observer(requests::add) }

    def host = registry.address()

    def setup() {
        write 'etc/motd', 'hello\n'
        write 'secret.json', '{"auths":{"example.com":{"auth":"YTpi"}}}'
        evaluate """
            def base = scratch().append { text '/etc/os-release', 'Tiny' }.withEnv(LANG: 'C').withLabel('a', 'x')
            base.push('$host/base:1', '$host/site:1')
            base.save('base.tar', 'base:1').writeTo('images', 'base')
            index { add scratch('linux/amd64'); add scratch('linux/arm64') }.push('$host/both:1')
        """
        requests.clear()
    }

    def 'every verb there is has a call here'() {
        expect:
        CALLS.keySet().sort() == (Verbs.all()*.name() as Set).sort()
    }

    def 'a plan of any verb sends nothing that could change something, and writes no file: #verb'() {
        given:
        def engine = TestEngine.start()
        environment = [DOCKER_HOST: engine.address, DOCKER_CONFIG: folder.resolve('docker') as String]
        evaluate "archive('base.tar').load('base:1')"
        engine.requests.clear()
        def before = files()

        when:
        def plan = evaluate("plan { $call }".replaceAll(/\bimage\b(?! *[('])/, "remote('HOST/base:1')")
                .replaceAll(/(?<!\/)\bboth\b/, "remote('HOST/both:1')").replace('HOST', host).replace('FOLDER', folder as String)) as Plan

        then:
        requests.findAll { !(it.method() in ['GET', 'HEAD']) } == []
        engine.requests.findAll { !it.startsWith('GET ') } == []
        files() == before
        plan.toString().endsWith('nothing is written yet')

        cleanup:
        engine.close()

        where:
        verb << CALLS.keySet().toList()
        call = CALLS[verb]
    }

    def 'a plan is short, and tells all that matters'() {
        expect:
        evaluate("""
            plan {
                def image = remote('$host/base:1').append { dir 'etc', '/etc' }.withEnv(PORT: 80).withLabel('a', 'b')
                image.push('$host/site:1', '$host/new/site:1')
                image.save('site.tar', 'site:1')
                remote('$host/both:1').push('$host/both:1')
                tag '$host/both:1', '2'
                delete '$host/both:1'
            }.toString().replace('$host', 'HOST')
        """) == '''\
push    HOST/site:1
        sha256:58c255f2ff4c51dbc0ac4b54a61a90c3285ae87a28f127e7e1d059c48bff8d08  in place of 58a7e3ec52b2
        + config.Env.PORT: "80"
        ~ config.Labels.a: "x" -> "b"
        upload  50cc02fcfe07     450 B  config
        upload  3e61549d66ab      90 B  davit layer: dir /etc
        exists  1 blob, 96 B
push    HOST/new/site:1
        sha256:58c255f2ff4c51dbc0ac4b54a61a90c3285ae87a28f127e7e1d059c48bff8d08  new
        upload  50cc02fcfe07     450 B  config
        mount   f48115f61f5b      96 B  from HOST/base
        upload  3e61549d66ab      90 B  davit layer: dir /etc
save    site.tar:site:1
        sha256:58c255f2ff4c51dbc0ac4b54a61a90c3285ae87a28f127e7e1d059c48bff8d08
        write   50cc02fcfe07     450 B  config
        write   f48115f61f5b      96 B  davit layer: text /etc/os-release
        write   3e61549d66ab      90 B  davit layer: dir /etc
push    HOST/both:1
        sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7  is there already
        exists  2 blobs, 206 B
push    HOST/both:2
        sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7  new
        exists  2 blobs, 206 B
delete  HOST/both:1
29 requests, 1.1 kB to upload; nothing is written yet
'''.stripTrailing()
    }

    def 'a program reads the same'() {
        expect:
        Json.read((evaluate("plan { remote('$host/base:1').withUser('bob').push('$host/site:1') }.json") as String).bytes, 'plan') == [
                steps   : [[verb       : 'push', place: "$host/site:1".toString(),
                            digest     : 'sha256:2daea2f5ee8756f2d946c177afc58903941911aa1f59cd175cb52e9011c8a8df',
                            mediaType  : 'application/vnd.oci.image.manifest.v1+json',
                            now        : 'sha256:58a7e3ec52b2926078636dcce1c5cb0046a9c986e1d944478ff117cb15ceeefd',
                            differences: [[platform: null, path: 'config.User', before: null, after: 'bob']],
                            blobs      : [[digest: 'sha256:623411a4c80b6579e43badc0fdcdf2773a0d181d83655a0eaa3c3b093f663dfc', size: 307L,
                                           fate  : 'upload', note: 'config'],
                                          [digest: 'sha256:f48115f61f5b3ca0ccb14e4466c1e5216cdad97b4ac157100344b97506631c8d', size: 96L,
                                           fate  : 'exists', note: 'davit layer: text /etc/os-release']],
                            manifests  : ['sha256:2daea2f5ee8756f2d946c177afc58903941911aa1f59cd175cb52e9011c8a8df']]],
                requests: 9L, upload: 307L]
    }

    def 'a run pushes just the digest that was planned, with as many requests: #statement'() {
        when:
        def plan = evaluate("plan { $statement }".replace('HOST', host)) as Plan
        requests.clear()
        evaluate(statement.replace('HOST', host))

        then:
        requests.size() == plan.requests
        plan.digests.each { place, digest -> assert evaluate("digest '$place'") == digest.toString() }
        plan.digests.size() == count

        where:
        statement                                                                                         || count
        "remote('HOST/base:1').push('HOST/base:1')"                                                       || 1
        "remote('HOST/base:1').withUser('bob').push('HOST/site:1', 'HOST/site:2')"                        || 2
        "remote('HOST/base:1').push('HOST/new:1')"                                                        || 1
        "remote('HOST/both:1').append { text '/a', 'b' }.withUser('bob').push('HOST/both:1')"             || 1
        "remote(remote('HOST/base:1').withUser('bob').push('HOST/base:2')).withCmd('x').push('HOST/base:3')" || 2
    }

    def 'what is planned can be read back: pushed, saved and written'() {
        expect:
        evaluate("""
            def seen = []
            plan {
                def image = scratch().append { text '/etc/motd', 'hi' }
                seen << remote(image.push('$host/new:1'))['/etc/motd'].text
                seen << tags('$host/new')
                image.save('new.tar', 'new:1').writeTo('new', 'v1')
                seen << archive('new.tar', 'new:1').digest << archive('new.tar').digest << layout('new', 'v1').digest
            }
            seen.take(2) + seen.drop(2)*.toString().unique()
        """) == ['hi', ['1'], 'sha256:0ac526160dbd352cc3aeb80677a102c8d0b080e93c9837bc51d2be18f1a2fa04']
    }

    def 'what refers to an image, and what is in a layout, is as the plan has left it'() {
        expect:
        evaluate("""
            def seen = []
            plan {
                seen << referrers('$host/both:1').size()
                attach('$host/both:1', 'etc/motd', type: 'text/x')
                seen << referrers('$host/both:1')*.artifactType << referrers('$host/both:1', type: 'text/y').size()
                layoutAt('images').put('v2', scratch())
                layoutAt('images').remove('base')
                seen << layoutAt('images').names << layoutAt('images').get('v2').digest.toString() << layout('images', 'v2').digest.toString()
                seen << layoutAt('images').collectGarbage().size()
            }.toString().readLines().findAll { it =~ /^\\w/ && !it.contains('$host') }.each { seen << it }
            seen << layoutAt('images').names
        """) == [0, ['text/x'], 0, ['v2'], EMPTY, EMPTY, 3, 'write   images:v2', 'remove  images:base', 'collect images',
                 '15 requests, 8 B to upload; nothing is written yet', ['base']]
    }

    static final String EMPTY = 'sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105'

    def 'what is put into a layout as a whole is checked too'() {
        expect:
        failure("check { platforms 'linux/s390x' }\nlayoutAt('images').put('v2', scratch())").contains('linux/amd64')
        evaluate("layoutAt('images').names") == ['base']
    }

    def 'what a plan prints is no result'() {
        when:
        evaluate("println plan { println 'on the way' }")

        then:
        out.toString() == '0 requests, 0 B to upload; nothing is written yet\n'
        err.toString() == 'on the way\n'
    }

    /** What no second run does as the first did, and why. */
    static final Map<String, String> OTHER = [
            random: 'it is random', serve: 'its address is another one', token: 'it fails', untagged: 'it fails',
            plan  : 'it plans', insecure: 'its registry sees nothing of the request that asks it for TLS']

    def 'a run of any verb hands on just what was planned, with as many requests: #verb'() {
        given:
        def engine = TestEngine.start()
        environment = [DOCKER_HOST: engine.address, DOCKER_CONFIG: folder.resolve('docker') as String]
        evaluate "archive('base.tar').load('base:1')"
        def script = call.replaceAll(/\bimage\b(?! *[('])/, "remote('HOST/base:1')")
                .replaceAll(/(?<!\/)\bboth\b/, "remote('HOST/both:1')").replace('HOST', host).replace('FOLDER', folder as String)
        def plan = evaluate("plan { $script }") as Plan
        requests.clear()

        when:
        evaluate(script)
        def sent = requests.size()

        then:
        sent == plan.requests
        plan.digests.findAll { place, digest -> place.startsWith(host) }
                .every { place, digest -> evaluate("digestIfAny '$place'") == digest.toString() }

        cleanup:
        engine.close()

        where:
        verb << CALLS.keySet().toList() - OTHER.keySet()
        call = CALLS[verb]
    }

    private Map<String, Object> files() {
        Files.walk(folder).withCloseable { all ->
            all.filter { !it.startsWith(folder.resolve('cache')) && Files.isRegularFile(it) }
                    .toList().collectEntries { [folder.relativize(it) as String, [Files.getLastModifiedTime(it), Files.size(it)]] }
        }
    }
}
