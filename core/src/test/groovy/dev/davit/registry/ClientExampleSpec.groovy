package dev.davit.registry

import dev.davit.auth.Credentials
import dev.davit.auth.GivenCredentials
import dev.davit.auth.Keychain
import dev.davit.blob.Blob
import dev.davit.ref.Repository
import dev.davit.server.RegistryServer
import spock.lang.AutoCleanup
import spock.lang.Specification

/** The client by itself, as a program in Java uses it: no image is needed to speak to a registry. */
class ClientExampleSpec extends Specification {

    @AutoCleanup RegistryServer server = RegistryServer.start { it.credentials('ann', 'secret') }

    def 'authenticates, asks, pushes a blob without an image, and lists'() {
        given:
        GivenCredentials credentials = new GivenCredentials()
        credentials.give(server.address(), Credentials.of('ann', 'secret'))
        Keychain keychain = credentials.or(Keychain.standard(System.getenv(), warning -> { }))
        Repository repository = Repository.parse(server.address() + '/team/app')
        Blob blob = Blob.of('hello'.bytes)

        when:
        List<String> tags = []
        List<String> repositories = []
        boolean before = true
        boolean after = false
        byte[] fetched = []
        try (RegistryClient client = RegistryClient.create(settings -> settings.keychain(keychain))) {
            client.ping(server.address())
            before = client.exists(repository, blob.digest())
            client.upload(repository, blob)
            after = client.exists(repository, blob.digest())
            fetched = client.blob(repository, blob.digest()).bytes()
            client.put("${server.address()}/team/app:1", Samples.image([]))
            tags = client.tags(repository).toList()
            repositories = client.catalog(server.address()).toList()
        }

        then:
        !before
        after
        new String(fetched) == 'hello'
        tags == ['1']
        repositories == ['team/app']
    }
}
