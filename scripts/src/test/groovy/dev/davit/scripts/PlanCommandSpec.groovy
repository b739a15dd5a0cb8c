package dev.davit.scripts

import dev.davit.server.RegistryServer
import dev.davit.server.Request
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.AutoCleanup

class PlanCommandSpec extends RunnerSpecification {

    List<Request> requests = new CopyOnWriteArrayList<>()
    @AutoCleanup RegistryServer registry = RegistryServer.start { it.observer(requests::add) }

    def setup() {
        write 'recipes/etc/motd', 'hello\n'
        write 'recipes/site.groovy', """
            params { option 'tag', 'dev', 'tag to push'; flag 'loud', 'shout' }
            println 'building'
            println scratch().append { dir 'etc', '/etc' }.withUser(params.loud ? 'BOB' : 'bob').push("${registry.address()}/site:\$params.tag")
            """
    }

    def 'a plan of a recipe is all that is printed, and a run does it'() {
        expect:
        davit('plan', 'recipes/site.groovy', '--tag', '1.0').replace(registry.address(), 'HOST') == '''\
push    HOST/site:1.0
        sha256:434c7cd987ef3b980d34ed7cb0681986f62825187951d51d73e6e32168c76b7f  new
        upload  8ab5bcca72f5     259 B  config
        upload  3e61549d66ab      90 B  davit layer: dir /etc
9 requests, 349 B to upload; nothing is written yet
! building
! HOST/site@sha256:434c7cd987ef3b980d34ed7cb0681986f62825187951d51d73e6e32168c76b7f
'''
        requests.findAll { it.method() == 'HEAD' }
        requests.findAll { it.method() != 'HEAD' } == []
        davit('recipes/site.groovy', '--tag', '1.0') == "building\n${registry.address()}/site@sha256:434c7cd987ef3b980d34ed7cb0681986f62825187951d51d73e6e32168c76b7f\n"
    }

    def 'the sample that serves its own registry is planned through'() {
        given:
        def sample = Path.of(System.getProperty('davit.root'), 'samples', 'hello.groovy')

        expect:
        davit('plan', sample).replaceAll(/localhost:\d+/, 'HOST') == '''\
push    HOST/hello:1.0
        sha256:f01dfe9d1c6a0017224f1e3871b77bf7d441035d7180ececa871a6d530e31868  new
        upload  84666eaeb047     390 B  config
        upload  ecacb512425f     155 B  davit layer: dir /srv/hello, text /etc/motd
11 requests, 545 B to upload; nothing is written yet
! drwxr-xr-x 0:0 0 1970-01-01T00:00:00Z /etc
! -rw-r--r-- 0:0 17 1970-01-01T00:00:00Z /etc/motd
! drwxr-xr-x 0:0 0 1970-01-01T00:00:00Z /srv
! drwxr-xr-x 0:0 0 1970-01-01T00:00:00Z /srv/hello
! -rw-r--r-- 0:0 6 1970-01-01T00:00:00Z /srv/hello/greeting.txt
! Ahoy!
! sha256:f01dfe9d1c6a0017224f1e3871b77bf7d441035d7180ececa871a6d530e31868
'''
    }

    def 'JSON is printed for a program, help for who asks, and a failure is told by its place in the recipe'() {
        given:
        write 'bad.groovy', 'scratch().withEvn(A: 1)'

        expect:
        davit('plan', '--json', 'recipes/site.groovy', '--loud').replace(registry.address(), 'HOST')
                .startsWith('{\n  "steps": [\n    {\n      "verb": "push",\n      "place": "HOST/site:dev",\n      "digest": "sha256:')
        davit('plan', 'recipes/site.groovy', '--help').startsWith('Usage: recipes/site.groovy [OPTIONS]\n')
        davit('plan', 'recipes/site.groovy', '--lout') == "! recipes/site.groovy: unknown option '--lout'; did you mean '--loud'?\nexit 1\n"
        davit('plan', 'bad.groovy').startsWith("! error: an image has no 'withEvn'; did you mean 'withEnv'?\n!   --> bad.groovy:1:11\n")
        davit('plan', 'none.groovy') == '! davit plan: FOLDER/none.groovy: no such file or folder\nexit 1\n'
    }

    def 'a recipe that writes files or runs programs by itself is planned no further, and a run and a lock do what it says'() {
        given:
        write 'own.groovy', """
            def made = new File('$folder/made')
            try { $statement } catch (Exception e) { println 'never mind' }
            scratch().append { text '/a', 'a' }.push('${registry.address()}/own:1')
            """

        expect:
        davit('plan', 'own.groovy').replace(folder as String, 'FOLDER') == """\
! never mind
! error: $sentence
!   --> own.groovy:3:$column
!    |
!  3 |             try { ${statement.replace(folder as String, 'FOLDER')} } catch (Exception e) { println 'never mind' }
!    |${' ' * column}$caret
exit 1
"""
        Files.notExists(folder.resolve('made'))
        requests.findAll { !(it.method() in ['GET', 'HEAD']) } == []

        when:
        davit(*words, 'own.groovy')

        then:
        Files.exists(folder.resolve('made'))

        where:
        statement                            | words                  | column | caret     || sentence
        "made.text = 'x'"                    | ['run']                | 24     | '^^^^'    || "FOLDER/made is not written, as this is only a plan: say text '/path', '…' for text in a layer, or take a temporary file"
        "made.text = 'x'"                    | ['lock']               | 24     | '^^^^'    || "FOLDER/made is not written, as this is only a plan: say text '/path', '…' for text in a layer, or take a temporary file"
        '"touch $made".execute().waitFor()'  | ['plan', '--programs'] | 33     | '^^^^^^^' || "'touch FOLDER/made' is not run, as a plan cannot tell what a program writes: --programs, or plan(programs: true) { … }, lets it"
    }
}
