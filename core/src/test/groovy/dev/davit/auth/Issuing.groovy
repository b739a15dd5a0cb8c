package dev.davit.auth

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir

/** A specification of an issuer, with a service that stands for the issuer's own. */
abstract class Issuing extends Specification {

    static final SECRET = 'hunter2-secret'

    @TempDir Path home
    @AutoCleanup Service service = new Service()
    List<String> warnings = []
    private Keychain keychain

    abstract Issuer issuer(Map<String, String> environment, Http http)

    Credentials find(String registry, Map<String, String> environment = [:]) {
        def variables = [HOME: home as String] + environment
        keychain = keychain ?: new IssuedCredentials(issuer(variables, new Http(new EnvironmentProxies(variables))), warnings::add)
        keychain.credentials(registry, 'a/b')
    }

    Path write(String name, String text) {
        def file = home.resolve(name)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }
}
