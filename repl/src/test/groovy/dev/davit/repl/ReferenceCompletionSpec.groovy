package dev.davit.repl

import dev.davit.dsl.Session
import dev.davit.dsl.Verbs
import dev.davit.server.Interceptor.Answer
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

class ReferenceCompletionSpec extends Specification {

    @TempDir
    Path folder

    @AutoCleanup
    RegistryServer server = RegistryServer.start()

    def printed = new ByteArrayOutputStream()

    @AutoCleanup
    Session session

    Evaluator evaluator
    Completion completion

    def setup() {
        def stream = new PrintStream(printed, true)
        session = new Session(folder, [XDG_CACHE_HOME: "$folder/.cache".toString(), HOME: "$folder".toString()], stream, stream)
        evaluator = new Evaluator(session)
        completion = new Completion(evaluator, Duration.ofSeconds(30))
    }

    void run(String line) {
        def outcome = evaluator.evaluate(line)
        assert outcome instanceof Outcome.Value: "$line: $outcome"
    }

    void fill() {
        run("image = scratch()")
        ['app:1.9', 'app:1.10', 'app:latest', 'app:1.10-rc1', 'team/tool:1'].each {
            run("println image.push('${server.address()}/$it')")
        }
        run("_ = null")
        printed.reset()
    }

    /** What may stand there, without what each begins with. */
    List<String> at(String before) {
        def word = before.substring(Completion.wordStart(before))
        completion.at(before, '')*.value().findAll { it.startsWith(word) }*.replace(server.address(), 'HOST')
    }

    def 'in "#before" the registry has #exactly'() {
        given:
        fill()

        expect:
        at(before.replace('HOST', server.address())) == exactly
        printed.size() == 0

        where:
        before                           || exactly
        "remote('HOST/app:"              || ["HOST/app:1.10'", "HOST/app:1.10-rc1'", "HOST/app:1.9'", "HOST/app:latest'"]
        'image.push("HOST/app:1.1'       || ['HOST/app:1.10"', 'HOST/app:1.10-rc1"']
        "copy('x', 'HOST/app:l"          || ["HOST/app:latest'"]
        "image.to('HOST/team/tool:"      || ["HOST/team/tool:1'"]
        "exists 'HOST/nothing:"          || []
        "remote('HOST/"                  || ['HOST/app:', 'HOST/team/tool:']
        "remote('HOST/te"                || ['HOST/team/tool:']
        "tags('HOST/a"                   || ["HOST/app'"]
        "prune('HOST/"                   || ["HOST/app'", "HOST/team/tool'"]
        "tags('HOST/app:"                || []
        "remote('HOST/app@sha256:"       || []
        'remote("HOST/${x}'              || []
        "layer('HOST/"                   || []
    }

    def 'a question is asked once in a while, whatever is typed of the answer'() {
        given:
        fill()
        at("remote('${server.address()}/app:")
        def asked = server.requests().size()

        when:
        def again = at("digest('${server.address()}/app:1.9")

        then:
        again == ["HOST/app:1.9'"]
        server.requests().size() == asked
    }

    def 'nobody is asked while the host may go on: #before'() {
        given:
        session.change { it.standIns { server.address() } }

        when:
        def found = at(before)

        then:
        found == []
        server.requests().empty

        where:
        before << ["remote('local", "remote('localhost:5", "remote('debian:", "remote('my-registry:", "remote('registry.example.com",
                   "tags('debian", "remote('docker.io/debian", "catalog('registry.example.com"]
    }

    def 'the Docker Hub is asked for the tags of a repository, where it is said'() {
        given:
        session.change { it.standIns { server.address() } }

        when:
        at("remote('docker.io/debian:")

        then:
        server.requests()*.path() == ['/v2/library/debian/tags/list?n=1000']
    }

    def 'a script may still say how a registry is spoken to'() {
        when:
        at("remote('${server.address()}/app:")

        then:
        evaluator.evaluate("insecure('${server.address()}')") instanceof Outcome.Value
    }

    def 'a registry that says #status has nothing to offer, and nobody hears of it'() {
        given:
        def asked = []
        def refusing = RegistryServer.start { settings ->
            settings.interceptor { method, path, headers ->
                asked << path
                Optional.of(new Answer(status, [Warning: '299 - "soon gone"', 'WWW-Authenticate': 'Basic realm="x"'], new byte[0]))
            }
        }

        expect:
        at("remote('${refusing.address()}/app:") == []
        at("remote('${refusing.address()}/app:1") == []
        asked == ['/v2/app/tags/list?n=1000']
        printed.size() == 0

        cleanup:
        refusing.close()

        where:
        status << [200, 401, 404, 429, 500]
    }

    def 'nobody answers, and nobody hears of it'() {
        given:
        def address = server.address()
        server.close()

        expect:
        at("remote('$address/app:") == []
        printed.size() == 0
    }

    def 'a registry that takes too long is left alone, and does not disturb the next question'() {
        given:
        fill()
        def release = new CountDownLatch(1)
        def slow = RegistryServer.start { settings ->
            settings.interceptor { method, path, headers ->
                release.await(60, TimeUnit.SECONDS)
                Optional.empty()
            }
        }

        when:
        def start = System.nanoTime()
        def found = new Completion(evaluator).at("remote('${slow.address()}/app:", '')
        def seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)

        then:
        found == []
        seconds < 30
        at("remote('${server.address()}/team/tool:") == ["HOST/team/tool:1'"]
        printed.size() == 0

        cleanup:
        release.countDown()
        slow.close()
    }

    def 'in "#before" there is on disk #exactly'() {
        given:
        Files.createDirectories(folder.resolve('work/deep'))
        run("image = scratch()")
        run("image.to('oci:work/site:2')")
        run("image.to('oci:work/site:1')")
        run("image.save('work/site.tar', 'app:1')")
        Files.write(folder.resolve('work/no.tar'), new byte[10])

        expect:
        at(before) == exactly

        where:
        before                        || exactly
        "image('oci:wo"               || ['oci:work/']
        "image('archive:work/s"       || ['archive:work/site.tar', 'archive:work/site/']
        "image('oci:work/site:"       || ["oci:work/site:2'", "oci:work/site:1'"]
        "image('archive:work/site.tar:" || ["archive:work/site.tar:app:1'"]
        "image('archive:work/site.tar:app" || ["archive:work/site.tar:app:1'"]
        "image('archive:work/no.tar:" || []
        "image('oci:nothing:"         || []
        "image('oci:work/deep:"       || []
    }

    def 'what takes a reference is a verb'() {
        expect:
        (StringCompletion.TAKE_REFERENCES + StringCompletion.TAKE_REPOSITORIES).every { Verbs.find(it).present }
    }

    def 'the list on the screen keeps the order'() {
        given:
        run("image = scratch()")
        ['site:new', 'site:middle', 'site:last', 'site:exit'].each { run("image.to('oci:$it')") }
        def shell = new Typist(folder)

        when:
        shell.type("image('oci:site:\t")

        then:
        shell.until('new ')
        shell.until('middle ')
        shell.until('last ')
        shell.until('exit')

        cleanup:
        shell.close()
    }
}
