package dev.davit.ref

import java.time.LocalDate
import spock.lang.Specification

class TagSpec extends Specification {

    def '#text is version #version, date #date, system #os, variant #variant'() {
        given:
        def tag = Tag.parse(text)

        expect:
        tag.version().orElse('') == version
        tag.date().orElse(null) == (date ? LocalDate.parse(date) : null)
        tag.os().orElse('') == os
        tag.variant().orElse('') == variant
        tag.stable == stable
        "$tag" == text

        where:
        text                                 || version            | date         | os                           | variant               | stable
        'latest'                             || ''                 | ''           | ''                           | 'latest'              | true
        '7'                                  || '7'                | ''           | ''                           | ''                    | true
        '7.2.4'                              || '7.2.4'            | ''           | ''                           | ''                    | true
        'v1.2.3.4'                           || 'v1.2.3.4'         | ''           | ''                           | ''                    | true
        '1.2.3.4.5'                          || ''                 | ''           | ''                           | '1.2.3.4.5'           | true
        '7.2.4-bookworm'                     || '7.2.4'            | ''           | 'bookworm'                   | ''                    | true
        '7.4-rc2-alpine3.19'                 || '7.4-rc2'          | ''           | 'alpine3.19'                 | ''                    | false
        '8.0-M03'                            || '8.0-M03'          | ''           | ''                           | ''                    | false
        '3.13.0a3-slim-bookworm'             || '3.13.0a3'         | ''           | 'bookworm'                   | 'slim'                | false
        '3.13-rc-slim'                       || '3.13-rc'          | ''           | ''                           | 'slim'                | false
        'rc-slim-bookworm'                   || ''                 | ''           | 'bookworm'                   | 'rc-slim'             | false
        '17beta1'                            || '17beta1'          | ''           | ''                           | ''                    | false
        '1.22rc2-windowsservercore-ltsc2022' || '1.22rc2'          | ''           | 'windowsservercore-ltsc2022' | ''                    | false
        '1.22-nanoserver-1809'               || '1.22'             | ''           | 'nanoserver-1809'            | ''                    | true
        'v1.29.0-beta.2'                     || 'v1.29.0-beta.2'   | ''           | ''                           | ''                    | false
        '1.4-SNAPSHOT'                       || '1.4-SNAPSHOT'     | ''           | ''                           | ''                    | false
        '1.25.3-alpine3.18-perl'             || '1.25.3'           | ''           | 'alpine3.18'                 | 'perl'                | true
        'stable-alpine-slim'                 || ''                 | ''           | 'alpine'                     | 'stable-slim'         | true
        '8.3.2-fpm-alpine'                   || '8.3.2'            | ''           | 'alpine'                     | 'fpm'                 | true
        '8.2-apache-bullseye'                || '8.2'              | ''           | 'bullseye'                   | 'apache'              | true
        '20.11.0-bookworm-slim'              || '20.11.0'          | ''           | 'bookworm'                   | 'slim'                | true
        'lts-alpine3.19'                     || ''                 | ''           | 'alpine3.19'                 | 'lts'                 | true
        'bookworm-20240130-slim'             || ''                 | '2024-01-30' | 'bookworm'                   | 'slim'                | true
        'noble-20240127.1'                   || ''                 | '2024-01-27' | 'noble'                      | ''                    | true
        '20240115'                           || ''                 | '2024-01-15' | ''                           | ''                    | true
        '20241399'                           || '20241399'         | ''           | ''                           | ''                    | true
        '22.04'                              || '22.04'            | ''           | ''                           | ''                    | true
        'sid-slim'                           || ''                 | ''           | ''                           | 'sid-slim'            | false
        'edge'                               || ''                 | ''           | ''                           | 'edge'                | false
        '3.12-dev'                           || '3.12'             | ''           | ''                           | 'dev'                 | false
        '17.0.10_7-jdk-jammy'                || '17.0.10_7'        | ''           | 'jammy'                      | 'jdk'                 | true
        '8u402-b06-jre-focal'                || '8u402-b06'        | ''           | 'focal'                      | 'jre'                 | true
        '21-jdk-ubi9-minimal'                || '21'               | ''           | 'ubi9'                       | 'jdk-minimal'         | true
        '11.0.0-M16-jdk21-temurin-jammy'     || '11.0.0-M16'       | ''           | 'jammy'                      | 'jdk21-temurin'       | false
        '8.5.98-jdk8-corretto-al2'           || '8.5.98'           | ''           | 'al2'                        | 'jdk8-corretto'       | true
        '8.0.36-oraclelinux8'                || '8.0.36'           | ''           | 'oraclelinux8'               | ''                    | true
        '8.0.36-oracle'                      || '8.0.36'           | ''           | ''                           | 'oracle'              | true
        '7.2.4-debian-12-r5'                 || '7.2.4'            | ''           | 'debian-12'                  | ''                    | true
        'release-1.2.3-rc1'                  || '1.2.3-rc1'        | ''           | ''                           | 'release'             | false
        'sha-1234567'                        || ''                 | ''           | ''                           | 'sha-1234567'         | true
        'main-4021347b5'                     || ''                 | ''           | ''                           | 'main-4021347b5'      | true
        'sha256-' + 'ab' * 32 + '.sig'       || ''                 | ''           | ''                           | text                  | true
        'RELEASE.2024-01-18T22-51-28Z'       || ''                 | ''           | ''                           | text                  | true
        '-'                                  || ''                 | ''           | ''                           | ''                    | true
        '9' * 40                             || ''                 | ''           | ''                           | text                  | true
    }

