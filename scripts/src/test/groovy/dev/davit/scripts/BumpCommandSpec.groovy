package dev.davit.scripts

import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.AutoCleanup

/** What may take the place of the images that a recipe is made of, by its lock. */
class BumpCommandSpec extends RunnerSpecification {

    @AutoCleanup RegistryServer registry = RegistryServer.start()

    def setup() {
        base '12.1', 'one'
        base 'latest', 'one'
    }

    void recipe(String said = "remote('HOST/base:12.1')") {
        write 'site.groovy', "def tag = '12.1'\nprintln ${said}.append { text '/a', remote('HOST/base').digest as String }.push('HOST/site:12.1')\n"
                .replace('HOST', registry.address())
        davit 'lock', 'site.groovy'
    }

    void base(String tag, String content) {
        davit '-e', "scratch().append { text '/etc/motd', '$content' }.push('${registry.address()}/base:$tag')"
    }

    String bump(Object... words) {
        davit('bump', *words).replace(registry.address(), 'HOST').replaceAll(/[0-9a-f]{64}/) { it.take(4) }
    }

    String text() {
        Files.readString(folder.resolve('site.groovy')).replace(registry.address(), 'HOST')
    }

    def 'what a recipe is made of is up to date, or is not'() {
        given:
        recipe()

        expect:
        bump('site.groovy', '--exit-code', '--write') == 'HOST/base:12.1 is up to date\nHOST/base:latest is up to date\n'

        when:
        base '12.2', 'two'
        base 'latest', 'three'

        then:
        bump('site.groovy', '--exit-code') == """\
HOST/base:12.1 -> HOST/base:12.2
  sha256:d25f -> sha256:bb74
  linux/amd64, 742 B -> 742 B
    files: 1 changed
HOST/base:latest has moved
  sha256:d25f -> sha256:8e56
  linux/amd64, 742 B -> 743 B
    files: 1 changed
! davit bump: newer: HOST/base:12.2, HOST/base:latest
exit 6
"""
        bump('site.groovy', '--exit-code', '--same-tag').startsWith('HOST/base:12.1 is up to date\nHOST/base:latest has moved\n')
    }

    def 'newer images are taken: the text names them, and the lock has them'() {
        given:
        recipe()
        base '12.2', 'two'
        base 'latest', 'three'
        def before = davit('site.groovy')

        expect:
        bump('site.groovy', '--write').contains('site.lock: 2 references')
        text() == "def tag = '12.1'\nprintln remote('HOST/base:12.2').append { text '/a', remote('HOST/base').digest as String }.push('HOST/site:12.1')\n"
        before != davit('site.groovy')
        bump('site.groovy', '--exit-code') == 'HOST/base:12.2 is up to date\nHOST/base:latest is up to date\n'
    }

    def 'a tag that moved is taken without a change of the text'() {
        given:
        recipe()
        base '12.1', 'two'
        def before = text()

        expect:
        bump('site.groovy', '--write').startsWith('HOST/base:12.1 has moved\n')
        text() == before
        bump('site.groovy', '--exit-code').startsWith('HOST/base:12.1 is up to date\n')
    }

    def 'a tag that the text puts together is left to whoever wrote it'() {
        given:
        recipe('remote("HOST/base:$tag")')
        base '12.2', 'two'
        def before = text()

        expect:
        bump('site.groovy', '--write').endsWith("! davit bump: site.groovy does not say 'HOST/base:12.1' in so many words: " +
                "name 'HOST/base:12.2' there yourself, or say --same-tag\nexit 1\n")
        text() == before
    }

    def 'where the recipe fails with newer images, its text and its lock are as they were'() {
        given:
        recipe("remote('HOST/base:12.1').with { assert it['/etc/motd'].text == 'one'; it }")
        base '12.2', 'two'
        def before = text()
        def lock = Files.readString(folder.resolve('site.lock'))

        expect:
        bump('site.groovy', '--write').endsWith('exit 1\n')
        text() == before
        Files.readString(folder.resolve('site.lock')) == lock
    }

    def 'the parameters that are locked are kept, unless others are said'() {
        given:
        write 'in/motd', 'hello'
        write 'site.groovy', """
            params {
                option 'tag', 'dev', 'tag'
                option 'add', 'more', many: true
                flag 'loud', 'shout'
                argument 'folder', 'what to add', type: Path
            }
            println remote('${registry.address()}/base:12.1').append { dir params.folder, '/in' }.withEnv(A: "\$params.add \$params.loud")
                .push("${registry.address()}/site:\$params.tag")
            """
        davit 'lock', 'site.groovy', '--tag', '1.0', '--add=a', '--add=-b', '--loud', 'in'
        def parameters = { Files.readString(folder.resolve('site.lock')).replaceFirst(/(?s).*"parameters": (\{.*?}).*/, '$1').replaceAll(/\s/, '') }
        base '12.1', 'two'

        when:
        Files.createDirectory(folder.resolve('elsewhere'))
        folder = folder.resolve('elsewhere')
        bump '../site.groovy', '--write'
        folder = folder.parent

        then:
        parameters() == '{"add":"[a,-b]","folder":"in","loud":"true","tag":"1.0"}'
        davit('site.groovy', '--tag', '1.0', '--add=a', '--add=-b', '--loud', 'in').startsWith("${registry.address()}/site@sha256:")

        when:
        base '12.1', 'three'
        bump 'site.groovy', '--write', '--arguments', 'in'

        then:
        parameters() == '{"folder":"in","tag":"dev"}'
    }

    def 'a base that is a parameter is taken in the text and in the lock, and who may run the recipe still may'() {
        given:
        def recipe = write 'site.groovy', """
            params { option 'base', '${registry.address()}/base:12.1', 'base'; option 'more', 'others', many: true }
            println remote(params.base).withEnv(MORE: params.more.collect { remote(it).digest }.join()).push('${registry.address()}/site:1')
            """
        recipe.toFile().executable = true
        def more = { String... tags -> tags.collect { "--more=${registry.address()}/base:$it" } }
        davit 'lock', 'site.groovy', *more('12.1', 'latest')
        base '12.2', 'two'

        when:
        bump 'site.groovy', '--write'

        then:
        text().contains("option 'base', 'HOST/base:12.2'")
        Files.isExecutable(recipe)
        Files.readString(folder.resolve('site.lock')).contains('"more": "[HOST/base:12.2, HOST/base:latest]"'.replace('HOST', registry.address()))
        davit('site.groovy', *more('12.2', 'latest')) ==
                "${registry.address()}/site@sha256:cbb07bcdd7465b48b6ebf7b9c30cc5d497752450e6fa1a536841252124c6866d\n"
    }

    def 'a recipe without a lock has nothing to compare with'() {
        given:
        recipe()
        Files.delete(folder.resolve('site.lock'))

        expect:
        bump('site.groovy') == "! davit bump: there is no site.lock that tells what site.groovy is made of: 'davit lock " +
                "site.groovy' writes it\nexit 1\n"
    }
}
