package dev.davit.dsl

import spock.lang.Specification

/** Tags as they look in well-known repositories. */
class TagsSpec extends Specification {

    static final Map<String, List<String>> REPOSITORIES = [
            redis         : '''latest alpine bookworm bullseye 7 7-alpine 7-alpine3.19 7-bookworm 7-bullseye 7.0 7.0.15
                               7.0.15-alpine3.19 7.0.15-bookworm 7.0.5-bullseye 7.2 7.2-bookworm 7.2-rc3 7.2-rc3-bookworm
                               7.2.3-bookworm 7.2.4 7.2.4-alpine 7.2.4-alpine3.19 7.2.4-bookworm 7.2.10-bookworm 7.2.10
                               7.4-rc1 7.4-rc2 7.4-rc2-bookworm 7.4-rc2-alpine3.20 6 6.2.14 6.2.14-bullseye
                               6.2.14-alpine3.19 nanoserver windowsservercore 5.0.14-32bit-bullseye''',
            postgres      : '''latest alpine alpine3.19 bookworm bullseye 9.6.24 9.6.24-bullseye 15.5 15.5-alpine3.18
                               15.5-bookworm 16 16-alpine 16-alpine3.19 16-bookworm 16.1 16.1-alpine 16.1-alpine3.18
                               16.1-alpine3.19 16.1-bookworm 16.1-bullseye 16.2 16.2-bookworm 16rc1 16rc1-bookworm
                               17beta1 17beta1-alpine3.20 17beta1-bookworm 17beta2-bookworm''',
            nginx         : '''latest mainline stable alpine perl stable-alpine stable-alpine-slim mainline-alpine3.18-perl
                               1 1-alpine 1.24 1.24.0 1.24.0-alpine 1.24.0-alpine3.17-slim 1.25 1.25.2 1.25.3
                               1.25.3-alpine 1.25.3-alpine-slim 1.25.3-alpine3.18 1.25.3-alpine3.18-slim
                               1.25.3-alpine3.18-perl 1.25.3-perl 1.25.3-bookworm 1.25.3-bookworm-perl 1.9.15''',
            node          : '''latest current lts lts-alpine lts-slim iron iron-slim hydrogen-bullseye 18 18.19.0
                               18.19.0-alpine3.18 20 20-slim 20.9.0-bookworm-slim 20.11.0 20.11.0-slim 20.11.0-alpine
                               20.11.0-alpine3.18 20.11.0-alpine3.19 20.11.0-bookworm 20.11.0-bookworm-slim
                               20.11.0-bullseye-slim 21 21.6.1 21.6.1-slim 21.6.1-bookworm-slim 21.6.1-alpine3.19''',
            python        : '''latest slim slim-bookworm rc rc-slim 3 3-slim 3.9.18-slim-bullseye 3.11.7 3.11.7-slim
                               3.12-slim 3.12.1 3.12.1-slim 3.12.1-slim-bookworm 3.12.1-slim-bullseye 3.12.1-alpine3.19
                               3.12.1-windowsservercore-1809 3.12.1-windowsservercore-ltsc2022 3.12.0rc3 3.12.0rc3-slim
                               3.13-rc 3.13-rc-slim 3.13.0a2-slim 3.13.0a3 3.13.0a3-slim 3.13.0a3-slim-bookworm''',
            debian        : '''latest stable stable-slim testing sid sid-slim sid-20240130 unstable experimental
                               stable-backports rc-buggy 11 11.8 11.8-slim 12 12.4 12.4-slim bookworm bookworm-slim
                               bookworm-20231218 bookworm-20240130 bookworm-20240130-slim bookworm-backports
                               bullseye bullseye-slim bullseye-20240211-slim trixie trixie-20240130-slim''',
            ubuntu        : '''latest rolling devel 20.04 22.04 23.10 24.04 focal focal-20240123 jammy jammy-20231211.1
                               jammy-20240111 jammy-20240125 mantic noble noble-20240114 noble-20240127.1''',
            golang        : '''latest alpine bookworm 1 1.20.13-bullseye 1.21 1.21.6 1.21.6-alpine3.19 1.21.6-bookworm
                               1.21.6-nanoserver-1809 1.21.6-nanoserver-ltsc2022 1.22rc1 1.22rc2 1.22rc2-alpine3.19
                               1.22rc2-bookworm 1.22-rc tip-20240203 tip-alpine''',
            temurin       : '''latest 8u392-b08-jre-jammy 8u402-b06-jre-jammy 8u402-b06-jdk-focal 11.0.22_7-jdk-jammy
                               17 17-jdk 17-jre-alpine 17.0.9_9-jdk-jammy 17.0.9_9-jre-alpine 17.0.10_7-jdk-jammy
                               17.0.10_7-jdk-focal 17.0.10_7-jdk-ubi9-minimal 17.0.10_7-jre-alpine
                               17.0.4.1_1-jdk-focal 21-jdk 21.0.1_12-jdk-jammy 21.0.2_13-jdk-jammy 21_35-jdk-jammy''',
            tomcat        : '''latest jdk17 9.0.85-jdk8-corretto-al2 9.0.85-jdk17-temurin-jammy 9.0.85-jre17 10.1-jdk21
                               10.1.17-jdk17-temurin-jammy 10.1.18-jdk17 10.1.18-jdk17-temurin-jammy
                               10.1.18-jdk21-temurin-jammy 10.1.18-jre17-temurin-jammy 11.0.0-M15-jdk21-temurin-jammy
                               11.0.0-M16-jdk17-temurin-jammy 11.0.0-M16-jdk21-temurin-jammy''',
            mysql         : '''latest oracle debian innovation lts 5.7 5.7.44 5.7.44-oracle 8 8.0 8.0.35 8.0.36
                               8.0.36-debian 8.0.36-bookworm 8.0.36-oracle 8.0.36-oraclelinux8 8.3 8.3.0 8.3.0-oracle
                               8.3.0-oraclelinux8''',
    ].collectEntries { name, text -> [name, text.split().toList()] }

