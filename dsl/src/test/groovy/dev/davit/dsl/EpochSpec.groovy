package dev.davit.dsl

/** Which times are in what a recipe makes. */
class EpochSpec extends ScriptSpecification {

    def 'what a recipe makes has the time of SOURCE_DATE_EPOCH, but for times that it says itself: #epoch'() {
        given:
        environment = epoch ? [SOURCE_DATE_EPOCH: epoch] : [:]
        write 'motd', 'hello'

        expect:
        evaluate('''
            def image = scratch().append {
                file 'motd', '/a'
                file 'motd', '/b', time: '2020-02-02T02:02:02Z'
                file 'motd', '/c', time: '2030-01-01T00:00:00Z'
            }
            image.files*.time*.toString() + image.config.history()*.created()*.get()
        ''') == [time, '2020-02-02T02:02:02Z', '2030-01-01T00:00:00Z', time]

        where:
        epoch        || time
        null         || '1970-01-01T00:00:00Z'
        '0'          || '1970-01-01T00:00:00Z'
        '1700000000' || '2023-11-14T22:13:20Z'
    }
}