    def 'tags are in the order of their versions: #ordered'() {
        expect:
        ordered.reverse().collect { Tag.parse(it) }.sort()*.toString() == ordered
        ordered.collect { Tag.parse(it) }.sort()*.toString() == ordered

        where:
        ordered << [
                ['latest', '6.2.14', '7', '7.0', '7.0.15', '7.2', '7.2.4', '7.2.10', '7.4-rc1', '7.4-rc2', '7.4-rc10', '7.4', '10'],
                ['3.13-dev', '3.13.0-SNAPSHOT', '3.13.0a1', '3.13.0a2', '3.13.0b1', '3.13.0-M1', '3.13.0rc1', '3.13.0'],
                ['7.2.4-slim-bookworm', '7.2.4-slim', '7.2.4'],
                ['7.2.4-jessie', '7.2.4-stretch', '7.2.4-buster', '7.2.4-bullseye', '7.2.4-bookworm', '7.2.4-trixie', '7.2.5-bullseye'],
                ['1-alpine', '1-alpine3.9', '1-alpine3.18', '1-alpine3.19'],
                ['1-xenial', '1-bionic', '1-focal', '1-jammy', '1-noble'],
                ['1-nanoserver-1809', '1-nanoserver-20h2', '1-nanoserver-ltsc2022', '1-nanoserver-ltsc2025'],
                ['1-ltsc', '1-windowsservercore-ltsc2016', '1-windowsservercore-1809', '1-windowsservercore-1903'],
                ['bullseye-20240211', 'bookworm', 'bookworm-20231218', 'bookworm-20240130', 'bookworm-20240130.2', '20200101', '12'],
                ['17.0.9_9', '17.0.10_7', '17.0.10.1_1', '21_35'],
                ['8u392-b08', '8u402-b05', '8u402-b06'],
                ['7.2.4-debian-11-r9', '7.2.4-debian-12-r2', '7.2.4-debian-12-r10'],
                ['abcdef0-1.2', '0abcdef1', '1.0'],
        ]
    }

    def '#a and #b are of the same kind: #same'() {
        expect:
        Tag.parse(a).isSameKindAs(Tag.parse(b)) == same
        Tag.parse(b).isSameKindAs(Tag.parse(a)) == same

        where:
        a                          | b                          || same
        '7.2.4'                    | '8.0.0'                    || true
        '7.2.4'                    | '7.4.0-rc1'                || true
        '7.2.4'                    | '7.2'                      || false
        '7.2.4'                    | 'v7.2.5'                   || false
        '7.2.4-bookworm'           | '7.2.5-trixie'             || true
        '7.2.4-bookworm'           | '7.2.5-noble'              || false
        '7.2.4-bookworm'           | '7.2.5'                    || false
        '7.2.4-bookworm'           | '7.2.5-slim-bookworm'      || false
        '7.2.4-alpine'             | '7.2.5-alpine3.19'         || false
        '7.2.4-alpine3.18'         | '7.2.5-alpine3.19'         || true
        '9.0-jdk17-temurin-jammy'  | '10.1-jdk17-temurin-noble' || true
        '9.0-jdk17-temurin-jammy'  | '10.1-jdk21-temurin-jammy' || false
        '17.0.10_7-jdk'            | '17.0.11_9-jdk'            || true
        '17.0.10_7-jdk'            | '17.0.11-jdk'              || false
        '20240115'                 | '20240301'                 || true
        '20240115'                 | '7'                        || false
        'bookworm-20240130-slim'   | 'trixie-20250101-slim'     || true
        'bookworm-slim'            | 'bullseye-slim'            || true
        'latest'                   | 'latest'                   || true
        'latest'                   | 'stable'                   || false
        'sha-0abcdef'              | 'sha-1abcdef'              || false
        '1.2-0abcdef'              | '1.3-1abcdef'              || false
        'edge'                     | 'nightly'                  || false
    }

    def 'the suffix is what comes besides version and date: #text'() {
        expect:
        Tag.parse(text).suffix() == suffix

        where:
        text                      || suffix
        '7.2.4'                   || ''
        '7.4-rc2-alpine3.19'      || 'alpine3.19'
        '3.12.1-slim-bookworm'    || 'slim-bookworm'
        '20.11.0-bookworm-slim'   || 'bookworm-slim'
        '1.22-nanoserver-1809'    || 'nanoserver-1809'
        'bookworm-20240130-slim'  || 'bookworm-slim'
        'latest'                  || 'latest'
    }

    def 'tags are equal by their text'() {
        expect:
        Tag.parse('1.0') == Tag.parse('1.0')
        Tag.parse('1.0') != Tag.parse('1.0.0')
        Tag.parse('1.0').hashCode() == Tag.parse('1.0').hashCode()
    }
}
