package dev.davit.registry

import dev.davit.auth.Credentials
import dev.davit.auth.GivenCredentials
import dev.davit.auth.Keychain
import dev.davit.blob.Blob
import dev.davit.ref.Repository
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.customizers.ImportCustomizer
import spock.lang.AutoCleanup
import spock.lang.Specification

/** The client by itself, as a program in Java uses it: no image is needed to speak to a registry. */
class ClientExampleSpec extends Specification {

    @AutoCleanup RegistryServer server = RegistryServer.start { it.credentials('ann', 'secret') }
    Keychain ann = new GivenCredentials().tap { it.give(server.address(), Credentials.of('ann', 'secret')) }

    def 'the example of the package runs: it asks, lists, pushes a blob and pulls it'() {
        given:
        RegistryClient.create { it.keychain(ann) }.withCloseable { client ->
            client.put("${server.address()}/team/app:1", Samples.image([]))
            client.put("${server.address()}/team/app:2", Samples.image([]))
            client.put("${server.address()}/other:1", Samples.image([]))
        }
        def out = new ByteArrayOutputStream()
        def imports = new ImportCustomizer().addImports(Blob.name, Credentials.name, GivenCredentials.name, Repository.name,
                RegistryClient.name, 'java.nio.charset.StandardCharsets')
        def shell = new GroovyShell(new Binding(out: new PrintStream(out)),
                new CompilerConfiguration().addCompilationCustomizers(imports))

        when:
        shell.evaluate(example().replace('registry.example.com', server.address()).replace('System.out', 'out'))

        then:
        out.toString() == 'other\nteam/app\n1\n2\nhello'
        server.requests().any { it.method() == 'PUT' && it.path().contains('/blobs/') && it.status() == 201 }
    }

    /** The code in the package's description. */
    private static String example() {
        def source = Files.readString(Path.of('src/main/java/dev/davit/registry/package-info.java'))
        (source =~ /(?s)\{@code\n(.*?)\n \* \}<\/pre>/)[0][1].replaceAll(/(?m)^ \* ?/, '')
    }

    def 'a blob is there once it is uploaded, and no sooner'() {
        given:
        Repository repository = Repository.parse(server.address() + '/team/app')
        Blob blob = Blob.of('hello'.bytes)
        def client = RegistryClient.create { it.keychain(ann.or(Keychain.standard(System.getenv(), warning -> { }))) }

        expect:
        !client.exists(repository, blob.digest())

        when:
        client.upload(repository, blob)

        then:
        client.exists(repository, blob.digest())

        cleanup:
        client.close()
    }
}
