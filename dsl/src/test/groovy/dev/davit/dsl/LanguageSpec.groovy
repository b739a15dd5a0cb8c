package dev.davit.dsl

import dev.davit.daemon.TestEngine
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.ref.Reference
import java.nio.file.Files

class LanguageSpec extends ScriptSpecification {

    def 'a recipe builds, pushes, reads back and looks inside'() {
        given:
        write('site/index.html', '<h1>Ahoy</h1>')
        write('nginx.conf', 'events {}')

        when:
        def image = evaluate('''
            def registry = serve()
            def site = layer {
                dir  'site', '/usr/share/nginx/html'
                file 'nginx.conf', '/etc/nginx/nginx.conf', mode: 0640, owner: '33:34'
                text '/etc/motd', "hello\\n"
                symlink '/usr/bin/web', '/usr/sbin/nginx'
                remove '/etc/nginx/conf.d/default.conf'
            }
            def port = 8080
            def pushed = scratch()
                .append(site)
                .withEnv(NGINX_PORT: port, HOST: "h$port")
                .withEnv('ONE', 1)
                .withLabel('org.opencontainers.image.title': 'site')
                .withAnnotation('a', 'b')
                .withEntrypoint('nginx', '-g', 'daemon off;')
                .withCmd(['x', 1])
                .withUser(33)
                .withWorkdir('/srv')
                .withPort(port, '53/udp')
                .withVolume('/data')
                .withStopSignal('QUIT')
                .withAuthor('Ann')
                .withCreated('2026-01-31T12:00:00Z')
                .push("${registry.address}/site:1.0", "${registry.address}/copy:a")
            println tags("${registry.address}/site")
            println catalog(registry.address)
            def image = remote(pushed)
            println image['/etc/motd'].text.trim()
            println image.file('usr/share/nginx/html/index.html').text
            image.files.findAll { it.file }.each { println it }
            image
        ''') as Image

        then:
        out.toString() == '''\
            [1.0]
            [copy, site]
            hello
            <h1>Ahoy</h1>
            -rw-r--r-- 0:0 6 1970-01-01T00:00:00Z /etc/motd
            -rw-r----- 33:34 9 1970-01-01T00:00:00Z /etc/nginx/nginx.conf
            -rw-r--r-- 0:0 13 1970-01-01T00:00:00Z /usr/share/nginx/html/index.html
            '''.stripIndent()
        image.config().document().toString() == '{"architecture":"amd64","os":"linux","config":{' +
                '"Env":["NGINX_PORT=8080","HOST=h8080","ONE=1"],' +
                '"Labels":{"org.opencontainers.image.title":"site"},' +
                '"Entrypoint":["nginx","-g","daemon off;"],"Cmd":["x","1"],"User":"33","WorkingDir":"/srv",' +
                '"ExposedPorts":{"8080/tcp":{},"53/udp":{}},"Volumes":{"/data":{}},"StopSignal":"QUIT"},' +
                '"rootfs":{"type":"layers","diff_ids":' +
                '["sha256:33b909b926e9062e303c6b9ab7db9c4d9dbac4a5560ef7260c36b1d0f9733cb7"]},' +
                '"history":[{"created":"1970-01-01T00:00:00Z","created_by":"davit layer: dir /usr/share/nginx/html, ' +
                'file /etc/nginx/nginx.conf, text /etc/motd, symlink /usr/bin/web, remove /etc/nginx/conf.d/default.conf"}],' +
                '"author":"Ann","created":"2026-01-31T12:00:00Z"}'
        image.annotations() == [a: 'b']
    }

    def 'a recipe loads an image into an engine, and reads it from there'() {
        given:
        def engine = TestEngine.start()
        environment = [DOCKER_HOST: engine.address]

        when:
        evaluate('''
            def image = scratch().append { text '/etc/motd', 'hello' }
            image.load('motd:v1').load("motd:${'v2'}").withUser(7).load()
            println daemon('motd:v2')['/etc/motd'].text
            println daemon(image.config.document().digest()).config.document() == image.config.document()
            println(['v1', 'v3'].collect { exists("daemon:motd:$it") })
        ''')

        then:
        out.toString() == 'hello\ntrue\n[true, false]\n'
        engine.asked().count { it.startsWith('POST') && it.contains('/load') } == 2

        cleanup:
        engine.close()
    }

