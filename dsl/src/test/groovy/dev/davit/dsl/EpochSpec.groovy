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

    def 'a layer that is made of others has nothing newer than SOURCE_DATE_EPOCH in it, where that is set: #what, #epoch'() {
        given:
        environment = epoch ? [SOURCE_DATE_EPOCH: epoch] : [:]

        expect:
        evaluate("""
            def old = { text '/old', '', time: '2020-02-02T02:02:02Z' }
            def image = scratch().append(old).append { text '/new', '', time: '2030-01-01T00:00:00Z' }
            def made = $what
            made.files.findAll { it.path in ['old', 'new'] }.collectEntries { [it.path, it.time as String] } + [layers: made.layers.size()]
        """) == [new: time, old: '2020-02-02T02:02:02Z', layers: layers]

        where:
        what                                      | epoch        || layers | time
        'image.flatten()'                         | null         || 1      | '2030-01-01T00:00:00Z'
        'image.flatten()'                         | '1700000000' || 1      | '2023-11-14T22:13:20Z'
        'image.append { text "/c", "" }.squash(2)' | '1700000000' || 2      | '2023-11-14T22:13:20Z'
        'scratch().copyFrom(image, "/")'          | '1700000000' || 1      | '2023-11-14T22:13:20Z'
        'image.append { text "/c", "" }'          | '1700000000' || 3      | '2030-01-01T00:00:00Z'
        'image.flatten().mapFiles { if (path == "new") time "2040-01-01T00:00:00Z" }' | '1700000000' || 1 | '2040-01-01T00:00:00Z'
    }
}
