package dev.davit.scripts

import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform

/** {@code index append}, {@code index filter} and {@code index list}. */
class IndexCommandsSpec extends CommandSpecification {

    def 'index append makes an index of images, whatever medium they are in'() {
        given:
        run 'copy REGISTRY/both:1 oci:images:arm --platform linux/arm64'
        run 'copy REGISTRY/one:1 archive:one.tar'

        expect:
        run(line) == "REGISTRY/made@$digest\n"

        where:
        line                                                                 || digest
        'index append -m REGISTRY/one:1 -m oci:images:arm -t REGISTRY/made:1' || BOTH
        'index append -m one.tar -m images --tag REGISTRY/made:2'            || BOTH
        'index append -m REGISTRY/both:1 -t REGISTRY/made:3'                 || BOTH
        'index append -m REGISTRY/both:1 -t REGISTRY/made:3 --flatten=true'  || BOTH
        'index append -m REGISTRY/both:1 -t REGISTRY/made:4 --no-flatten'    || 'sha256:8bd6892150b4c30693c0c50c5f836bd14ede80edfde5dd1b5974cbabdf068997'
        'index append -m REGISTRY/both:1 -t REGISTRY/made:4 --flatten=false' || 'sha256:8bd6892150b4c30693c0c50c5f836bd14ede80edfde5dd1b5974cbabdf068997'
        'index append -m REGISTRY/one:1 -t REGISTRY/made:5 --docker-empty-base' || 'sha256:78f8b21bcaed5ad5bd690ee302df0657c46a7d2e18c16f745784ae6a8bf91735'
        'index append -m REGISTRY/both:1 --platform=linux/amd64 -m oci:images:arm -t REGISTRY/made:6' || BOTH
    }

    def 'index append adds to an index in its place, or elsewhere'() {
        given:
        put 'grown:1', Index.of([Image.scratch(Platform.parse('linux/amd64'))])

        expect:
        run('index append REGISTRY/grown:1 REGISTRY/both:1 -t REGISTRY/grown:2') == "REGISTRY/grown@$BOTH\n"
        get('grown:1').platforms()*.toString() == ['linux/amd64']
        run('index append REGISTRY/grown:1 -m REGISTRY/both:1') == "REGISTRY/grown@$BOTH\n"
        run('index append REGISTRY/grown:1 -m REGISTRY/both:1 -m REGISTRY/one:1') == "REGISTRY/grown@$BOTH\n"
        run('digest REGISTRY/grown:1') == "$BOTH\n"
    }

    def 'index append adds to a layout directory, and prints nothing'() {
        given:
        run 'pull --format=oci REGISTRY/one:1 images'

        expect:
        run('index append images -m REGISTRY/both:1 -m REGISTRY/one:1') == ''
        run('index list images').readLines()*.take(71)*.trim() == ['Digest', ONE, BOTH]
    }

    def 'index filter keeps what it is told, and never nothing'() {
        given:
        run "copy REGISTRY/both:1 REGISTRY/filtered:1"

        expect:
        run(line) == output
        get('filtered:1').platforms()*.toString() == left

        where:
        line                                                                    || left                         | output
        'index filter REGISTRY/filtered:1 --platform linux/arm64'               || ['linux/arm64']              | 'REGISTRY/filtered@sha256:ab75a4cef609107a4278806c34b356674ead9f669b52b996d2beecdb364cb000\n'
        'index filter REGISTRY/filtered:1 --platform linux'                     || ['linux/amd64', 'linux/arm64'] | "REGISTRY/filtered@$BOTH\n"
        'index filter REGISTRY/filtered:1 --platform linux/arm64,linux/amd64 -t REGISTRY/filtered:2' || ['linux/amd64', 'linux/arm64'] | "REGISTRY/filtered@$BOTH\n"
        'index filter REGISTRY/filtered:1'                                      || ['linux/amd64', 'linux/arm64'] | '! davit index filter: --platform is missing\nexit 1\n'
        'index filter REGISTRY/filtered:1 --platform linux/s390x'               || ['linux/amd64', 'linux/arm64'] |
                '! davit index filter: REGISTRY/filtered:1 has no image for linux/s390x; it has linux/amd64, linux/arm64\nexit 1\n'
        'index filter REGISTRY/one:1 --platform linux'                          || ['linux/amd64', 'linux/arm64'] |
                '! davit index filter: REGISTRY/one:1 is an image: expected an index\nexit 1\n'
    }

    def 'index list prints a table, or JSON'() {
        expect:
        run('index list REGISTRY/both:1') == """\
Digest                                                                   MediaType                                   Platform
$ONE  application/vnd.oci.image.manifest.v1+json  linux/amd64
$ARM  application/vnd.oci.image.manifest.v1+json  linux/arm64
"""
        run('index list REGISTRY/both:1 --json').readLines()[0..10].join('\n') == """\
[
  {
    "digest": "$ONE",
    "mediaType": "application/vnd.oci.image.manifest.v1+json",
    "size": 248,
    "platform": "linux/amd64",
    "annotations": {}
  },
  {
    "digest": "$ARM",
    "mediaType": "application/vnd.oci.image.manifest.v1+json","""
        run('index list REGISTRY/one:1') == '! davit index list: REGISTRY/one:1 is an image: expected an index\nexit 1\n'
    }
}
