package dev.davit.scripts

import java.nio.file.Files
import spock.lang.Requires

/**
 * What crane's users build from pipes, as its documentation has it: the same lines with {@code davit} in the place of
 * {@code crane}, in a shell. Where a command of Davit's own does it, that comes after it.
 */
@Requires({ new File('/bin/sh').canExecute() })
class CraneRecipesSpec extends CommandSpecification {

    /** Runs a line of a shell, in which a command of Davit's is what that command has printed. */
    String sh(String line) {
        def shell = new ProcessBuilder('sh', '-c', line).directory(folder.toFile()).redirectErrorStream(true).start()
        def output = shell.inputStream.text
        assert shell.waitFor() == 0, output
        output.replace(server.address(), 'REGISTRY')
    }

    /** Puts what a command prints into a file, as {@code davit … > file} does. */
    void into(String file, String line) {
        def out = new ByteArrayOutputStream()
        def variables = [DAVIT_CACHE: cache as String, HOME: folder as String, DOCKER_CONFIG: folder as String]
        assert Runner.run(line.replace('REGISTRY', server.address()).split(' ') as List, new ByteArrayInputStream(input),
                new PrintStream(out), System.err, variables, folder) == 0
        Files.write(folder.resolve(file), out.toByteArray())
    }

    def setup() {
        write 'make.groovy', """
            def both = index { add scratch(); add scratch('linux/arm64') }
            println both.append { text '/etc/passwd', 'root:x:0:0\\n'; text '/etc/os-release', 'ID=davit\\n' }
                .withEnv(STAGE: 'old').to('${server.address()}/busybox:1')
            println image('${server.address()}/busybox:1').withEnv(STAGE: 'new').to('${server.address()}/busybox:2')
        """
        davit 'make.groovy'
    }

    def 'list files in an image: crane export IMAGE - | tar -tvf -'() {
        when:
        into 'files.tar', 'export REGISTRY/busybox:1 -'

        then:
        sh('tar -tf files.tar') == 'etc/\netc/os-release\netc/passwd\n'
        sh('tar -tf - < files.tar | wc -l').trim() == '3'
    }

    def 'extract a single file from an image: crane export IMAGE - | tar -Oxf - etc/passwd'() {
        when:
        into 'files.tar', 'export REGISTRY/busybox:1'

        then:
        sh('tar -Oxf files.tar etc/passwd') == 'root:x:0:0\n'
    }

    def 'bundle directory contents into an image: crane append -f <(tar -f - -c some-dir/) -t IMAGE'() {
        given:
        write 'some-dir/a', 'a'
        sh "tar -f dir.tar --sort=name --owner=0 --group=0 --numeric-owner --mode=go=rX,u=rwX --mtime=@0 -c some-dir/"
        input = Files.readAllBytes(folder.resolve('dir.tar'))

        expect:
        run('append -f - -t REGISTRY/dir:1').replaceAll(/sha256:\w+/, '…') == 'REGISTRY/dir@…\n'
        run('append -f dir.tar -t REGISTRY/dir:2') == 'REGISTRY/dir@' + run('digest REGISTRY/dir:1')
        davit('-e', "println image('REGISTRY/dir:1').files*.path") == '[some-dir, some-dir/a]\n'
    }

    def 'diff two configs: diff <(crane config A | jq) <(crane config B | jq)'() {
        when:
        into 'a', 'config REGISTRY/busybox:1'
        into 'b', 'config REGISTRY/busybox:2'

        then:
        sh("tr , '\\n' < a > a.lines; tr , '\\n' < b > b.lines; diff a.lines b.lines || true") == '''\
            3c3
            < "config":{"Env":["STAGE=old"]}
            ---
            > "config":{"Env":["STAGE=new"]}
            '''.stripIndent()
    }

    def 'diff two manifests: diff <(crane manifest A | jq) <(crane manifest B | jq)'() {
        when:
        into 'a', 'manifest REGISTRY/busybox:1 --platform=linux/arm64'
        into 'b', 'manifest REGISTRY/busybox:2 --platform=linux/arm64'

        then:
        sh("tr , '\\n' < a > a.lines; tr , '\\n' < b > b.lines; diff a.lines b.lines | grep -c '^[<>] .digest' || true") == '2\n'
        sh("tr , '\\n' < a | grep -c digest") == '2\n'
    }

    def 'total image size: crane manifest IMAGE | jq ".config.size + ([.layers[].size] | add)"'() {
        expect:
        davit('-e', "def m = image('REGISTRY/busybox:1', 'linux/amd64').manifest.tree(); println m.config.size + m.layers*.size.sum()") == "${size()}\n"
    }

    private long size() {
        def image = get('busybox:1').images()[0]
        image.configDescriptor().size() + image.layerDescriptors()*.size().sum()
    }

    def 'filter an index to given platforms: crane index filter IMAGE --platform … -t TARGET'() {
        expect:
        run('index filter REGISTRY/busybox:1 --platform linux/arm64 -t REGISTRY/busybox:filtered') ==
                "REGISTRY/busybox@${get('busybox:filtered').digest()}\n"
        run('index list REGISTRY/busybox:filtered').readLines()*.split(/ +/)*.last() == ['Platform', 'linux/arm64']
    }

    def 'make a multi-platform image of single ones: crane index append -m A -m B -t TARGET'() {
        given:
        run 'copy REGISTRY/busybox:1 REGISTRY/busybox:amd64 --platform linux/amd64'
        run 'copy REGISTRY/busybox:1 REGISTRY/busybox:arm64 --platform linux/arm64'

        expect:
        run('index append -m REGISTRY/busybox:amd64 -m REGISTRY/busybox:arm64 -t REGISTRY/busybox:made') ==
                "REGISTRY/busybox@${get('busybox:1').digest()}\n"
    }
}
