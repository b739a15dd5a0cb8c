package dev.davit.scripts

import dev.davit.blob.ContentStore
import dev.davit.image.History
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Layer
import dev.davit.image.Platform
import dev.davit.json.Json
import dev.davit.registry.RegistryClient
import dev.davit.server.RegistryServer
import dev.davit.tar.LayerBuilder
import java.nio.file.Path
import java.time.Instant
import spock.lang.Shared
import spock.lang.TempDir

/** The commands that look into images. REGISTRY stands for where the embedded registry listens. */
class LookCommandsSpec extends RunnerSpecification {

    @Shared
    RegistryServer server = RegistryServer.start()

    @Shared
    RegistryClient client = RegistryClient.create()

    @Shared
    @TempDir
    Path made

    def setupSpec() {
        def base = layer {
            it.text('/etc/os-release', 'ID=test\n')
            it.symlink('/etc/release', 'os-release')
            it.text('/var/lib/dpkg/status', 'Package: libc6\nStatus: install ok installed\nVersion: 2.36-9\nArchitecture: amd64\n')
        }
        def first = layer { it.text('/app/run', 'run\n') { settings -> settings.mode(04755) } }
        def second = layer {
            it.text('/app/run', 'run!\n') { settings -> settings.mode(0755) }
            it.text('/app/doc/a', 'a')
            it.text('/app/doc/b', 'b')
            it.text('/var/lib/dpkg/status', 'Package: libc6\nStatus: install ok installed\nVersion: 2.36-10\nArchitecture: amd64\n')
            it.remove('/etc/release')
        }
        def one = image('linux/amd64', base, first)
        def two = image('linux/amd64', base, second).withConfig { it.set('app', 'config', 'User') }
        client.put("${server.address()}/site:1", one)
        client.put("${server.address()}/site:2", two)
        client.put("${server.address()}/both:1", Index.of([one, image('linux/arm64', base)]))
        client.put("${server.address()}/both:2", Index.of([two, image('linux/arm64', base)]))
    }

    def cleanupSpec() {
        client.close()
        server.close()
    }

    Layer layer(Closure block) {
        LayerBuilder.build(ContentStore.at(made, 0), made, Instant.EPOCH) { builder -> block(builder) }
    }

    static Image image(String platform, Layer... layers) {
        Image.scratch(Platform.parse(platform)).withLayers(layers as List, layers.indexed()
                .collect { i, layer -> History.of(Instant.EPOCH, i == 0 ? 'base' : 'COPY app /app # and more ' + 'x' * 80) })
    }

    @Override
    String davit(Object... words) {
        super.davit(*words*.toString()*.replace('REGISTRY', server.address())).replace(server.address(), 'REGISTRY')
    }

    Object json(Object... words) {
        Json.read(davit(*words).bytes, 'the output')
    }

    def 'cat: #words'() {
        expect:
        davit('cat', *words) == output

        where:
        words                                          | output
        ['REGISTRY/site:1', '/etc/os-release']         | 'ID=test\n'
        ['REGISTRY/site:1', 'etc/release']             | 'ID=test\n'
        ['REGISTRY/both:1', '/app/run']                | 'run\n'
        ['REGISTRY/both:1', '/etc/os-release', '--platform=linux/arm64'] | 'ID=test\n'
        ['REGISTRY/site:1', '/etc']                    | "! davit cat: 'etc' is a directory\nexit 1\n"
        ['REGISTRY/site:1', '/none']                   | "! davit cat: /none: not in the image\nexit 1\n"
    }

    def 'files: #words'() {
        expect:
        davit('files', *words) == output

        where:
        words                                          | output
        ['REGISTRY/site:1']                            | '/app/\n/app/run\n/etc/\n/etc/os-release\n/etc/release\n/var/\n/var/lib/\n/var/lib/dpkg/\n/var/lib/dpkg/status\n'
        ['REGISTRY/site:2', '/app']                    | '/app/\n/app/doc/\n/app/doc/a\n/app/doc/b\n/app/run\n'
        ['REGISTRY/site:1', '/etc/release']            | '/etc/os-release\n'
        ['REGISTRY/site:1', '--matching=*release']     | '/etc/os-release\n/etc/release\n'
        ['REGISTRY/site:1', '-m', '/var/*/dpkg']       | '/var/lib/dpkg/\n'
        ['REGISTRY/site:1', '-m', '/var/**/st?tus']    | '/var/lib/dpkg/status\n'
        ['REGISTRY/site:1', '-m', '/var/*']            | '/var/lib/\n'
        ['REGISTRY/site:1', '--type=symlink', '-l']    | 'lrwxrwxrwx  0:0  0  1970-01-01T00:00:00Z  /etc/release -> os-release\n'
        ['REGISTRY/site:1', '--setuid', '-l']          | '-rwsr-xr-x  0:0  4  1970-01-01T00:00:00Z  /app/run\n'
        ['REGISTRY/site:1', '/none']                   | '! davit files: /none: not in the image\nexit 1\n'
    }

