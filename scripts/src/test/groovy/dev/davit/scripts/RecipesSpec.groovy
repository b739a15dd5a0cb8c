package dev.davit.scripts

import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

/** What keeps a test of a recipe apart from the machine. */
class RecipesSpec extends Specification {

    @TempDir
    Path folder

    @AutoCleanup
    Recipes recipes = Recipes.start()

    def 'each registry is one of its own, and what is pushed is there'() {
        given:
        recipes.with('one.example.com/a:1', Image.scratch(Platform.parse('linux/arm64')))

        when:
        def run = recipes.run(recipe('''\
            println exists('one.example.com/a:1')
            println exists('two.example.com/a:1')
            println tags('one.example.com/a')
            index { add scratch('linux/amd64'); add remote('one.example.com/a:1') }.push('two.example.com/b:1')
            '''))

        then:
        run.output() == 'true\nfalse\n[1]\n'
        run.image('two.example.com/b:1').platforms()*.toString() == ['linux/amd64', 'linux/arm64']
        run.image('two.example.com/b:1').platform('linux/arm64').files() == []
    }

    def 'no request leaves the machine'() {
        expect: 'not even one that is for no registry'
        recipes.run(recipe("hub.search('nginx')")).errors() =~ /GET http:\/\/localhost:\d+\/[^ ]*: 404/
    }

    def 'home and environment are fresh, and files are written beside a copy of the recipe'() {
        when:
        def run = recipes.withVariable('CHANNEL', 'stable').run(recipe('''\
            println new TreeMap(dev.davit.dsl.Session.current().environment()).keySet()
            scratch().save('a.tar', 'a:1')
            '''))

        then:
        run.output() == '[CHANNEL, DAVIT_CACHE, DOCKER_CONFIG, HOME, XDG_CONFIG_HOME]\n'
        run.handedOn() == ['archive:a.tar:a:1']
        Files.exists(run.folder().resolve('a.tar'))
        !Files.exists(folder.resolve('a.tar'))
    }

    def 'a failing check is a status'() {
        expect:
        recipes.run(recipe("check { notRoot() }\nscratch().push('a.example.com/a:1')")).status() == 3
    }

    def 'a lock does not count, as the bases of a test are its own'() {
        given:
        recipes.with('one.example.com/a:1', Image.scratch(Platform.parse('linux/arm64')))
        Files.writeString(folder.resolve('recipe.lock'), """\
            {"version": 1, "references": {"one.example.com/a:1": {"digest": "sha256:${'0' * 64}"}}}""")

        expect:
        recipes.run(recipe("remote('one.example.com/a:1').push('two.example.com/a:1')")).handedOn() == ['two.example.com/a:1']
    }

    private Path recipe(String text) {
        Files.writeString(folder.resolve('recipe.groovy'), text.stripIndent())
    }
}
