package dev.davit.scripts

class ParametersSpec extends RunnerSpecification {

    def setup() {
        write 'p.groovy', '''
            params {
                description 'Shows its parameters'
                argument 'image', 'image to start from'
                argument 'more', 'further images', many: true, optional: true
                option 'tag', 'dev', 'tag to push', short: 't'
                option 'base', 'base image', short: 'b'
                option 'env', 'environment', short: 'e', map: true
                option 'layer', 'a layer', short: 'f', many: true
                option 'words', 'words', split: true, many: true
                option 'jobs', 4, 'how many'
                option 'output', 'file', type: Path
                option 'format', 'tarball', 'what to write', choices: ['tarball', 'oci']
                flag 'full-ref', 'print the full reference'
                flag 'all', 'all of it', short: 'a'
            }
            def shown = [image: params.image, more: params.more, tag: params.tag, base: params.base, env: params.env,
                layer: params.layer, words: params.words, jobs: params.jobs + 1, output: params.output,
                format: params.format, full: params.fullRef && params['full-ref'] && params.full_ref, all: params.all]
            println shown.findAll { name, value -> !(value in [null, [], [:], false, 'dev', 5, 'tarball']) }
        '''
    }

    def 'values come from the command line: #words'() {
        expect:
        davit('p.groovy', *words) == "$values\n"

        where:
        words                                   | values
        ['x']                                   | '[image:x]'
        ['x', 'y', 'z']                         | '[image:x, more:[y, z]]'
        ['x', '--tag=a']                        | '[image:x, tag:a]'
        ['--tag', 'a', 'x']                     | '[image:x, tag:a]'
        ['-t', 'a', 'x']                        | '[image:x, tag:a]'
        ['-ta', 'x']                            | '[image:x, tag:a]'
        ['-t=a', 'x']                           | '[image:x, tag:a]'
        ['x', '--tag=a', '--tag=b']             | '[image:x, tag:b]'
        ['x', '--base', '']                     | '[image:x, base:]'
        ['x', '-at', 'a']                       | '[image:x, tag:a, all:true]'
        ['x', '-e', 'A=b,c', '--env=B==']       | '[image:x, env:[A:b,c, B:=]]'
        ['x', '-e', 'A=1', '-e', 'A=2']         | '[image:x, env:[A:2]]'
        ['x', '-e', 'A=']                       | '[image:x, env:[A:]]'
        ['x', '-f', '-', '-f', 'a,b']           | '[image:x, layer:[-, a,b]]'
        ['x', '--words=a,b', '--words', 'c']    | '[image:x, words:[a, b, c]]'
        ['x', '--words=["a,b", "c"]']           | '[image:x, words:[a,b, c]]'
        ['x', '--jobs=8']                       | '[image:x, jobs:9]'
        ['x', '--full_ref', '--all=false']      | '[image:x, full:true]'
        ['x', '--full-ref=true']                | '[image:x, full:true]'
        ['x', '--base', '--full_ref_']          | '[image:x, base:--full_ref_]'
        ['x', '--output=out/a']                 | '[image:x, output:FOLDER/out/a]'
        ['x', '--output=/a']                    | '[image:x, output:/a]'
        ['x', '--format=oci']                   | '[image:x, format:oci]'
        ['x', '--full-ref']                     | '[image:x, full:true]'
        ['x', '--', '--tag', '-a']              | '[image:x, more:[--tag, -a]]'
        ['-']                                   | '[image:-]'
        ['@x', '${y}', '%s']                    | '[image:@x, more:[${y}, %s]]'
    }

    def 'a command line that makes no sense is answered by one sentence: #words'() {
        expect:
        davit('p.groovy', *words) == "! p.groovy: $sentence\nexit 1\n"

        where:
        words                    | sentence
        []                       | 'IMAGE is missing'
        ['x', '--tga=a']         | "unknown option '--tga'; did you mean '--tag'?"
        ['x', '-z']              | "unknown option '-z'"
        ['x', '--tag']           | '--tag needs a value'
        ['x', '--words=[a']      | 'malformed --words \'[a\': expected a,b or ["a", "b"]'
        ['x', '-e', 'A']         | "malformed --env 'A': expected KEY=VALUE"
        ['x', '-e', '=A']        | "malformed --env '=A': expected KEY=VALUE"
        ['x', '--jobs=many']     | "malformed --jobs 'many': expected a whole number"
        ['x', '--format=zip']    | "malformed --format 'zip': expected tarball or oci"
    }

    def 'arguments that must follow one that takes many get the last words'() {
        given:
        write 'q.groovy', '''
            params {
                argument 'images', 'images', many: true
                argument 'path', 'path'
            }
            println "$params.images $params.path"
        '''

        expect:
        davit('q.groovy', *words) == output

        where:
        words           | output
        ['a', 'b']      | '[a] b\n'
        ['a', 'b', 'c'] | '[a, b] c\n'
        ['a']           | '! q.groovy: IMAGES is missing\nexit 1\n'
        []              | '! q.groovy: IMAGES is missing\nexit 1\n'
    }

    def 'required options and surplus words are told'() {
        given:
        write 'r.groovy', '''
            params {
                option 'base', 'base image', required: true
            }
            println params.base
        '''

        expect:
        davit('r.groovy', *words) == output

        where:
        words                | output
        ['--base=x']         | 'x\n'
        []                   | '! r.groovy: --base is missing\nexit 1\n'
        ['--base=x', 'y']    | "! r.groovy: unexpected argument 'y'\nexit 1\n"
    }

    def 'help shows everything that the script says'() {
        expect:
        davit('p.groovy', '--help') == '''\
Usage: p.groovy [OPTIONS] IMAGE [MORE...]

Shows its parameters

Arguments:
  IMAGE  image to start from
  MORE   further images

Options:
  -t, --tag=TAG        tag to push (default: dev)
  -b, --base=BASE      base image
  -e, --env=KEY=VALUE  environment (repeatable)
  -f, --layer=LAYER    a layer (repeatable)
      --words=WORDS    words (repeatable)
      --jobs=JOBS      how many (default: 4)
      --output=OUTPUT  file
      --format=FORMAT  what to write (tarball or oci; default: tarball)
      --full-ref       print the full reference
  -a, --all            all of it

Common options:
  -v, --verbose                           print each request to a registry
  -q, --quiet                             print results and errors, and neither warnings nor progress
      --insecure[=HOST]                   let a host, or every one, show any certificate or speak plain HTTP (repeatable)
      --allow-nondistributable-artifacts  also push layers that their owner serves elsewhere
      --trace                             show the stack trace of a failure
  -h, --help                              show this help
'''
    }
}
