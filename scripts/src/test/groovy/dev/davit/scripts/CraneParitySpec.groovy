package dev.davit.scripts

import java.nio.file.Files

/** Every command and flag of crane and gcrane is here, or is left out for a reason; and what is wrong with theirs is not with ours. */
class CraneParitySpec extends CommandSpecification {

    /** As crane's help spells them. */
    static final Map<String, List<String>> FLAGS = [
            'append'       : ['-b', '--base', '-f', '--new_layer', '-t', '--new_tag', '-o', '--output', '--set-base-image-annotations',
                              '--oci-empty-base', '--platform'],
            'auth get'     : [],
            'auth login'   : ['-u', '--username', '-p', '--password', '--password-stdin'],
            'auth logout'  : [],
            'auth token'   : ['-H', '--header', '-m', '--mount', '--push'],
            'blob'         : [],
            'catalog'      : ['--full-ref'],
            'config'       : ['--platform'],
            'copy'         : ['-a', '--all-tags', '-n', '--no-clobber', '-j', '--jobs', '--platform'],
            'cp'           : ['-r', '--recursive', '-j', '--jobs'],
            'delete'       : [],
            'digest'       : ['--tarball', '--full-ref', '--platform'],
            'edit config'  : ['-t', '--tag'],
            'edit fs'      : ['-f', '--filename', '-t', '--tag'],
            'edit manifest': ['-t', '--tag', '-m', '--media-type'],
            'export'       : ['--platform'],
            'flatten'      : ['-t', '--tag'],
            'gc'           : ['-r', '--recursive'],
            'index append' : ['-m', '--manifest', '-t', '--tag', '--docker-empty-base'],
            'index filter' : ['-t', '--tag', '--platform'],
            'index list'   : [],
            'layout gc'    : [],
            'ls'           : ['--full-ref', '-O', '--omit-digest-tags', '-r', '--recursive'],
            'manifest'     : ['--platform'],
            'mutate'       : ['-a', '--annotation', '-l', '--label', '-e', '--env', '--entrypoint', '--cmd', '-u', '--user', '-w',
                              '--workdir', '--exposed-ports', '--set-platform', '--append', '-o', '--output', '--repo', '-t', '--tag',
                              '--platform'],
            'pull'         : ['-c', '--cache_path', '--format', '--annotate-ref', '--platform'],
            'push'         : ['--index', '--image-refs'],
            'rebase'       : ['--old_base', '--new_base', '-t', '--tag', '--platform', '--original', '--rebased'],
            'registry serve': ['--address', '--disk', '--blobs-to-disk'],
            'tag'          : [],
            'validate'     : ['--tarball', '--remote', '--fast'],
            'version'      : [],
    ]

    /** What every command of crane takes. */
    static final List<String> EVERYWHERE = ['-v', '--verbose', '--insecure', '--allow-nondistributable-artifacts']

    /** What there is not, and why. */
    static final Map<String, String> LEFT_OUT = [
            'index append --flatten'        : 'it is so anyway; --flatten=false and --no-flatten are understood',
            'ls --json'                     : "gcrane's, of what only Google's registries tell",
    ]

