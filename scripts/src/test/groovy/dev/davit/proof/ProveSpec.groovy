package dev.davit.proof

import dev.davit.blob.ContentStore
import dev.davit.blob.Digest
import dev.davit.json.Document
import dev.davit.scripts.Rebuild
import dev.davit.scripts.RunnerSpecification
import dev.davit.server.RegistryServer
import java.nio.file.Files

/** Builds recipes in JVMs of their own, under other conditions. */
class ProveSpec extends RunnerSpecification {

    def setup() {
        environment = [DAVIT_PROVE_JDK: folder.resolve('none') as String]
        write 'recipes/site/ä b.html', 'ä'
        write 'recipes/site/zz', 'z'
        write 'recipes/site/c/d', 'd'
    }

    def 'a reproducible recipe is the same under all conditions, and nothing is pushed or written'() {
        given: 'a recipe in a repository, that reaches out of its folder'
        Files.createDirectories(folder.resolve('.git'))
        write 'shared/motd', 'hello'
        write 'recipes/site.groovy', '''\
            params { option 'tag', 'none', 'tag' }
            def image = scratch().append {
                dir 'site', '/srv'
                file '../shared/motd', '/etc/motd'
            }
            image.push("localhost:1/site:$params.tag")
            image.save('site.tar', 'site:1')
            println archive('site.tar').digest
            println remote("localhost:1/site:$params.tag").digest
            '''.stripIndent()

        expect:
        davit('prove', 'recipes/site.groovy', '--tag', '1') == """\
            recipes/site.groovy is reproducible

            localhost:1/site:1  sha256:4b49c2bc12b4290ff26447e95fd4703e5dc58e2c6d0ff94a2b4eae7a4d291388
            archive:site.tar:site:1  sha256:4b49c2bc12b4290ff26447e95fd4703e5dc58e2c6d0ff94a2b4eae7a4d291388

            built 2 times, the same each time
              as here, on Java ${System.getProperty('java.version')}
              all changed, on Java ${System.getProperty('java.version')}
            changed: time zone, locale, umask, working directory, folder of the recipe, directory order, file times, thread count, user, identity hashes
            not tried: another JDK, as there is none; DAVIT_PROVE_JDK names where one is
            """.stripIndent() + OtherUser.obstacle().map { "not tried: another user number: $it\n" }.orElse('')
        !Files.exists(folder.resolve('recipes/site.tar'))
    }

    def 'a base is what the lock says, wherever its tag is by now'() {
        given:
        def registry = RegistryServer.start()
        write 'base.groovy', "scratch().withUser(args[0]).push('${registry.address()}/base:1')"
        write 'recipes/on.groovy', "remote('${registry.address()}/base:1').withLabel('a', 'b').push('${registry.address()}/on:1')"
        davit('base.groovy', 'old')
        davit('lock', 'recipes/on.groovy')

        when:
        davit('base.groovy', 'new')

        then:
        davit('prove', 'recipes/on.groovy').startsWith("""\
            recipes/on.groovy is reproducible

            ${registry.address()}/on:1  sha256:2639b3aeeb72a7473cbdb3beca84a86433da8cc9e968e0116bbe66d57c30475e
            """.stripIndent())

        cleanup:
        registry.close()
    }

    def 'an unsorted listing is found, with its line, and what moves it'() {
        given:
        write 'recipes/list.groovy', '''\
            def names = new File("recipes/site").list()
            scratch().append {
                dir 'site', '/srv'
                text '/etc/names', names.join(' ')
            }.push('localhost:1/site:1')
            '''.stripIndent()

        when:
        def page = davit('prove', 'recipes/list.groovy')

        then: 'the folder is not found from elsewhere, so that is told first'
        page.contains('moved by  working directory\n')

        when:
        write 'recipes/list.groovy', Files.readString(folder.resolve('recipes/list.groovy'))
                .replace('"recipes/site"', "'${folder.resolve('recipes/site')}'")
        page = davit('prove', 'recipes/list.groovy')

        then:
        page.readLines().findAll { it =~ /^(output|entry|field|made by|moved by|!|exit)/ } == [
                'output    localhost:1/site:1',
                'entry     /etc/names',
                'field     content, byte 0',
                "made by   recipes/list.groovy:4: text '/etc/names', names.join(' ')",
                'moved by  directory order',
                '! recipes/list.groovy is not reproducible; finding out what moves it',
                '! davit prove: recipes/list.groovy is not reproducible',
                'exit 4']
    }