    Tags tags(String name) {
        new Tags("tags of $name", REPOSITORIES[name])
    }

    def 'of #repository, #choice is #tag'() {
        expect:
        Eval.x(tags(repository), "x.$choice") == tag

        where:
        repository | choice                                        || tag
        'redis'    | 'newest'                                      || '7.2.10'
        'redis'    | 'oldest'                                      || '5.0.14-32bit-bullseye'
        'redis'    | "matching('7.*-bookworm').newest"             || '7.2.10-bookworm'
        'redis'    | "matching('7.*-bullseye').newest"             || '7.0.5-bullseye'
        'redis'    | "matching('7.4*').newest"                     || '7.4-rc2'
        'redis'    | "matching('*-bookworm').oldest"               || '7-bookworm'
        'redis'    | "newest('alpine')"                            || '7.2.4-alpine'
        'redis'    | "matching('7.?').newest"                      || '7.2'
        'redis'    | 'matching(~/7\\.\\d+/).newest'                || '7.2'
        'postgres' | 'newest'                                      || '16.2'
        'postgres' | 'sorted.last()'                               || '17beta2-bookworm'
        'postgres' | "newest('alpine3.18')"                        || '16.1-alpine3.18'
        'postgres' | "newest('bookworm')"                          || '16.2-bookworm'
        'nginx'    | 'newest'                                      || '1.25.3'
        'nginx'    | "newest('alpine3.18-slim')"                   || '1.25.3-alpine3.18-slim'
        'nginx'    | "newest('alpine-slim')"                       || '1.25.3-alpine-slim'
        'nginx'    | "newest('perl')"                              || '1.25.3-perl'
        'node'     | 'newest'                                      || '21.6.1'
        'node'     | "matching('20.*').newest('bookworm-slim')"    || '20.11.0-bookworm-slim'
        'node'     | "matching('20.*-alpine3*').newest"            || '20.11.0-alpine3.19'
        'python'   | 'newest'                                      || '3.12.1'
        'python'   | "newest('slim')"                              || '3.12.1-slim'
        'python'   | "newest('windowsservercore-ltsc2022')"        || '3.12.1-windowsservercore-ltsc2022'
        'python'   | "matching('*-windows*').newest"               || '3.12.1-windowsservercore-ltsc2022'
        'python'   | "sameKindAs('3.12.1-slim').sorted.last()"     || '3.13.0a3-slim'
        'debian'   | 'newest'                                      || '12.4'
        'debian'   | "newest('slim')"                              || '12.4-slim'
        'debian'   | "sameKindAs('bookworm-slim').newest"          || 'bookworm-slim'
        'debian'   | "matching('*-2*-slim').newest"                || 'trixie-20240130-slim'
        'ubuntu'   | 'newest'                                      || '24.04'
        'ubuntu'   | "matching('jammy*').newest"                   || 'jammy-20240125'
        'ubuntu'   | "matching('noble-*').newest"                  || 'noble-20240127.1'
        'golang'   | 'newest'                                      || '1.21.6'
        'golang'   | "matching('*-nanoserver-*').newest"           || '1.21.6-nanoserver-ltsc2022'
        'temurin'  | "newest('jdk-jammy')"                         || '21.0.2_13-jdk-jammy'
        'temurin'  | "matching('17*').newest('jre-alpine')"        || '17.0.10_7-jre-alpine'
        'temurin'  | "matching('8*').newest('jre-jammy')"          || '8u402-b06-jre-jammy'
        'tomcat'   | "newest('jdk17-temurin-jammy')"               || '10.1.18-jdk17-temurin-jammy'
        'tomcat'   | "matching('11*').newest"                      || '11.0.0-M16-jdk21-temurin-jammy'
        'redis'    | "matching('*w*').oldest"                      || '7-bookworm'
        'mysql'    | 'newest'                                      || '8.3.0'
        'mysql'    | "matching('8.0*').newest('oracle')"           || '8.0.36-oracle'
    }