    def 'crane has #command, and so has Davit'() {
        given:
        def help = davit('help', *command.split(' '))
        def options = help.readLines().findAll { it ==~ /  +-.*/ }
                .collectMany { (it =~ /(?<= |^)(--?[A-Za-z][a-z-]*)(?=[=, \[]|$)/)*.get(0) }

        expect:
        help.startsWith('Usage: davit ')
        (flags*.replace('_', '-') + EVERYWHERE).findAll { !(it in options) } == []
        help.contains('\nExamples:\n')
        !flags.any { LEFT_OUT.containsKey("$command $it".toString()) }

        where:
        command << FLAGS.keySet()
        flags = FLAGS[command]
    }

    def 'what crane gets wrong: #what'() {
        given:
        davit('append', '-b', 'REGISTRY/both:1', '-t', 'REGISTRY/site:1', '-f', tar('a.tar', 'a', 'a'))
        def before = run('digest REGISTRY/site:1').trim()
        def words = line.replace('BEFORE', before).split(' ')

        expect:
        davit(*words).replaceAll(/@sha256:\w+/, '@…') == printed.replace('BEFORE', before)
        run('index list REGISTRY/site:1').readLines().size() == 3
        !untouched || run('digest REGISTRY/site:1').trim() == before

        where:
        what                                               | line                                             | untouched || printed
        'a filter without a platform empties the index'    | 'index filter REGISTRY/site:1'                   | true  || '! davit index filter: --platform is missing\nexit 1\n'
        'flatten by digest forgets the tag'                | 'flatten REGISTRY/site@BEFORE -t REGISTRY/site:flat' | true || 'REGISTRY/site@…\n'
        'mutate makes one image of an index'               | 'mutate REGISTRY/site:1 -u me'                   | false || 'REGISTRY/site@…\n'
        'rebase shows its memory'                          | 'rebase REGISTRY/site:1'                         | true  || '! davit rebase: index BEFORE does not say what it is ' +
                'built on: it has no annotation org.opencontainers.image.base.name; name the old base and the new one\nexit 1\n'
        'validate of nothing succeeds'                     | 'validate'                                       | true  || '! davit validate: nothing to check: expected IMAGES, --remote, --tarball or --layout\nexit 1\n'
        'an empty value is an error'                       | 'mutate REGISTRY/site:1 -l a= -a b= -t REGISTRY/site:2' | true || 'REGISTRY/site@…\n'
        'nothing can be removed'                           | 'mutate REGISTRY/site:1 --remove-env A --remove-label b -t REGISTRY/site:2' | true || 'REGISTRY/site@…\n'
        'a word with a comma cannot be said'               | 'mutate REGISTRY/site:1 --cmd=["echo","a,b"] -t REGISTRY/site:2' | true || 'REGISTRY/site@…\n'
    }

    def 'flatten by digest makes the tag; a command has the comma; and an empty value is kept'() {
        given:
        davit('append', '-t', 'REGISTRY/words:1', '-f', tar('a.tar', 'a', 'a'))

        expect:
        run('flatten REGISTRY/words@' + run('digest REGISTRY/words:1').trim() + ' -t REGISTRY/words:flat') == 'REGISTRY/words@' + run('digest REGISTRY/words:flat')
        davit('mutate', 'REGISTRY/words:1', '--cmd=["echo","a,b"]', '-l', 'empty=').startsWith('REGISTRY/words@')
        davit('-e', "println image('REGISTRY/words:1').config.with { [cmd, labels] }") == '[[echo, a,b], [empty:]]\n'
    }

    def 'an archive has the same bytes each time, and a layout an image once'() {
        given:
        davit('append', '-b', 'REGISTRY/both:1', '-t', 'REGISTRY/twice:1', '-f', tar('a.tar', 'a', 'a'))
        run 'pull REGISTRY/one:1 REGISTRY/twice:1 first.tar'
        run 'pull REGISTRY/twice:1 REGISTRY/one:1 second.tar'
        2.times { run 'pull REGISTRY/twice:1 layout --format=oci' }

        expect:
        Files.readAllBytes(folder.resolve('first.tar')) == Files.readAllBytes(folder.resolve('second.tar'))
        run('index list layout').readLines().size() == 2
    }

    def 'zstd and its digest survive an archive'() {
        given:
        davit('append', '-t', 'REGISTRY/packed:1', '-f', tar('a.tar', 'a', 'a'))
        davit('-e', "image('${server.address()}/packed:1').withCompression('zstd').to('${server.address()}/packed:zstd')")
        run 'pull REGISTRY/packed:zstd packed.tar'

        expect:
        run('push packed.tar REGISTRY/packed:again') == 'REGISTRY/packed@' + run('digest REGISTRY/packed:zstd')
    }

    def 'layout gc removes what nothing leads to'() {
        given:
        run 'pull REGISTRY/one:1 layout --format=oci'
        davit('-e', "layoutAt('layout').remove('$ONE')")

        expect:
        run('layout gc layout') == """\
            ! removed sha256:33ccf2b43fc871ebb36618c4bd1e2c537c6ac1c8ef87da31866cdcfe50fe8d9e, 103 bytes
            ! removed $ONE, 248 bytes
            """.stripIndent()
    }
}
