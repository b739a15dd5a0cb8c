package dev.davit.edit

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.store

import dev.davit.blob.Codec
import dev.davit.blob.Compression
import dev.davit.image.Artifact
import dev.davit.image.Edit
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.MemorySource
import dev.davit.image.Platform
import java.nio.file.Path
import java.time.Duration
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

/** The law of all edits: what an edit is not about stays, member by member and in order, also what nobody knows. */
class FidelitySpec extends Specification {

    @TempDir Path folder

    static final UNKNOWN = ['x.text': 'a', 'x.list': [1, 2.50, null, [b: true]], 'x.empty': [:]]
    static final LAYERS = [
            layer(Compression.GZIP) { dir 'd'; file 'd/x', 'x'; file 'd/y', 'y' },
            layer(Compression.GZIP) { file 'd/.wh.x', ''; file 'z', 'z' },
            layer(Compression.GZIP) { file 'top', 'top' }]

    /** Documents as BuildKit, buildah and Docker's old builder write them, and as nobody does. */
    static final CORPUS = [
            'OCI': image(LAYERS, manifest: UNKNOWN + [artifactType: 'application/x', annotations: [a: '1', b: '2'],
                    subject: [mediaType: 'm', digest: 'sha256:' + '0' * 64, size: 1, 'x.y': 2]],
                    platform: [architecture: 'arm64', variant: 'v8', os: 'linux', 'os.features': ['f']],
                    config: UNKNOWN + [created: '2020-01-01T00:00:00Z', author: 'Ann', 'moby.buildkit.cache.v0': 'x',
                            config: UNKNOWN + [Env: ['A=1', 'B'], Cmd: ['sh'], Labels: [b: '2', a: '1'], ArgsEscaped: true,
                                    ExposedPorts: ['80/tcp': [:]], OnBuild: ['RUN x'], Healthcheck: [Test: ['CMD', 'x'], 'x.y': 1]]],
                    history: [[created: '2020-01-01T00:00:00Z', created_by: 'one', 'x.y': [1]], [created_by: 'env', empty_layer: true],
                              [created_by: 'two', comment: 'buildkit.dockerfile.v0'], [created: '2020-01-02T00:00:00Z', created_by: 'three']])
                    .withManifest { tree ->
                        tree.set(tree.list('layers').collect { it + [annotations: [l: '1'], 'x.y': [2]] }, 'layers')
                        tree.set('kept', 'config', 'annotations', 'c')
                    },
            'Docker': image(LAYERS, docker: true, manifest: UNKNOWN,
                    config: [docker_version: '19', container: 'c0', parent: 'sha256:p', throwaway: true,
                             config: [Hostname: '', Image: 'sha256:i', Volumes: null, WorkingDir: ''] + UNKNOWN,
                             container_config: [Cmd: ['/bin/sh'], Labels: [:]] + UNKNOWN],
                    history: [[created: '2020-01-01T00:00:00Z', created_by: 'one'], [created_by: 'two'], [created_by: 'three']]),
            'bare': image(LAYERS, config: [config: null] + UNKNOWN)]

    static final LAYERS_CHANGE = [config: /rootfs\.diff_ids.*|history.*/, manifest: /layers.*/]
    static final BYTES_CHANGE = [config: '', manifest: /layers\[\d]\.(digest|size|mediaType)/]
    static final REWRITTEN = [config: /rootfs\.diff_ids.*/, manifest: /layers\[\d]\.(digest|size)/]

    /** Each edit, with the members of config, manifest and index that it is about. */
    Map<String, List> edits() {
        def store = store(folder)
        def time = Instant.parse('2026-01-31T12:00:00Z')
        [
            append      : [Append.of([layer('more')], time), LAYERS_CHANGE],
            rebase      : [Rebase.of(image(PLATFORM, [LAYERS[0]]), image(PLATFORM, [layer('new')])),
                           LAYERS_CHANGE + [config: /rootfs\.diff_ids.*|history.*|os\.features.*/]],
            squash      : [Squash.last(2, store, time), LAYERS_CHANGE],
            flatten     : [Squash.all(store, time), LAYERS_CHANGE],
            dropLayer   : [DropLayer.of(LayerChoice.at(1)), LAYERS_CHANGE],
            mapFiles    : [MapFiles.of(store) { it.owner(1, 2) }, REWRITTEN],
            withTime    : [Retime.to(time, store), REWRITTEN + [config: /rootfs\.diff_ids.*|created|history\[\d]\.created/]],
            canonical   : [Canonical.of(time, store), REWRITTEN +
                           [config: /rootfs\.diff_ids.*|created|history\[\d]\.created|docker_version|container|(container_)?config\.Hostname/]],
            copyFrom    : [CopyFrom.of(image([layer('other')]), '/other', store, time), LAYERS_CHANGE],
            withCompression: [Recompress.of(Codec.parse('none'), store), BYTES_CHANGE],
            toOci       : [Convert.toOci(), BYTES_CHANGE + [manifest: /mediaType|config\.mediaType|layers\[\d]\.mediaType/, index: 'mediaType']],
            toDocker    : [Convert.toDocker(), BYTES_CHANGE + [manifest: /mediaType|config\.mediaType|layers\[\d]\.mediaType/, index: 'mediaType']],
        ] + [
            env         : [/config(\.Env.*)?/, { it.env('A', '2').env('C', '3').withoutEnv('B') }],
            label       : [/config(\.Labels.*)?/, { it.label('a', '3').label('c', '4').withoutLabel('b') }],
            entrypoint  : [/config(\.(Entrypoint|Cmd).*)?/, { it.entrypoint('a', 'b').cmd() }],
            user        : [/config(\.(User|WorkingDir|StopSignal))?/, { it.user('1').workdir('/w').stopSignal('TERM') }],
            port        : [/config(\.(ExposedPorts|Volumes).*)?/, { it.withoutPorts().port('81').volume('/v') }],
            healthcheck : [/config(\.Healthcheck\.(Test.*|Interval|Retries))?/, { it.healthcheck { it.shell('y').interval(Duration.ofSeconds(1)).retries(2) } }],
            withoutHealthcheck: [/config\.Healthcheck.*/, { it.withoutHealthcheck() }],
            shell       : [/config(\.Shell.*)?/, { it.shell('bash', '-c') }],
            created     : [/created|author/, { it.created(time).author('Bob') }],
            platform    : [/architecture|variant|os|os\.features.*/, { it.platform(Platform.parse('linux/arm/v7')) }],
            annotation  : ['', { it.annotation('a', '3').annotation('c', '4').withoutAnnotation('b') }, /annotations.*/],
            subject     : ['', { it.subject(LAYERS[0].descriptor()) }, /subject.*/],
            withoutSubject: ['', { it.withoutSubject() }, /subject.*/],
        ].collectEntries { name, said -> [name, [said[1], [config: said[0], manifest: said[2] ?: '', index: said[2] ?: '']]] }
    }

