package dev.davit.dsl

/** What recipes for several platforms and with fixed times give. */
class RecipeSpec extends ScriptSpecification {

    def 'a block that takes the platform makes a layer for each image of an index; one that does not makes one for all'() {
        given:
        write 'bin/amd64/tool', 'intel'
        write 'bin/arm64/tool', 'arm'

        expect:
        evaluate('''
            def both = index { add scratch('linux/amd64'); add scratch('linux/arm64') }
            def own = both.append { platform -> file "bin/$platform.architecture/tool", '/usr/bin/tool', mode: 0755 }
            def shared = own.append { text '/etc/motd', 'hello' }
            [own.images()*.getAt('/usr/bin/tool')*.text, shared.images()*.layers*.last()*.digest.unique().size()]
        ''') == [['intel', 'arm'], 1]
    }

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