    def 'files: as JSON'() {
        expect:
        json('files', '--json', '--type=symlink', 'REGISTRY/site:1') == [[path: '/etc/release', type: 'symlink', mode: '0777',
                uid: 0, gid: 0, size: 0, time: '1970-01-01T00:00:00Z', target: 'os-release', layer: 0]]
    }

    def 'tree: #words'() {
        expect:
        davit('tree', *words) == output

        where:
        words                                   | output
        ['REGISTRY/site:2', '/app']             | '/app (7 B)\n├── doc/ (2 B)\n│   ├── a (1 B)\n│   └── b (1 B)\n└── run (5 B)\n'
        ['REGISTRY/site:2', '/app', '--depth=1'] | '/app (7 B)\n├── doc/ (2 B)\n└── run (5 B)\n'
        ['REGISTRY/site:2', '-d', '0']          | '/ (96 B)\n'
    }

    def 'tree: as JSON'() {
        expect:
        json('tree', '--json', '--depth=1', 'REGISTRY/site:2', '/app') == [[path: '/app', type: 'directory', size: 7],
                [path: '/app/doc', type: 'directory', size: 2], [path: '/app/run', type: 'file', size: 5]]
    }

    def 'history: #words'() {
        expect:
        davit('history', *words).readLines()*.replaceAll(/[0-9a-f]{64}/) { it.take(4) } == output

        where:
        words                              | output
        ['REGISTRY/site:1']                | ['CREATED               SIZE  LAYER         CREATED BY',
                                              '1970-01-01T00:00:00  231 B  1dd9e5040f54  base',
                                              '1970-01-01T00:00:00   89 B  0b7998bbf88c  COPY app /app # and more ' + 'x' * 54 + '…']
        ['REGISTRY/site:1', '--no-trunc']  | ['CREATED               SIZE  LAYER' + ' ' * 68 + 'CREATED BY',
                                              '1970-01-01T00:00:00  231 B  sha256:1dd9  base',
                                              '1970-01-01T00:00:00   89 B  sha256:0b79  COPY app /app # and more ' + 'x' * 80]
    }

    def 'history: as JSON'() {
        expect:
        json('history', '--json', 'REGISTRY/both:1', '--platform=linux/arm64') == [[created: '1970-01-01T00:00:00Z',
                createdBy: 'base', comment: null, layer: 0, digest: 'sha256:1dd9e5040f5447cc68ee473daa998d69d6d439fe19ddaa43d315feef7b11eb33', size: 231]]
    }

    def 'size: #words'() {
        expect:
        davit('size', *words).replaceAll(/ {2,}/, '  ') == output

        where:
        words                                           | output
        ['REGISTRY/site:1']                             | """\
IMAGE  PLATFORM  SIZE  ADDED
REGISTRY/site:1  linux/amd64  1.3 kB  1.3 kB
"""
        ['REGISTRY/site:1', 'REGISTRY/site:2']          | """\
IMAGE  PLATFORM  SIZE  ADDED
REGISTRY/site:1  linux/amd64  1.3 kB  1.3 kB
REGISTRY/site:2  linux/amd64  1.5 kB  1.3 kB
total 2.6 kB
"""
        ['REGISTRY/both:1', '--unpacked']               | """\
IMAGE  PLATFORM  SIZE  ADDED  UNPACKED
REGISTRY/both:1  linux/amd64  1.3 kB  1.3 kB  5.6 kB
REGISTRY/both:1  linux/arm64  862 B  631 B  3.6 kB
total 2.0 kB
"""
        ['REGISTRY/both:1', '-l', '--platform=linux/arm64'] | """\
IMAGE  PLATFORM  SIZE  ADDED
REGISTRY/both:1  linux/arm64  862 B  862 B
  sha256:1dd9e5040f5447cc68ee473daa998d69d6d439fe19ddaa43d315feef7b11eb33  231 B
"""
    }

    def 'size: as JSON'() {
        expect:
        json('size', '--json', 'REGISTRY/site:1')[0].with { [it.name, it.platform, it.size == it.added, it.layers.size(), it.unpacked] } ==
                ['REGISTRY/site:1', 'linux/amd64', true, 2, null]
    }

    def 'packages: as a table and as JSON'() {
        expect:
        davit('packages', 'REGISTRY/site:1') == 'libc6  2.36-9  amd64\n'
        json('packages', '--json', 'REGISTRY/site:2') == [[kind: 'deb', name: 'libc6', version: '2.36-10', architecture: 'amd64']]
    }

    def 'explain: who wrote a file, and who removed it'() {
        expect:
        davit('explain', 'REGISTRY/site:2', '/etc/release').replaceAll(/[0-9a-f]{64}/) { it.take(4) } == """\
layer 0 sha256:1dd9 added /etc/release
    lrwxrwxrwx 0:0 0 1970-01-01T00:00:00Z /etc/release -> os-release
    by base
layer 1 sha256:e89d removed /etc/release
    by COPY app /app # and more %s
""".formatted('x' * 80)
        json('explain', '--json', 'REGISTRY/site:2', '/etc/release')*.deed == ['added', 'removed']
    }