    static final PLATFORM = [platform: [architecture: 'arm64', os: 'linux']]

    Artifact edited(Artifact artifact, Object edit) {
        edit instanceof Edit ? artifact.apply(edit) : ImageEditor.edit(artifact, edit)
    }

    /** Each value by its path, in order, without those that an edit is about; an empty object has a value of its own. */
    static List<String> members(Object value, String about, String path = '') {
        if (path ==~ about) {
            return []
        }
        if (value instanceof Map && value) {
            return value.collectMany { key, member -> members(member, about, path ? "$path.$key" : "$key") }
        }
        if (value instanceof List && value) {
            return value.withIndex().collectMany { member, i -> members(member, about, "$path[$i]") }
        }
        value instanceof Map && path in ['config', 'annotations', 'config.Labels'] ? [] : ["$path = $value" as String]
    }

    static final CONFIG_MOVED = /config\.(digest|size)/

    static void same(Image before, Image after, Map<String, String> about) {
        assert members(after.config().document().tree(), about.config) == members(before.config().document().tree(), about.config)
        def manifest = about.manifest ? "$CONFIG_MOVED|$about.manifest" : CONFIG_MOVED
        assert members(after.manifest().tree(), manifest) == members(before.manifest().tree(), manifest)
        assert after.config().diffIds().size() == after.layerDescriptors().size()
    }

    def 'what an edit is not about stays: #name'() {
        given:
        def (edit, about) = edits()[name]

        expect:
        CORPUS.each { kind, image ->
            def before = name == 'rebase' && kind != 'OCI' ? image.withConfig { it.set('arm64', 'architecture') } : image
            same(before, edited(before, edit) as Image, about)
        }

        where:
        name << new FidelitySpec(folder: Path.of('unused')).edits().keySet()
    }

    def 'in an index, what an edit is not about stays too: #name'() {
        given:
        def source = new MemorySource()
        def proof = source.attestation(source.image('linux/amd64'))
        def before = (source.get(source.index([proof], UNKNOWN + [annotations: [a: '1', b: '2']])) as Index)
                .add(CORPUS.OCI).add(CORPUS.OCI)
                .withManifest { tree -> tree.set(tree.list('manifests').collect { it + UNKNOWN }, 'manifests') }
        def (edit, about) = edits()[name]
        def moved = /manifests\[[12]]\.(digest|size|mediaType|platform.*)/
        def index = about.index ? "$moved|$about.index" : moved

        when:
        def after = edited(before, edit) as Index

        then:
        members(after.manifest().tree(), index) == members(before.manifest().tree(), index)
        name in ['subject', 'withoutSubject'] ? after.images() == before.images()
                : [before.images(), after.images()].transpose().each { was, is -> same(was, is, about) }
        after.platforms()*.toString().unique() == [name == 'platform' ? 'linux/arm/v7' : 'linux/arm64/v8']

        where:
        name << new FidelitySpec(folder: Path.of('unused')).edits().keySet()
    }

    def 'the law finds what is lost: #what'() {
        when:
        same(CORPUS.OCI, CORPUS.OCI.withConfig(change), [config: 'created', manifest: ''])

        then:
        thrown(AssertionError)

        where:
        what           | change
        'a member'     | { it.remove('x.text') }
        'an item'      | { it.set([1, 2.50, null], 'x.list') }
        'a value'      | { it.set('Bob', 'author') }
        'an empty one' | { it.remove('x.empty') }
        'the order'    | { def author = it.get('author').get(); it.remove('author'); it.set(author, 'author'); it.set('now', 'created') }
    }
}
