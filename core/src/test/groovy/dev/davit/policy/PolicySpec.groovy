package dev.davit.policy

import dev.davit.blob.ContentStore
import dev.davit.edit.Append
import dev.davit.edit.ImageEditor
import dev.davit.image.Artifact
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.tar.LayerBuilder
import java.nio.file.Path
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class PolicySpec extends Specification {

    static final KEY = '-----BEGIN RSA PRIVATE KEY-----\n' + 'A' * 64 + '\n'
    static final ID = 'AKIA' + 'ABCDEFGH12345678'

    @TempDir
    Path folder

    def 'each rule finds what it is for, and says image, layer and file'() {
        given:
        def image = image(layers, config)
        def digests = image.layers().withIndex().collectEntries { layer, i -> ["L$i".toString(), layer.digest() as String] }

        expect:
        problems(image, rule) == expected.collect { line -> digests.inject(line) { text, k, v -> text.replace("<$k>", v) } }

        where:
        rule                                  | config                             | layers || expected
        ({ notRoot() })                         | { user '1000:0' }                  | []     || []
        ({ notRoot() })                         | { }                                | []     || ['notRoot: image for linux/amd64: says no user, so it runs as root']
        ({ notRoot() })                         | { user '0:5' }                     | []     || ['notRoot: image for linux/amd64: runs as 0:5, who is root']
        ({ notRoot() })                         | { user 'root' }                    | []     || ['notRoot: image for linux/amd64: runs as root, who is root']
        ({ notRoot() })                         | { user 'toor' }                    | [{ text '/etc/passwd', 'toor:x:0:0::/:/bin/sh\n' }] || ['notRoot: image for linux/amd64: runs as toor, who is root']
        ({ notRoot() })                         | { user 'web' }                     | [{ text '/etc/passwd', 'web:x:33:0::/:/bin/sh\n' }] || []
        ({ sizeBelow(1000) })                   | { }                                | []     || []
        ({ sizeBelow(100) })                    | { }                                | []     || ['sizeBelow: image for linux/amd64: has 351 bytes, expected less than 100']
        ({ noSetuid() })                        | { }                                | [{ file0 '/a', 0755 }, { file0 '/bin/su', 04755 }] || ['noSetuid: image for linux/amd64, layer 1 (<L1>), /bin/su: runs with the rights of its owner or group, mode 04755']
        ({ noSetuid() })                        | { }                                | [{ file0 '/bin/su', 04755 }, { remove '/bin/su' }] || []
        ({ noSetuid('/bin/s*') })               | { }                                | [{ file0 '/bin/su', 04755 }] || []
        ({ noWorldWritable() })                 | { }                                | [{ mkdir('/tmp') { it.mode 01777 }; symlink '/l', 'x'; file0 '/a', 0666 }] || ['noWorldWritable: image for linux/amd64, layer 0 (<L0>), /a: is writable by everybody, mode 0666']
        ({ base('docker.io/library/debian:*') })| { }                                | []     || ['base: image for linux/amd64: does not say what it is built on: it has no annotation org.opencontainers.image.base.name']
        ({ base('docker.io/library/debian:*') })| { annotation('org.opencontainers.image.base.name', 'debian:12') } | [] || []
        ({ base('quay.io/*', 'x') })            | { annotation('org.opencontainers.image.base.name', 'debian:12') } | [] || ['base: image for linux/amd64: is built on debian:12, expected quay.io/* or x']
        ({ labels('a', 'b') })                  | { label 'a', '1'; label 'b', '' }  | []     || ['labels: image for linux/amd64: has no label b']
        ({ platforms('linux/arm64', 'linux/amd64') }) | { }                          | []     || []
        ({ platforms('linux/arm64') })          | { }                                | []     || ['platforms: image for linux/amd64: is for linux/amd64, expected linux/arm64']
        ({ noPackages('telnet*', 'ssh') })      | { }                                | [{ text '/var/lib/dpkg/status', 'Package: telnetd\nStatus: install ok installed\nVersion: 1.2\nArchitecture: amd64\n\n' }] || ['noPackages: image for linux/amd64: has the package telnetd 1.2']
        ({ rule('small') { [it.layers()[0].digest()] } }) | { }                      | [{ text '/a', '' }] || ['small: image for linux/amd64: <L0>']
    }

    def 'a secret is found in any layer, wherever in a file, and not shown'() {
        given:
        def image = image([{ text '/root/id_rsa', KEY; text path, content }, { remove '/root/id_rsa' }])

        expect:
        problems(image) { noSecrets('/root/*') } == (what ? ["noSecrets: image for linux/amd64, layer 0 (${image.layers()[0].digest()}), $path: has $what in it".toString()] : [])
        problems(image) { noSecrets(path) }*.replaceAll(/.*, /, '') == ['/root/id_rsa: has a private key in it']

        where:
        path                     | content                                                     || what
        '/x'                     | 'nothing'                                                   || ''
        '/usr/bin/openssl'       | '-----BEGIN RSA PRIVATE KEY-----\0-----END'                 || ''
        '/x.pem'                 | '-----BEGIN PRIVATE KEY-----\r\n' + 'M' * 64                || 'a private key'
        '/x.pem'                 | '-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n' + 'M' * 64 || 'a private key'
        '/env'                   | "key=$ID\n"                                                 || 'an AWS access key'
        '/env'                   | "key=${ID}9\n"                                              || ''
        '/env'                   | "XY$ID\n"                                                   || ''
        '/large'                 | '.' * ((1 << 17) - 10) + ID + '.' * 200_000                 || 'an AWS access key'
        '/larger'                | '.' * 300_000 + KEY                                         || 'a private key'
        '/a'                     | 'ghp_' + 'a1' * 18                                          || 'a GitHub token'
        '/a'                     | 'glpat-' + 'a1' * 10                                        || 'a GitLab token'
        '/a/.docker/config.json' | '{"auths":{"x":{"auth":"Zm9vOmJhcg=="}}}'                   || "a registry's password"
        '/a/.docker/config.json' | '{"credsStore":"x"}'                                        || ''
        '/a/other.json'          | '{"auths":{"x":{"auth":"Zm9vOmJhcg=="}}}'                   || ''
        '/home/x/.netrc'         | 'machine a login b password c'                              || 'a password'
    }

    def 'all rules look at all images of an index, and a rule that fails is a finding'() {
        given:
        def index = Index.of([image([]), image([]) { platform Platform.parse('linux/arm64'); user 'x' }])

        expect:
        problems(index) { notRoot(); rule('mine') { throw new IllegalArgumentException('no') } } == [
                'notRoot: image for linux/amd64: says no user, so it runs as root', 'mine: image for linux/amd64: no',
                'mine: image for linux/arm64: no']
    }

    def 'a policy without a rule is a mistake'() {
        when:
        Policy.of { }

        then:
        thrown(IllegalArgumentException)
    }

    def 'a report has a suite for each artifact, and a case for each rule'() {
        given:
        def out = new ByteArrayOutputStream()
        def report = new JUnitReport()
        report.add('site:1', verdict(image([{ file0 '/<a>', 04755 }])) { noSetuid(); sizeBelow(10_000) })
        report.add('site:1', verdict(image([])) { notRoot() })
        report.add('bell\u0007', verdict(image([])) { rule('rings\u0007') { ['\u0007'] } })
        report.writeTo(out)

        expect:
        out.toString('UTF-8').replaceAll(/sha256:\w+/, 'D') == '''\
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuites>
              <testsuite name="site:1" tests="3" failures="2">
                <testcase classname="image for linux/amd64" name="noSetuid">
                  <failure message="image for linux/amd64, layer 0 (D), /&lt;a&gt;: runs with the rights of its owner or group, mode 04755">image for linux/amd64, layer 0 (D), /&lt;a&gt;: runs with the rights of its owner or group, mode 04755</failure>
                </testcase>
                <testcase classname="image for linux/amd64" name="sizeBelow"></testcase>
                <testcase classname="image for linux/amd64" name="notRoot">
                  <failure message="image for linux/amd64: says no user, so it runs as root">image for linux/amd64: says no user, so it runs as root</failure>
                </testcase>
              </testsuite>
              <testsuite name="bell\\u0007" tests="1" failures="1">
                <testcase classname="image for linux/amd64" name="rings\\u0007">
                  <failure message="image for linux/amd64: ?">image for linux/amd64: ?</failure>
                </testcase>
              </testsuite>
            </testsuites>
            '''.stripIndent()
    }

    private ContentStore getStore() {
        ContentStore.at(folder, Long.MAX_VALUE)
    }

    private List<String> problems(Artifact artifact, @DelegatesTo(Policy) Closure<?> block) {
        verdict(artifact, block).problems()
    }

    private Verdict verdict(Artifact artifact, @DelegatesTo(Policy) Closure<?> block) {
        Policy.of { policy -> delegated(block, policy) }.check(artifact, store)
    }

    private static void delegated(Closure<?> block, Object delegate) {
        Closure<?> copy = block.clone() as Closure<?>
        copy.delegate = delegate
        copy.resolveStrategy = Closure.DELEGATE_FIRST
        copy.call()
    }

    private Image image(List<Closure<?>> layers, Closure<?> config = { }) {
        def image = Image.scratch(Platform.parse('linux/amd64'))
        layers.each { block ->
            def layer = LayerBuilder.build(store, folder, Instant.EPOCH) { builder -> delegated(block, new Statements(builder)) }
            image = image.apply(Append.of([layer], Instant.EPOCH))
        }
        ImageEditor.edit(image) { editor -> delegated(config, editor) } as Image
    }

    /** An empty file of a mode, in few words. */
    private static class Statements {
        @Delegate private final LayerBuilder builder

        Statements(LayerBuilder builder) {
            this.builder = builder
        }

        void file0(String path, int mode) {
            builder.text(path, '') { it.mode mode }
        }
    }
}