    def 'the accessors of values read as properties: #expression'() {
        given:
        write('a.txt', 'a')

        expect:
        evaluate("""
            def image = scratch('linux/arm64/v8').append { file 'a.txt', '/a' }.withEnv(PATH: '/bin').withAnnotation('k', 'v')
            def both = index { add image; add scratch('linux/amd64') }
            def reference = ${Reference.name}.parse('nginx@sha256:${'0' * 64}')
            String.valueOf($expression)
        """) == expected

        where:
        expression                               | expected
        'image.platform'                         | 'linux/arm64/v8'
        'image.config.env.PATH'                  | '/bin'
        'image.config.labels'                    | '{}'
        'image.config.created'                   | 'null'
        'image.annotations.k'                    | 'v'
        'image.layers.size()'                    | '1'
        'image.layers[0].size == image.layers[0].blob().size()' | 'true'
        'image.layers[0].mediaType'              | 'application/vnd.oci.image.layer.v1.tar+gzip'
        'image.layers[0].diffId == image.config.diffIds[0]' | 'true'
        'image.history[0].createdBy'             | 'davit layer: file /a'
        'image.history[0].comment'               | 'null'
        'image.digest.algorithm'                 | 'sha256'
        'image.digest == image.manifest.digest'  | 'true'
        'image.manifest.tree.schemaVersion'      | '2'
        'image.files*.path'                      | '[a]'
        'image.platforms'                        | '[linux/arm64/v8]'
        'both.platforms'                         | '[linux/arm64/v8, linux/amd64]'
        'both.images.size()'                     | '2'
        'both.descriptors[1].platform'           | 'linux/amd64'
        'both.platform("linux/arm64").config.env' | '{PATH=/bin}'
        'reference.repository.path'              | 'library/nginx'
        'reference.tag'                          | 'null'
        'reference.digest.hex'                   | '0' * 64
    }

    def 'a verb on an index changes every image of it'() {
        when:
        def index = evaluate('''
            index { add scratch('linux/amd64'); add scratch('linux/arm64') }
                .append { text '/etc/motd', 'both' }
                .withLabel('a', 'b')
                .map { platform, image -> image.withEnv(ARCH: platform.architecture()) }
        ''') as Index

        then:
        index.images()*.config()*.env() == [[ARCH: 'amd64'], [ARCH: 'arm64']]
        index.images()*.config()*.labels() == [[a: 'b'], [a: 'b']]
        index.images()*.layers()*.size() == [1, 1]
    }

    def 'an index keeps, loses and gains platforms'() {
        expect:
        evaluate("""
            def three = index { add scratch('linux/amd64'); add scratch('linux/arm64'); add scratch('linux/s390x') }
            three.${change}.platforms as String
        """) == expected

        where:
        change                                          | expected
        "filter('linux/amd64')"                         | '[linux/amd64]'
        "filter('linux/arm64', 'linux/s390x')"          | '[linux/arm64, linux/s390x]'
        "remove('linux/amd64')"                         | '[linux/arm64, linux/s390x]'
        "add(scratch('linux/riscv64')).remove('linux/amd64', 'linux/arm64')" | '[linux/s390x, linux/riscv64]'
    }

