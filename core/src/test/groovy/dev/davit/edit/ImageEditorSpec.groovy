package dev.davit.edit

import dev.davit.blob.Blob
import dev.davit.image.Artifact
import dev.davit.image.Descriptor
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.MediaType
import dev.davit.image.Platform
import dev.davit.json.Document
import java.time.Duration
import java.time.Instant
import spock.lang.Specification

class ImageEditorSpec extends Specification {

    static final CONFIG = '{"architecture":"arm64","variant":"v8","os":"linux","author":"Ann","x.unknown":{"b":1,"a":[null]},' +
            '"config":{"Env":["PATH=/bin","EMPTY","LANG=C"],"Cmd":["sh"],"Labels":{"a":"1","b":"2"},' +
            '"ExposedPorts":{"80/tcp":{}},"Volumes":{"/data":{}},"OnBuild":["RUN x"]},' +
            '"rootfs":{"type":"layers","diff_ids":[]},"created":"2020-01-01T00:00:00Z"}'

    static Image image(String config = CONFIG) {
        def document = Document.parse(config.bytes, 'config')
        def manifest = Document.of([schemaVersion: 2, mediaType: MediaType.OCI_MANIFEST.name(), 'x.first': true,
                config: Descriptor.of(MediaType.OCI_CONFIG, document.digest(), document.size()).tree(),
                layers: [], annotations: [kept: 'yes'], subject: [digest: 'sha256:' + '0' * 64]])
        def content = new Artifact.Content() {
            Blob blob(Descriptor descriptor) { document.blob() }
            Document manifest(Descriptor descriptor) { throw new AssertionError() }
        }
        Artifact.of(manifest, content, 'test') as Image
    }

    static Image edit(@DelegatesTo(ImageEditor) Closure block, Image image = image()) {
        ImageEditor.edit(image) { editor -> editor.with(block) } as Image
    }

    def 'an edit changes what it is about and leaves every other byte: #change'() {
        given:
        def edited = edit(block)

        expect:
        edited.config().document().toString() == CONFIG.replace(change, to)
        edited.manifest().toString() == image().manifest().toString()
                .replace(image().configDescriptor().digest().toString(), edited.configDescriptor().digest().toString())
                .replace(""""size":${CONFIG.length()}""" as String, """"size":${edited.configDescriptor().size()}""" as String)

        where:
        change                          | to                                         | block
        '"LANG=C"'                      | '"LANG=C","PORT=1"'                        | { env('PORT', '1') }
        '"PATH=/bin"'                   | '"PATH=/opt"'                              | { env('PATH', '/opt') }
        '"EMPTY"'                       | '"EMPTY=no"'                               | { env('EMPTY', 'no') }
        '"PATH=/bin",'                  | ''                                         | { withoutEnv('PATH') }
        '"EMPTY",'                      | ''                                         | { withoutEnv('EMPTY') }
        '"Cmd":["sh"],'                 | ''                                         | { without('cmd', 'shell') }
        '"b":"2"'                       | '"b":"2","c":""'                           | { label('c', '') }
        '"a":"1",'                      | ''                                         | { withoutLabel('a') }
        '"Cmd":["sh"]'                  | '"Cmd":["a","b c"]'                        | { cmd('a', 'b c') }
        '"Cmd":["sh"],'                 | ''                                         | { cmd() }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"Entrypoint":["e"]'   | { entrypoint('e') }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"User":"1:1"'         | { user('1:1') }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"WorkingDir":"/w"'    | { workdir('/w') }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"StopSignal":"TERM"'  | { stopSignal('TERM') }
        '"80/tcp":{}'                   | '"80/tcp":{},"53/udp":{},"443/tcp":{}'     | { port('53/udp').port('443') }
        '"80/tcp":{}'                   | ''                                         | { withoutPort('80') }
        '"/data":{}'                    | '"/data":{},"/var":{}'                     | { volume('/var') }
        '"/data":{}'                    | ''                                         | { withoutVolume('/data') }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"Shell":["bash","-c"]' | { shell('bash', '-c') }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"Healthcheck":{"Test":["CMD","curl","-f"],"Interval":90000000000,"Timeout":1000000,' +
                '"StartPeriod":0,"StartInterval":2000000000,"Retries":3}' | { healthcheck { it.cmd('curl', '-f').interval(Duration.ofSeconds(90))
                .timeout(Duration.ofMillis(1)).startPeriod(Duration.ZERO).startInterval(Duration.ofSeconds(2)).retries(3) } }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"Healthcheck":{"Test":["CMD-SHELL","a | b"]}' | { healthcheck { it.shell('a | b') } }
        '"OnBuild":["RUN x"]'           | '"OnBuild":["RUN x"],"Healthcheck":{"Test":["NONE"]}' | { healthcheck { it.none() } }
        '"arm64","variant":"v8"'        | '"amd64"'                                  | { platform(Platform.parse('linux/amd64')) }
        '2020-01-01T00:00:00Z'          | '1970-01-01T00:00:00Z'                     | { created(Instant.EPOCH) }
        '"Ann"'                         | '"Bob"'                                    | { author('Bob') }
    }

