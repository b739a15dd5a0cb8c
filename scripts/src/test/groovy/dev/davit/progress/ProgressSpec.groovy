package dev.davit.progress

import spock.lang.Specification

class ProgressSpec extends Specification {

    static final LONG = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'
    static final OTHER = 'sha256:fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210'

    def out = new TestScreen()
    Optional<Screen> screen = Optional.of(new Screen(80, 24, true))
    long millis = 1_000_000
    def progress = new Progress(out, { screen }, { millis * 1_000_000 }, false)
    def errors = new PrintStream(progress.errors(out), true)
    def results = new PrintStream(progress.results(out), true)

    void after(long more) {
        millis += more
        progress.tick()
    }

    def 'what takes less than a second shows nothing'() {
        given:
        def transfer = progress.begin(LONG, 100_000_000)

        when:
        transfer.reached(50_000_000)
        after 900
        transfer.reached(100_000_000)
        transfer.close()
        after 5000

        then:
        out.toString() == ''
    }

    def 'bars of what moves, and the total'() {
        given:
        def first = progress.begin(LONG, 100_000_000)
        def second = progress.begin(OTHER, 1_000_000_000)
        progress.begin('waits', 23_000_000)
        def unknown = progress.begin('new layer', -1)

        when:
        after 100
        first.reached(50_000_000)
        second.reached(100)
        after 1000

        then:
        out.toString() == '''\
0123456789ab  [==================                   ]  50%  50.0 MB of 100 MB
fedcba987654  [                                     ]  0%  100 B of 1.0 GB
50.0 MB, 50.0 MB/s
'''

        when:
        first.reached(100_000_000)
        first.close()
        second.reached(500_000_000)
        unknown.reached(7_000_000)
        unknown.close()
        after 1000

        then:
        out.toString() == '''\
fedcba987654  [==================                   ]  50%  500 MB of 1.0 GB
607 MB of 1.1 GB, 304 MB/s, 1 s left
'''

        when:
        progress.close()

        then:
        out.toString() == ''
    }

    def 'what is printed stands above the bars, and a line that has not ended keeps them away'() {
        given:
        def transfer = progress.begin(LONG, 2_000_000)
        transfer.reached(1_000_000)
        after 1100
        def bars = '''\
0123456789ab  [==================                   ]  50%  1.0 MB of 2.0 MB
1.0 MB of 2.0 MB, 0 B/s
'''

        expect:
        out.toString() == bars

        when:
        errors.println('warning: x')

        then:
        out.toString() == 'warning: x\n'

        when:
        after 1

        then:
        out.toString().startsWith('warning: x\n0123456789ab  [')

        when:
        results.print('half')
        after 1

        then:
        out.toString() == 'warning: x\nhalf'

        when:
        results.println(' a line')
        after 1

        then:
        out.toString().startsWith('warning: x\nhalf a line\n0123456789ab  [')

        when:
        transfer.close()
        after 1
        after 600

        then:
        out.toString() == 'warning: x\nhalf a line\n'
    }

    def 'results that go elsewhere leave the bars alone'() {
        given:
        screen = Optional.of(new Screen(80, 24, false))
        def elsewhere = new ByteArrayOutputStream()
        progress.begin(LONG, 2_000_000).reached(1_000_000)
        after 1100
        def shown = out.toString()

        when:
        new PrintStream(progress.results(elsewhere), true).print('abc')
        after 1

        then:
        elsewhere.toString() == 'abc'
        out.toString().count('\n') == shown.count('\n')
        out.toString().startsWith('0123456789ab  [')
    }

    def 'one after the other without a pause is one work, whose bars stay'() {
        given:
        def first = progress.begin(LONG, 2_000_000)
        first.reached(2_000_000)
        after 1100
        first.close()
        after 100

        expect:
        out.toString().startsWith('0123456789ab  [')

        when:
        progress.begin(OTHER, 4_000_000).reached(1_000_000)
        after 100

        then:
        out.toString().startsWith('fedcba987654  [')
        out.toString().contains('\n3.0 MB of 6.0 MB, ')
    }

    def 'what is announced is part of the total, and one with what moves then'() {
        given:
        def first = progress.begin(LONG, 2_000_000)
        def second = progress.begin(OTHER, 2_000_000)
        def moving = progress.begin(LONG, 2_000_000)
        moving.reached(1_000_000)
        after 1100

        expect:
        out.toString() == '''\
0123456789ab  [==================                   ]  50%  1.0 MB of 2.0 MB
1.0 MB of 4.0 MB, 0 B/s
'''

        when:
        moving.reached(2_000_000)
        2.times { moving.close() }
        after 900

        then:
        out.toString() == '''\
0123456789ab  [=====================================]  100%  2.0 MB of 2.0 MB
2.0 MB of 4.0 MB, 1.1 MB/s, 1 s left
'''

        when:
        first.close()
        progress.begin(OTHER, 2_000_000).reached(1)
        after 100

        then:
        out.toString().startsWith('fedcba987654  [  ')
        out.toString().contains('\n2.0 MB of 4.0 MB, ')

        when:
        second.close()
        progress.close()

        then:
        out.toString() == ''
    }