    def 'the edits of layers and files are verbs of images and of indexes: #edit'() {
        given:
        def script = """
            def one = layer { text '/etc/motd', 'hello'; text '/tmp/a', 'a' }
            def two = layer { remove '/tmp/a'; text '/srv/app/run', 'run', mode: 0755 }
            def old = index { add scratch('linux/amd64').append(one); add scratch('linux/arm64').append(one) }
            def app = old.append(two)
            def base = layer { text '/etc/motd', 'ahoy' }
            def fresh = index { add scratch('linux/arm64').append(base); add scratch('linux/amd64').append(base) }
            def lines = { it.files*.toString()*.replaceAll(/ 1970-01-01T00:00:00Z /, ' ').findAll { !it.startsWith('d') } }
            app.${edit}.images.collect { [it.layers.size(), lines(it)] }.unique()
        """

        expect:
        evaluate(script) == [[layers, ["-rw-r--r-- 0:0 5 /etc/motd", "-rwxr-xr-x 0:0 3 /srv/app/run"].withIndex()
                .collect { line, i -> (changed[i] == null ? line : changed[i]) as String } + more]]

        where:
        edit                                                                | layers | changed                            | more
        'rebase(from: old, to: fresh)'                                      | 2      | ['-rw-r--r-- 0:0 4 /etc/motd', null] | []
        'flatten()'                                                         | 1      | []                                 | []
        'squash(2)'                                                         | 1      | []                                 | []
        'squash(from: 0)'                                                   | 1      | []                                 | []
        'append(base).squash(above: old)'                                   | 2      | ['-rw-r--r-- 0:0 4 /etc/motd', null] | []
        'append(base).dropLayer(-1)'                                        | 2      | []                                 | []
        'append(base).dropLayer(base)'                                      | 2      | []                                 | []
        'append(base).dropLayer(base.digest)'                               | 2      | []                                 | []
        'map { p, i -> p.architecture == "arm64" ? i.append(base) : i }.dropLayer(base.digest)' | 2 | [] | []
        'append { text "/x", "" }.dropLayer("text /x")'                     | 2      | []                                 | []
        'append { text "/x", "" }.dropLayer(~/x\$/)'                        | 2      | []                                 | []
        'mapFiles { if (path == "etc/motd") { mode 0600; owner "33:34"; text text + "!" } }' | 2 | ['-rw------- 33:34 6 /etc/motd', null] | []
        'mapFiles { it.mode(0600); it.owner 7 }'                            | 2      | ['-rw------- 7:7 5 /etc/motd', '-rw------- 7:7 3 /srv/app/run'] | []
        'copyFrom(app, "/srv/app/run", "/srv/z")'                           | 3      | []                                 | ['-rwxr-xr-x 0:0 3 /srv/z']
        'copyFrom(app, "/srv", "/srv", replace: true)'                      | 3      | []                                 | []
        'withTime("1970-01-01T00:00:00Z")'                                  | 2      | []                                 | []
        'canonical()'                                                       | 2      | []                                 | []
        'withCompression("zstd")'                                           | 2      | []                                 | []
        'withCompression("zstd", 19)'                                       | 2      | []                                 | []
        'withMediaTypes("docker")'                                          | 2      | []                                 | []
    }

    def 'bases are said by reference, and the annotations of the result tell the new one'() {
        when:
        evaluate('''
            def registry = serve()
            def base = { motd -> scratch().append(layer { text '/etc/motd', motd }) }
            def old = base('old').push("${registry.address}/base:1")
            def app = base('old').append { text '/app', 'app' }
            base('new').push("${registry.address}/base:2")
            def moved = app.rebase(from: "${registry.address}/base:1", to: "${registry.address}/base:2")
            println moved['/etc/motd'].text
            println moved.annotations*.value*.replaceFirst('.*/', '')
            base('newest').push("${registry.address}/base:2")
            println moved.rebase()['/etc/motd'].text
            println moved.rebase(to: old)['/etc/motd'].text
        ''')

        then:
        out.toString().replaceAll(/sha256:\w+/, 'D') == 'new\n[base:2, D]\nnewest\nold\n'
    }

    def 'an image that does not tell its base has to be given it'() {
        expect:
        failure('scratch().rebase()').readLines()[0] == 'error: image sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105' +
                ' does not say what it is built on: it has no annotation org.opencontainers.image.base.name; name the old base and the new one'
    }

    def 'the platforms of an index are said one by one'() {
        given:
        def both = "index { add scratch('linux/amd64'); add scratch('linux/arm') }"

        expect:
        evaluate("${both}.withPlatform('linux/arm': 'linux/arm/v7', 'linux/amd64': 'linux/amd64/v3').platforms*.toString()") ==
                ['linux/amd64/v3', 'linux/arm/v7']
        evaluate("${both}.withPlatform('linux/arm': 'linux/amd64', 'linux/amd64': 'linux/arm').platforms*.toString()") ==
                ['linux/arm', 'linux/amd64']
        failure("${both}.withPlatform('linux/arm/v7')").readLines()[0].endsWith(
                'has several images, which cannot all be for linux/arm/v7: say it of one of them')
        failure("${both}.withPlatform('linux/s390x': 'linux/arm')").readLines()[0].endsWith(
                'has no image for linux/s390x; it has linux/amd64, linux/arm')
    }

    def 'changes are also said by their names, and what is null or empty changes nothing'() {
        given:
        def image = evaluate('''scratch().edit(env: [A: 1, B: 2], cmd: ['a', 2], port: 80, user: 33, label: [:],
            volume: [], workdir: null)''') as Image

        expect:
        image.config().document().tree().config == [Env: ['A=1', 'B=2'], Cmd: ['a', '2'], ExposedPorts: ['80/tcp': [:]], User: '33']
        evaluate('''scratch().edit(env: [A: 1, B: 2], cmd: ['a'], user: 'me').edit(without: ['cmd'], withoutEnv: ['A'])
            .without('user').config.document.tree().config''') == [Env: ['B=2']]

        failure("scratch().edit(uzer: 'me')").readLines()[0] == "error: the edit block has no 'uzer'; did you mean 'user'?"
    }