    def 'what is new with every run is told so'() {
        given:
        write 'recipes/random.groovy', "scratch().withLabel('id', UUID.randomUUID()).push('localhost:1/site:1')"

        expect:
        davit('prove', 'recipes/random.groovy').readLines().findAll { it =~ /^(field|made by|moved by|exit)/ } == [
                'field     config: config.Labels.id',
                "made by   recipes/random.groovy:1: scratch().withLabel('id', UUID.randomUUID()).push('localhost:1/site:1')",
                'moved by  nothing but another run: a clock, a random number or the order of a hash',
                'exit 4']
    }

    def 'each condition moves what a recipe sees of it, and nothing else'() {
        given:
        write 'recipes/probe.groovy', '''\
            def here = new File(getProperty('args')[0])
            def rights = { ->
                def made = new File(here, 'made')
                made.text = ''
                def rights = Files.getPosixFilePermissions(made.toPath()).toSorted().toString()
                made.delete()
                rights
            }
            scratch().withLabel(
                    'time zone': TimeZone.default.ID + System.getenv('TZ'),
                    'locale': String.format('%.1f', 1.5) + 'TITLE'.toLowerCase(),
                    'umask': rights(),
                    'working directory': System.getProperty('user.dir') == "$here.parentFile.parent",
                    'folder of the recipe': here.path,
                    'directory order': here.list().toList() == Files.list(here.toPath()).toList()*.fileName*.toString()
                            ? here.list().toList() : 'two orders',
                    'file times': new File(here, 'zz').lastModified(),
                    'thread count': Runtime.runtime.availableProcessors(),
                    'user': System.getProperty('user.name') + System.getProperty('user.home') + System.getenv('HOME'),
                    'user number': 'id -u'.execute().text.strip())
                    .push('localhost:1/facts:1')
            '''.stripIndent()
        Files.createDirectories(folder.resolve('.git'))

        when:
        def usual = facts()
        def moved = Condition.values().toList().collectEntries { condition ->
            def facts = facts(condition)
            [condition.toString(), facts.findAll { usual[it.key] != it.value }*.key]
        }

        then:
        moved == Condition.values().toList().collectEntries {
            def name = it.toString()
            [name, name == 'identity hashes' ? [] : name == 'user' && OtherUser.obstacle().empty ? [name, 'user number'] : [name]]
        }
        usual['directory order'] != 'two orders'
    }

    private Map<String, String> facts(Condition... conditions) {
        def variables = [DAVIT_CACHE: cache as String, HOME: folder as String]
        def launch = new Launch(folder.resolve('build'), Jdks.java(Jdks.home()), variables, folder)
        def elsewhere = Files.createDirectories(folder.resolve('elsewhere'))
        conditions.each { it.applyTo(launch, elsewhere) }
        def root = conditions.contains(Condition.FOLDER) ? 'build/there/deeper' : 'build/here'
        def built = launch.run(Rebuild, folder.resolve('recipes/probe.groovy'), 'probe.groovy',
                [folder.resolve(root).resolve('recipes/site') as String], folder)
        assert built.failure().empty
        def store = ContentStore.at(cache.resolve('blobs'), Long.MAX_VALUE)
        def document = { digest -> Document.parse(store.find(digest).get().bytes(), 'it') }
        def config = document(built.outputs()[0].digest()).text('config', 'digest').get()
        document(Digest.parse(config)).textMap('config', 'Labels')
    }
}