    def 'an edit that changes nothing gives the same bytes: #name'() {
        expect:
        edit(block).digest() == image().digest()

        where:
        name                    | block
        'no statement'          | { }
        'the value it has'      | { env('PATH', '/bin').label('a', '1').user('').port('80') }
        'nothing to remove'     | { withoutEnv('NONE').withoutLabel('none').withoutPort('1').withoutAnnotation('none') }
    }

    def 'removing from a config that is empty adds nothing to it'() {
        given:
        def bare = image('{"config":null}')

        expect:
        edit({ withoutEnv('A').withoutLabel('b').withoutVolume('/c').cmd() }, bare).digest() == bare.digest()
    }

    def 'annotations change the manifest and not the config'() {
        given:
        def edited = edit { annotation('new', 'x').withoutAnnotation('kept') }

        expect:
        edited.annotations() == [new: 'x']
        edited.configDescriptor() == image().configDescriptor()
        edited.manifest().tree().keySet() as List ==
                ['schemaVersion', 'mediaType', 'x.first', 'config', 'layers', 'annotations', 'subject']
    }

    def 'each image of an index is edited, and annotations are set on the index too'() {
        given:
        def index = Index.of([Image.scratch(Platform.parse('linux/amd64')), Image.scratch(Platform.parse('linux/arm64'))])

        when:
        def edited = ImageEditor.edit(index) { it.label('a', 'b').annotation('k', 'v') } as Index

        then:
        edited.images()*.config()*.labels() == [[a: 'b'], [a: 'b']]
        edited.images()*.annotations() == [[k: 'v'], [k: 'v']]
        edited.annotations() == [k: 'v']
        edited.platforms()*.toString() == ['linux/amd64', 'linux/arm64']
        index.images()*.config()*.labels() == [[:], [:]]
    }

    def 'several images of an index cannot get the same platform, one can'() {
        given:
        def arm = Image.scratch(Platform.parse('linux/arm'))
        def both = Index.of([Image.scratch(Platform.parse('linux/amd64')), arm])

        when:
        ImageEditor.edit(both) { it.user('1').platform(Platform.parse('linux/arm/v7')) }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "$both has several images, which cannot all be for linux/arm/v7: say it of one of them"

        and:
        (ImageEditor.edit(Index.of([arm])) { it.platform(Platform.parse('linux/arm/v7')) } as Index).platforms()*.toString() ==
                ['linux/arm/v7']
    }

    def 'a health check keeps what is not said of it, and goes as a whole'() {
        given:
        def checked = edit { healthcheck { it.cmd('x').retries(3) } }

        expect:
        edit({ healthcheck { it.retries(5) } }, checked).config().document().get('config', 'Healthcheck').get() ==
                [Test: ['CMD', 'x'], Retries: 5L]
        edit({ withoutHealthcheck() }, checked).config().document().toString() == CONFIG
    }

    def 'only the artifact itself has a subject, and not the images of an index'() {
        given:
        def index = Index.of([image()])
        def subject = Descriptor.of(MediaType.OCI_MANIFEST, image().digest(), 7)

        when:
        def edited = ImageEditor.edit(index) { it.subject(subject) } as Index

        then:
        edited.manifest().object('subject') == subject.tree()
        edited.images() == index.images()
        ImageEditor.edit(edited) { it.withoutSubject() } == index
        edit { it.subject(subject) }.manifest().object('subject').size == 7L
    }

    def 'what is malformed is refused and quoted: #message'() {
        when:
        edit(block)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith(message)

        where:
        message                                 | block
        "malformed environment variable 'A=B'"  | { env('A=B', 'c') }
        "malformed environment variable ''"     | { env('', 'c') }
        "malformed port 'http'"                 | { port('http') }
        "malformed part 'ports': expected one of entrypoint, cmd, env, labels" | { without('cmd', 'ports') }
        'a health check needs a command'        | { healthcheck { it.cmd() } }
        'a health check needs a command'        | { healthcheck { it.shell(' ') } }
        'a time of PT0.0009S is too short'      | { healthcheck { it.interval(Duration.ofNanos(900_000)) } }
        'cannot try a health check -1 times'    | { healthcheck { it.retries(-1) } }
    }
}