    def 'a health check is said in a line, in words or in a block'() {
        expect:
        evaluate("scratch().${verb}.config.document().tree().config") == expected

        where:
        verb                                                            | expected
        "withHealthcheck('curl -f localhost', interval: '1m30s')"       | [Healthcheck: [Test: ['CMD-SHELL', 'curl -f localhost'], Interval: 90_000_000_000L]]
        "withHealthcheck('curl', '-f', timeout: '500ms', retries: 3)"   | [Healthcheck: [Test: ['CMD', 'curl', '-f'], Timeout: 500_000_000L, Retries: 3L]]
        "withHealthcheck { cmd 'x'; startPeriod '1h'; startInterval java.time.Duration.ofSeconds(1) }" |
                [Healthcheck: [Test: ['CMD', 'x'], StartPeriod: 3_600_000_000_000L, StartInterval: 1_000_000_000L]]
        "edit { healthcheck { none() }; shell 'bash', '-c' }"           | [Healthcheck: [Test: ['NONE']], Shell: ['bash', '-c']]
        "withShell('bash', '-c').withHealthcheck('x').withoutHealthcheck()" | [Shell: ['bash', '-c']]
    }

    def 'a subject is said as an image, as a descriptor or as a reference'() {
        expect:
        evaluate('''
            def registry = serve()
            def image = scratch()
            def pushed = image.push("${registry.address}/a:1")
            def about = scratch().withLabel('a', 'b')
            [image, image.descriptor, pushed, "${registry.address}/a:1"]
                    .collect { about.withSubject(it).manifest.tree.subject.digest }.unique() == [image.digest.toString()] &&
                    about.withSubject(image).withoutSubject() == about && about.edit { subject image } == about.withSubject(image)
        ''')
    }

    static final BUILT = 'sha256:07e67f0bc1a8a1b90a8feafdb740508a670ae89d96574698f2ed35f136aa02a9'

    def 'a layer that is edited says what is wrong with what was asked: #edit'() {
        expect:
        failure("scratch().append { text '/a', '' }.$edit").readLines()[0] == "error: $message"

        where:
        edit                                | message
        'rebase(form: 1)'                   | "there is no option 'form'; did you mean 'from'? (options are from, to)"
        'rebase(from: scratch())'           | "image $BUILT does not say what it is built on: it has no annotation org.opencontainers.image.base.name; " +
                "name the old base and the new one"
        'squash(from: 1, above: scratch())' | 'squash needs either from or above, such as squash(from: 2)'
        'withCompression("lz4")'            | "unknown codec 'lz4': expected none, gzip, gzip/1, gzip/1 fast, zstd or a level of it such as zstd 19"
        'withMediaTypes("oic")'             | "there are no media types of 'oic': expected oci or docker"
        'withHealthcheck("x", interval: 3)' | "malformed duration '3': expected numbers with h, m, s or ms, such as 30s, 1m30s or 500ms"
        'withHealthcheck { cmnd "x" }'      | "the healthcheck block has no 'cmnd'; did you mean 'cmd'?"
        'mapFiles { mod 0644 }'             | "the mapFiles block has no 'mod'; did you mean 'mode'?"
    }

    def 'a filter that matches nothing is an error'() {
        expect:
        failure("index { add scratch() }.filter('linux/arm64')").startsWith(
                'error: the index has no image for linux/arm64; it has linux/amd64\n')
    }

    def 'what only one image has cannot be asked of an index of two'() {
        expect:
        failure("index { add scratch('linux/amd64'); add scratch('linux/arm64') }.files").startsWith(
                "error: this is an index of 2 images; choose one with platform('OS/ARCHITECTURE'): [linux/amd64, linux/arm64]\n")
    }

    def 'an outer verb inside an inner block is an error, and does not silently change the outer value'() {
        expect:
        failure("layer {\n    scratch().edit { mkdir '/x' }\n}").startsWith("error: the edit block has no 'mkdir'")
    }

    def 'layers and history carry SOURCE_DATE_EPOCH where it is set'() {
        given:
        environment = [SOURCE_DATE_EPOCH: '86400']

        when:
        def image = evaluate("scratch().append { text '/a', '' }") as Image

        then:
        image.config().history()*.created()*.get() == ['1970-01-02T00:00:00Z']
    }

