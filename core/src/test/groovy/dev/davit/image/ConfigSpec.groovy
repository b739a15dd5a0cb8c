package dev.davit.image

import dev.davit.json.Document
import java.time.Instant
import spock.lang.Specification

class ConfigSpec extends Specification {

    def 'a config is a view of its document'() {
        given:
        def config = new Config(Document.of([created: '2024-01-02T03:04:05.6Z', author: 'A', architecture: 'arm', os: 'linux',
                variant: 'v7', config: [Env: ['PATH=/bin', 'EMPTY=', 'BARE', 'EQ=a=b'], Labels: [z: '1', a: '2'],
                Entrypoint: ['/e'], Cmd: ['c', ''], User: '1:2', WorkingDir: '/w', ExposedPorts: ['80/tcp': [:], '1/udp': [:]],
                Volumes: ['/v': [:]], StopSignal: 'SIGINT'], rootfs: [type: 'layers', diff_ids: ['sha256:' + 'a' * 64]],
                history: [[created_by: 'one', x: 1], [empty_layer: true, comment: 'two', created: 'c']]]))

        expect:
        config.env() == [PATH: '/bin', EMPTY: '', BARE: '', EQ: 'a=b']
        config.env().keySet() as List == ['PATH', 'EMPTY', 'BARE', 'EQ']
        config.labels().toString() == '[z:1, a:2]'
        config.entrypoint() == ['/e']
        config.cmd() == ['c', '']
        config.user() == '1:2'
        config.workdir() == '/w'
        config.ports() == ['80/tcp', '1/udp']
        config.volumes() == ['/v']
        config.stopSignal() == 'SIGINT'
        config.created().get() == '2024-01-02T03:04:05.6Z'
        config.author().get() == 'A'
        "${config.platform()}" == 'linux/arm/v7'
        config.diffIds()*.toString() == ['sha256:' + 'a' * 64]
        config.history()*.createdBy()*.orElse(null) == ['one', null]
        config.history()*.comment()*.orElse(null) == [null, 'two']
        config.history()*.created()*.orElse(null) == [null, 'c']
        config.history()*.emptyLayer == [false, true]
        config.history()[0].tree() == [created_by: 'one', x: 1]
    }

    def 'an empty config says nothing: #tree'() {
        given:
        def config = new Config(Document.of(tree))

        expect:
        config.env() == [:]
        config.labels() == [:]
        config.entrypoint() == [] && config.cmd() == [] && config.ports() == [] && config.volumes() == []
        config.user() == '' && config.workdir() == '' && config.stopSignal() == ''
        config.created().empty && config.author().empty
        config.platform().unknown
        config.diffIds() == [] && config.history() == []

        where:
        tree << [[:], [config: null, rootfs: null, history: null], [config: [Env: null, Labels: [:], User: '']],
                 [config: [], rootfs: [diff_ids: null], os: '']]
    }

    def 'a malformed diff id is refused with the config that has it'() {
        when:
        def config = new Config(Document.of([rootfs: [diff_ids: ['sha256:1']]]))
        config.diffIds()

        then:
        def e = thrown(IOException)
        e.message.startsWith("config ${config.document().digest()}, diff ids: malformed digest 'sha256:1'")
    }

    def 'a step of the history cannot be changed from outside'() {
        given:
        def tree = [created_by: 'one']
        def step = new History(tree)
        tree.created_by = 'two'

        expect:
        step.createdBy().get() == 'one'
        History.of(Instant.EPOCH, 'x').tree().toString() == '[created:1970-01-01T00:00:00Z, created_by:x]'
    }
}