    def 'of #repository, newer than #tag are #newer'() {
        expect:
        tags(repository).newerThan(tag).sorted == newer

        where:
        repository | tag                            || newer
        'redis'    | '7.2.4-bookworm'               || ['7.2.10-bookworm']
        'redis'    | '7.0.5-bullseye'               || ['7.0.15-bookworm', '7.2.3-bookworm', '7.2.4-bookworm', '7.2.10-bookworm']
        'redis'    | '7.2'                          || ['7.4-rc1', '7.4-rc2']
        'redis'    | '7.2.10'                       || []
        'redis'    | 'latest'                       || []
        'postgres' | '16.1-alpine3.18'              || ['16.1-alpine3.19']
        'nginx'    | '1.24.0-alpine3.17-slim'       || ['1.25.3-alpine3.18-slim']
        'nginx'    | '1.9.15'                       || ['1.24.0', '1.25.2', '1.25.3']
        'node'     | '20.9.0-bookworm-slim'         || ['20.11.0-bullseye-slim', '20.11.0-bookworm-slim', '21.6.1-bookworm-slim']
        'python'   | '3.11.7-slim'                  || ['3.12.0rc3-slim', '3.12.1-slim', '3.13.0a2-slim', '3.13.0a3-slim']
        'debian'   | 'bookworm-20231218'            || ['bookworm-20240130']
        'debian'   | '11.8-slim'                    || ['12.4-slim']
        'ubuntu'   | 'jammy-20231211.1'             || ['jammy-20240111', 'jammy-20240125', 'noble-20240114', 'noble-20240127.1']
        'ubuntu'   | '22.04'                        || ['23.10', '24.04']
        'golang'   | '1.21.6-nanoserver-1809'       || ['1.21.6-nanoserver-ltsc2022']
        'temurin'  | '17.0.9_9-jdk-jammy'           || ['17.0.10_7-jdk-focal', '17.0.10_7-jdk-jammy', '21.0.1_12-jdk-jammy', '21.0.2_13-jdk-jammy']
        'tomcat'   | '10.1.17-jdk17-temurin-jammy'  || ['10.1.18-jdk17-temurin-jammy', '11.0.0-M16-jdk17-temurin-jammy']
        'mysql'    | '8.0.35'                       || ['8.0.36', '8.3.0']
        'mysql'    | '8.0.36-oraclelinux8'          || ['8.3.0-oraclelinux8']
    }

    def 'what is stable is no pre-release and no channel of them'() {
        expect:
        tags('python') - tags('python').stable == ['rc', 'rc-slim', '3.12.0rc3', '3.12.0rc3-slim', '3.13-rc', '3.13-rc-slim',
                                                   '3.13.0a2-slim', '3.13.0a3', '3.13.0a3-slim', '3.13.0a3-slim-bookworm']
        tags('golang').stable.versions == ['1', '1.20.13', '1.21', '1.21.6']
        tags('debian').stable.findAll { it ==~ /sid.*|unstable|experimental|rc-.*/ } == []
    }

    def 'versions are those among the tags, each once'() {
        expect:
        tags('postgres').versions == ['9.6.24', '15.5', '16rc1', '16', '16.1', '16.2', '17beta1', '17beta2']
        tags('ubuntu').versions == ['20.04', '22.04', '23.10', '24.04']
        new Tags('tags', ['latest']).versions == []
    }

    def 'tags are a list like any other'() {
        given:
        def tags = new Tags('tags', ['b', 'a'])

        expect:
        tags == ['b', 'a']
        tags - ['b'] == ['a']
        tags.sort() == ['a', 'b']
        tags.collect { it + 1 } == ['a1', 'b1']
    }

    def 'there is no newest where there is none, and the message says what was looked for: #choice'() {
        when:
        Eval.x(tags('redis'), "x.$choice")

        then:
        def e = thrown(IllegalArgumentException)
        e.message == message

        where:
        choice                                 || message
        "matching('8.*').newest"               || "there are no tags of redis like '8.*'"
        'matching(~/8/).oldest'                || 'there are no tags of redis that match /8/'
        "matching('7.4*').stable.newest"       || "there are no tags of redis like '7.4*' that are stable"
        "newest('slim')"                       || "there are no tags of redis with just 'slim' besides the version"
        "newerThan('7.2.10').newest"           || "there are no tags of redis newer than '7.2.10'"
        "sameKindAs('7.2.10-noble').newest"    || "there are no tags of redis of the kind of '7.2.10-noble'"
    }
}
