package dev.davit.repl

import spock.lang.Specification

class CompletenessSpec extends Specification {

    def '#input is unfinished: #unfinished'() {
        expect:
        Completeness.isUnfinished(input) == unfinished

        where:
        input                                || unfinished
        '1 + 1'                              || false
        'x'                                  || false
        'def x'                              || false
        'f 1'                                || false
        'a ? 1 : 2'                          || false
        'if (true) { 1 }'                    || false
        "'''a\n\nb'''"                       || false
        '$/a\nb/$'                           || false
        'import java.time.*'                 || false
        'x / 2'                              || false
        'x =~ /a[(]/'                        || false
        '1 +'                                || true
        '1 + // more'                        || true
        'x ='                                || true
        'x = [1,'                            || true
        'f('                                 || true
        'f(1,'                               || true
        'f 1,'                               || true
        'x.'                                 || true
        "remote('x')."                       || true
        "remote('x')?."                      || true
        'a ? 1 :'                            || true
        'a &&'                               || true
        'def f(x) {'                         || true
        'class A {'                          || true
        'if (true)'                          || true
        'if (true) {'                        || true
        'for (i in 1..3)'                    || true
        'while (true)'                       || true
        'try { 1 }'                          || true
        'switch (x) {'                       || true
        "layer {\n  text '/a', 'b'"          || true
        "x.withEnv(A: 'b'"                   || true
        "f('a', {"                           || true
        "'''abc"                             || true
        '"""abc'                             || true
        '"""a${b} c'                         || true
        '"""a${[1'                           || true
        '$/abc'                              || true
        '/* abc'                             || true
        'x \\'                               || true
        "'abc"                               || false
        '"abc'                               || false
        "f('abc"                             || false
        '/abc'                               || false
        '1 + )'                              || false
        'f(1]'                               || false
        'f(1))'                              || false
        '}'                                  || false
        'a b c d e )'                        || false
        '+'                                  || true
        '*'                                  || false
    }

    def '#line goes on with the statement before it: #continues'() {
        expect:
        Completeness.continues(line) == continues

        where:
        line              || continues
        '  .append(site)' || true
        '?.digest'        || true
        '*.digest'        || true
        'else { 1 }'      || true
        'catch (e) { }'   || true
        'finally { }'     || true
        '..'              || false
        'elsewhere = 1'   || false
        '1'               || false
        ''                || false
    }
}
