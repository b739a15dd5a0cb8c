package dev.davit.edit

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.store

import dev.davit.tar.TarFixture
import java.nio.file.Path
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class RetimeSpec extends Specification {

    @TempDir Path folder

    static final TIME = Instant.parse('2026-01-31T12:00:00Z')
    static final IMAGE = image([layer('a'), layer('b')], platform: [architecture: 'arm64', variant: 'v8', os: 'linux'],
            config: [author: 'Ann', created: '2020-01-01T00:00:00Z', 'os.features': ['x'], docker_version: '19', container: 'c0',
                     config: [Hostname: 'h', Env: ['A=1']], container_config: [Hostname: 'h', Cmd: ['sh']]],
            history: [[created: '2019-01-01T00:00:00Z', author: 'Bob', 'x.unknown': 1], [created_by: 'no time', empty_layer: true]])

    def 'every entry, the config and the history get the time, and all else stays'() {
        given:
        def edited = Retime.to(TIME, store(folder)).apply(IMAGE)

        expect:
        edited.layers().collectMany { TarFixture.entries(it) }*.time().unique() == [TIME]
        edited.config().document().toString() == IMAGE.config().document().toString()
                .replace('2020-01-01T00:00:00Z', "$TIME").replace('2019-01-01T00:00:00Z', "$TIME")
                .replace("${IMAGE.layers()[0].diffId()}", "${edited.layers()[0].diffId()}")
                .replace("${IMAGE.layers()[1].diffId()}", "${edited.layers()[1].diffId()}")
        edited == Retime.to(TIME, store(folder)).apply(edited)
    }

    def 'an image with less history than layers, or none, keeps it so'() {
        expect:
        Retime.to(TIME, store(folder)).apply(image([layer('a'), layer('b')], history: history)).config().history()*.tree() == expected

        where:
        history                              | expected
        null                                 | []
        [[created: '2019-01-01T00:00:00Z']]  | [[created: '2026-01-31T12:00:00Z']]
    }

    def 'an image made canonical does not tell when, where and by which version it was made'() {
        given:
        def edited = Canonical.of(Instant.EPOCH, store(folder)).apply(IMAGE)

        expect:
        edited.config().document().toString().replaceAll(/"sha256:[0-9a-f]+"/, '"D"') == '{"author":"Ann",' +
                '"created":"1970-01-01T00:00:00Z","os.features":["x"],"config":{"Env":["A=1"]},"container_config":{"Cmd":["sh"]},' +
                '"architecture":"arm64","variant":"v8","os":"linux","rootfs":{"type":"layers","diff_ids":["D","D"]},' +
                '"history":[{"created":"1970-01-01T00:00:00Z","author":"Bob","x.unknown":1},{"created_by":"no time","empty_layer":true}]}'
        edited.digest().toString() == 'sha256:18c08db21ba87a534c26af5b559a73e3cbcfabda1c71d433a727a75cbacd5155'
    }
}