    def 'diff: #words'() {
        expect:
        davit('diff', *words).replaceAll(/[0-9a-f]{64}/) { it.take(4) } == output

        where:
        words                                                       | output
        ['REGISTRY/site:1', 'REGISTRY/site:2']                      | """\
linux/amd64: sha256:cac7 (1.3 kB) -> sha256:6c5b (1.5 kB)
  config
    + config.User: "app"
  layers, besides 1 that both have
    - sha256:0b79 (89 B) COPY app /app # and more %1\$s
    + sha256:e89d (272 B) COPY app /app # and more %1\$s
  files
    + /app/doc/ (2 files, 2 B)
    ~ /app/run: content 4 B -> 5 B, mode 4755 -> 0755
    - /etc/release -> os-release
    ~ /var/lib/dpkg/status: content 80 B -> 81 B
  packages
    ~ libc6 2.36-9 -> 2.36-10 amd64
""".formatted('x' * 80)
        ['REGISTRY/both:1', 'REGISTRY/both:2', '--packages']        | """\
linux/amd64: sha256:cac7 (1.3 kB) -> sha256:6c5b (1.5 kB)
  packages
    ~ libc6 2.36-9 -> 2.36-10 amd64
linux/arm64: sha256:1ffd (862 B), the same
"""
        ['REGISTRY/site:1', 'REGISTRY/both:1', '--exit-code']       | """\
linux/amd64: sha256:cac7 (1.3 kB), the same
"""
        ['REGISTRY/site:1', 'REGISTRY/site:2', '--exit-code', '--config'] | """\
linux/amd64: sha256:cac7 (1.3 kB) -> sha256:6c5b (1.5 kB)
  config
    + config.User: "app"
! davit diff: REGISTRY/site:1 and REGISTRY/site:2 differ
exit 6
"""
        ['REGISTRY/site:1', 'REGISTRY/site:2', '--exit-code', '--manifest'] | """\
linux/amd64: sha256:cac7 (1.3 kB) -> sha256:6c5b (1.5 kB)
  no difference
"""
        ['REGISTRY/site:1', 'REGISTRY/site:2', '--platform=linux/s390x'] | """\
! davit diff: REGISTRY/site:1 is an image for linux/amd64, not for linux/s390x
exit 1
"""
    }

    def 'diff: as JSON'() {
        expect:
        json('diff', '--json', 'REGISTRY/site:1', 'REGISTRY/site:2').images[0].with {
            [it.platform, it.config.take(1), it.files*.path, it.files*.change, it.files[-1].aspects, it.packages, it.layers*.change]
        } == ['linux/amd64', [[path: 'config.User', before: null, after: 'app']],
                ['/app/doc', '/app/doc/a', '/app/doc/b', '/app/run', '/etc/release', '/var/lib/dpkg/status'],
                ['added', 'added', 'added', 'changed', 'removed', 'changed'], ['content'],
                [[kind: 'deb', name: 'libc6', architecture: 'amd64', change: 'upgraded', before: '2.36-9', after: '2.36-10']],
                ['removed', 'shared', 'added']]
    }

    def 'bump: #words'() {
        expect:
        davit('bump', *words).replaceAll(/[0-9a-f]{64}/) { it.take(4) } == output

        where:
        words                                                       | output
        ['REGISTRY/site:2']                                         | 'REGISTRY/site:2 is up to date\n'
        ['REGISTRY/site:2', '--exit-code']                          | 'REGISTRY/site:2 is up to date\n'
        ['REGISTRY/site:1', '--same-tag']                           | 'REGISTRY/site:1 is up to date\n'
        ['REGISTRY/site:1', '--matching=1*']                        | 'REGISTRY/site:1 is up to date\n'
        ['REGISTRY/site:2', '--markdown']                           | '`REGISTRY/site:2` is up to date.\n'
        ['REGISTRY/site:1', 'REGISTRY/site:2', '--exit-code']       | """\
REGISTRY/site:1 -> REGISTRY/site:2
  sha256:cac7 -> sha256:6c5b
  linux/amd64, 1.3 kB -> 1.5 kB
    files: 3 added, 1 removed, 2 changed
    config: 1 added
    packages: 1 upgraded
      + config.User: "app"
      ~ libc6 2.36-9 -> 2.36-10 amd64
REGISTRY/site:2 is up to date
! davit bump: newer: REGISTRY/site:2
exit 6
"""
    }

    def 'bump: an index is compared for a platform, or for all'() {
        expect:
        json('bump', '--json', 'REGISTRY/both:1', *words)[0].difference.images*.platform == platforms

        where:
        words                                  || platforms
        []                                     || ['linux/amd64']
        ['--platform=all']                     || ['linux/amd64', 'linux/arm64']
        ['--platform=linux/arm64']             || ['linux/arm64']
    }
}
