package dev.davit.registry

import dev.davit.auth.Credentials
import java.time.Duration
import okhttp3.Challenge
import okhttp3.HttpUrl
import spock.lang.AutoCleanup
import spock.lang.Specification

/** What would need a trusted certificate to be seen from outside: secrets do not leave HTTPS. */
class SecretsSpec extends Specification {

    Settings settings = new Settings().environment([:])
    Retries retries = new Retries(0, Duration.ZERO)
    @AutoCleanup Wire wire = new Wire(settings)
    Transport transport = new Transport(wire, retries, settings)

    def 'a registry with HTTPS that asks for its token over plain HTTP is refused'() {
        given:
        def tokens = new Tokens(wire, retries)

        when:
        tokens.fetch(Access.toRegistry('ghcr.io'), Credentials.of('alice', 'secret'),
                new Challenge('Bearer', [realm: 'http://localhost:1/token']))

        then:
        def e = thrown(IOException)
        e.message == 'registry ghcr.io asks for a token from http://localhost:1/token, where it would be readable on the ' +
                'way: refused'
    }

    def 'a registry that asks for its token from what is no address is refused'() {
        when:
        new Tokens(wire, retries)
                .fetch(Access.toRegistry('ghcr.io'), Credentials.anonymous(), new Challenge('Bearer', [realm: '/token']))

        then:
        def e = thrown(IOException)
        e.message == "registry ghcr.io asks for a token from '/token', which is no address"
    }

    def 'an upload of #registry that goes on at #location is sent to #target'() {
        expect:
        transport.resolve(HttpUrl.get("https://$registry/v2/a/blobs/uploads/"), location, Access.toRegistry(registry))
                .toString() == target

        where:
        registry       | location                  || target
        'ghcr.io'      | '/v2/a/b?_state=1'        || 'https://ghcr.io/v2/a/b?_state=1'
        'ghcr.io'      | 'https://ghcr.io/v2/x'    || 'https://ghcr.io/v2/x'
        'ghcr.io'      | 'http://ghcr.io/v2/x'     || 'https://ghcr.io/v2/x'
        'ghcr.io:5000' | 'http://ghcr.io:5000/v2/' || 'https://ghcr.io:5000/v2/'
        'ghcr.io:5000' | 'http://ghcr.io/v2/'      || 'https://ghcr.io:5000/v2/'
    }

    def 'an upload that is to go on where it would be readable is not sent'() {
        when:
        transport.resolve(HttpUrl.get('https://ghcr.io/v2/a/blobs/uploads/'), 'http://other.io/v2/?_state=1',
                Access.toRegistry('ghcr.io'))

        then:
        def e = thrown(IOException)
        e.message == 'https://ghcr.io/v2/a/blobs/uploads/: to go on at http://other.io/v2/?_state=REDACTED, where it would ' +
                'be readable on the way: refused'
    }

    def '#url is the registry itself: #itself'() {
        expect:
        transport.isAt(Access.toRegistry('ghcr.io'), HttpUrl.get(url)) == itself

        where:
        url                    || itself
        'https://ghcr.io/v2/'  || true
        'https://GHCR.io:443/' || true
        'http://ghcr.io/'      || false
        'https://ghcr.io:8443' || false
        'https://a.ghcr.io/'   || false
    }
}