    def 'a registry can ask for a password, and docker\'s config has it'() {
        given:
        write('docker/config.json', '{}')
        environment = [DOCKER_CONFIG: folder.resolve('docker') as String]

        when:
        evaluate('''
            def registry = serve { credentials 'ann', 'secret' }
            new File("FOLDER/docker/config.json").text = """{"auths": {"${registry.address}": {"auth": "${'ann:secret'.bytes.encodeBase64()}"}}}"""
            println scratch().push("${registry.address}/x:1").repository.path
        '''.replace('FOLDER', folder.toString()))

        then:
        out.toString() == 'x\n'
    }

    def 'a copy keeps the digest, and a tag and a delete are seen'() {
        when:
        evaluate('''
            def registry = serve()
            def pushed = scratch().push("${registry.address}/a:1")
            println copy(pushed, "${registry.address}/b:1").digest == pushed.digest
            tag("${registry.address}/b:1", 'two')
            println tags("${registry.address}/b")
            println digest("${registry.address}/b:two") == pushed.digest.toString()
            delete("${registry.address}/b:1")
            println tags("${registry.address}/b")
        ''')

        then:
        out.toString() == 'true\n[1, two]\ntrue\n[two]\n'
    }

    def 'files are exported and extracted'() {
        when:
        evaluate('''
            def image = scratch().append { text '/etc/motd', 'hello' }
            image.export('out.tar')
            image.extract('out')
        ''')

        then:
        Files.readString(folder.resolve('out/etc/motd')) == 'hello'
        Files.size(folder.resolve('out.tar')) > 1024
    }

    def 'archives and layouts keep the digest, with and without a name'() {
        expect:
        evaluate("""
            def image = scratch().append { text '/etc/motd', 'hello' }
            def both = index { add image; add scratch('linux/arm64') }
            image.save('one.tar').save('named.tar', 'site:1.0').writeTo('layout', 'site:1.0')
            both.save('both.tar').writeTo('both')
            [archive('one.tar'), archive('named.tar', 'site:1.0'), layout('layout'), layout('layout', 'site:1.0')]
                    .every { it.digest == image.digest } && [archive('both.tar'), layout('both')].every { it.digest == both.digest }
        """)
    }

    def 'a name that an archive or a layout does not have is an error that lists those it has: #source'() {
        expect:
        failure("scratch().save('x.tar', 'site:1.0').writeTo('x', '1.0')\n$source").readLines()[0].replace("$folder/", '') == "error: $message"

        where:
        source                    | message
        "archive('x.tar', 'b')"   | 'archive x.tar has no image b; it has site:1.0'
        "layout('x', 'b')"        | 'layout x has no image b; it has 1.0'
        "archive('none.tar')"     | 'none.tar: no such file or folder'
        "layout('none')"          | 'there is no folder none'
    }

    def 'what is wrong is a list, which is empty where all is well'() {
        when:
        def found = evaluate('''
            def registry = serve()
            def image = scratch().append { text '/a', 'b' }
            def name = image.push("$registry.address/site:1.0")
            image.save 'image.tar'
            image.writeTo 'layout'
            if (image.validate()) throw new AssertionError()
            def wrong = image.withManifest { it.set('x', 'annotations') }.validate(fast: true)
            println wrong[0].problem
            wrong.each { println it }
            [image.validate(), image.validate(fast: true), validateRemote(name), validateRemote(name, fast: true),
                validateArchive('image.tar'), validateArchive('image.tar', fast: true), validateLayout('layout'),
                validateLayout('layout', fast: true), validateLayout('layout').notes]
        ''')

        then:
        found == [[]] * 9
        out.toString().replaceAll(/sha256:\w+/, '…') == '''\
            its annotations are no object of texts
            image …: its annotations are no object of texts
            '''.stripIndent()
    }

    def 'a validation takes one option'() {
        expect:
        failure('scratch().validate(fsat: true)').startsWith(
                "error: there is no option 'fsat'; did you mean 'fast'? (options are fast)\n")
    }

    def 'a block that takes the platform makes a layer for each image of an index'() {
        expect:
        evaluate('''
            def index = index { add scratch('linux/amd64'); add scratch('linux/arm64') }
            [index.append { platform -> text '/for', platform.architecture },
             index.append { text '/for', 'all' }].collect { made -> made.platforms.collect { made.platform(it)['/for'].text } } +
                    [scratch('linux/s390x').append { p -> text '/for', "$p" }['/for'].text]
            ''') == [['amd64', 'arm64'], ['all', 'all'], 'linux/s390x']
    }
}
