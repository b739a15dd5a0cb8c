import dev.davit.image.Image
import dev.davit.image.Platform
import dev.davit.scripts.Recipes
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Specification

/** How a team tests a recipe with Spock: no network, no Docker, nothing left behind. */
class SiteSpec extends Specification {

    static final RECIPE = Path.of(System.getProperty('davit.root', '.'), 'samples', 'site.groovy')

    @AutoCleanup
    Recipes recipes = Recipes.start().with('debian:12', Image.scratch(Platform.parse('linux/arm64')))

    def 'the site is on its base, with its page and its port'() {
        when:
        def run = recipes.run(RECIPE, '--base', 'debian:12', '--to', 'registry.example.com/site:1.0')
        def image = run.image('registry.example.com/site:1.0')

        then:
        run.status() == 0
        run.handedOn() == ['registry.example.com/site:1.0']
        run.output() == "registry.example.com/site@${image.digest()}\n"
        image.platforms()*.toString() == ['linux/arm64']
        image.config().ports() == ['8080/tcp']
        image.file('/usr/share/nginx/html/index.html').text.contains('<title>Davit</title>')
        image.files().every { (it.mode() & 06000) == 0 }
    }

    def 'a base that is not there is told'() {
        when:
        def run = recipes.run(RECIPE, '--base', 'debian:13')

        then:
        run.status() == 1
        run.errors().contains('404 MANIFEST_UNKNOWN')
        run.handedOn().empty
    }
}