    def 'what turns out to be there already is no part of the total'() {
        given:
        progress.begin(OTHER, 500_000_000).close()
        progress.begin(LONG, 2_000_000).reached(1_000_000)
        after 1100

        expect:
        out.toString().endsWith('\n1.0 MB of 2.0 MB, 0 B/s\n')
    }

    def 'a screen of #columns columns and #rows rows'() {
        given:
        screen = Optional.of(new Screen(columns, rows, true))
        out.columns = columns
        5.times { progress.begin("sha256:$it" + '0' * 63, 2_000_000).reached(1_000_000) }
        after 1100

        expect:
        out.toString() == lines

        when:
        after 100
        progress.close()

        then:
        out.toString() == ''

        where:
        columns | rows || lines
        50      | 4    || '000000000000  50%  1.0 MB of 2.0 MB\n100000000000  50%  1.0 MB of 2.0 MB\n5.0 MB of 10.0 MB, 0 B/s\n'
        54      | 3    || '000000000000  [=====      ]  50%  1.0 MB of 2.0 MB\n5.0 MB of 10.0 MB, 0 B/s\n'
        10      | 3    || '000000000\n5.0 MB of\n'
        1       | 1    || '0\n5\n'
    }

    def 'what is typed below the bars, such as Ctrl-C, goes with them'() {
        given:
        progress.begin(LONG, 2_000_000).reached(1_000_000)
        after 1100
        out << '^C'.bytes

        when:
        progress.close()

        then:
        out.toString() == ''
    }

    def 'lines that a narrower screen has wrapped go too'() {
        given:
        progress.begin(LONG, 2_000_000).reached(1_000_000)
        after 1100
        def wrapped = new TestScreen(columns: 40)
        wrapped << out.toString().bytes

        when:
        screen = Optional.of(new Screen(40, 24, true))
        def written = new ByteArrayOutputStream()
        out.copy = written
        after 1100
        wrapped << written.toByteArray()

        then:
        wrapped.toString() == '''\
0123456789ab  50%  1.0 MB of 2.0 MB
1.0 MB of 2.0 MB, 0 B/s
'''
    }

    def 'without a screen there is a line for each that took more than a second and is done'() {
        given:
        screen = Optional.empty()
        def slow = progress.begin(LONG, 100_000_000)
        def quick = progress.begin(OTHER, 200_000_000)
        def small = progress.begin('sha256:1111', 100)
        def failed = progress.begin('sha256:2222', 100_000_000)
        def layer = progress.begin('new layer', -1)
        [slow, small, failed, layer]*.reached(1)

        when:
        after 83_000
        slow.reached(100_000_000)
        small.reached(100)
        failed.reached(50_000_000)
        quick.reached(200_000_000)
        layer.reached(3_000_000)
        [slow, quick, small, failed, layer]*.close()
        after 1000

        then:
        out.toString() == '0123456789ab  100 MB in 1 min 23 s\nnew layer     3.0 MB in 1 min 23 s\n'
    }

    def 'no screen is where the launcher found none, or one that cannot redraw: #variables'() {
        expect:
        new ErrorScreen(variables).get().present == there

        where:
        variables                                              || there
        [TERM: 'xterm', DAVIT_TERMINAL: '012']                 || true
        [TERM: 'xterm', DAVIT_TERMINAL: '2']                   || true
        [TERM: 'xterm', DAVIT_TERMINAL: '012', NO_COLOR: '1']  || true
        [TERM: 'xterm', DAVIT_TERMINAL: '01']                  || false
        [TERM: 'xterm', DAVIT_TERMINAL: '']                    || false
        [TERM: 'xterm']                                        || false
        [TERM: 'dumb', DAVIT_TERMINAL: '012']                  || false
        [DAVIT_TERMINAL: '012']                                || false
    }

    def 'it redraws by itself, and ends'() {
        given:
        def live = new Progress(out, { Optional.of(new Screen(80, 24, true)) })
        def transfer = live.begin(LONG, 2_000_000)
        transfer.reached(1_000_000)

        expect:
        new spock.util.concurrent.PollingConditions(timeout: 30).eventually {
            assert out.toString().startsWith('0123456789ab  [')
        }

        when:
        live.close()

        then:
        new spock.util.concurrent.PollingConditions(timeout: 30).eventually {
            assert Thread.allStackTraces.keySet().every { it.name != 'progress' }
            assert out.toString() == ''
        }
    }
}
