package dev.davit.blob

import spock.lang.Specification

class LegibleSpec extends Specification {

    def '#size bytes are #text'() {
        expect:
        Legible.size(size) == text

        where:
        size                || text
        0                   || '0 B'
        999                 || '999 B'
        1000                || '1.0 kB'
        1949                || '1.9 kB'
        99_949              || '99.9 kB'
        99_950              || '100 kB'
        999_499             || '999 kB'
        999_500             || '1.0 MB'
        2_800_000           || '2.8 MB'
        3_000_000_000       || '3.0 GB'
    }

    def 'control characters are shown and not sent'() {
        expect:
        Legible.text(text) == shown

        where:
        text              || shown
        'plain \t\n'      || 'plain \t\n'
        '\u001b[2Jb'      || '\\u001b[2Jb'
        'a\u009bb'        || 'a\\u009bb'
        'ü \ud83d\ude00'  || 'ü \ud83d\ude00'
        'x\udce9'         || 'x\\udce9'
    }

    def 'a name stays on its line'() {
        expect:
        Legible.line('plain ü') == 'plain ü'
        Legible.line('a\tb\n\u001b') == 'a\\u0009b\\u000a\\u001b'
    }

    def 'the name of a constant is told in words'() {
        expect:
        Legible.words(Thread.State.TIMED_WAITING) == 'timed waiting'
    }
}
