package dev.davit.registry

import dev.davit.auth.Credentials
import dev.davit.auth.Keychain
import dev.davit.image.Image
import dev.davit.ref.Repository
import dev.davit.server.RegistryServer
import spock.lang.AutoCleanup

class AuthSpec extends ClientSpecification {

    @AutoCleanup TokenFront front = new TokenFront(registry.host)
    @AutoCleanup RegistryClient alice = client { keychain(Keychain.of(front.host, Credentials.of('alice', 'secret'))) }

    List<String> tokens() {
        front.tokenServer.requests.toList()
    }

    def 'pull and push with a token: asked for once, and used for all that it allows'() {
        given:
        def name = tagged(fresh(front.host))

        when:
        alice.put(name, Samples.image([Samples.layer(5000, 1), Samples.layer(6000, 2)]))
        def image = alice.get(name) as Image
        image.layers()*.blob()*.bytes()

        then:
        def path = name.repository().path()
        tokens() == ["GET /token?service=spec&scope=repository%3A$path%3Apull%2Cpush"]
        exchanges.count { it.status == 401 } == 1
    }

    def 'a mount asks for a token that may also pull from where the blob is'() {
        given:
        def (from, to) = [tagged(fresh(front.host)), tagged(fresh(front.host))]
        alice.put(from, Samples.image([Samples.layer(5000, 1)]))
        def before = tokens().size()

        when:
        alice.put(to, alice.get(from))

        then:
        tokens().drop(before) == [
                "GET /token?service=spec&scope=repository%3A${to.repository().path()}%3Apull%2Cpush",
                "GET /token?service=spec&scope=repository%3A${to.repository().path()}%3Apull%2Cpush" +
                        "&scope=repository%3A${from.repository().path()}%3Apull"]*.toString()
    }

    def 'who has no credentials pulls with an anonymous token'() {
        given:
        def name = tagged(fresh(front.host))
        alice.put(name, Samples.image([Samples.layer(5000, 1)]))

        expect:
        client.get(name) instanceof Image
        front.tokenServer.authorizations.last() == null

        when:
        client.put(name.withTag('y'), Samples.image([]))

        then:
        def e = thrown(RegistryException)
        e.status() == 401
        e.message.endsWith('/blobs/uploads/: 401 UNAUTHORIZED: authentication required (no credentials)')
    }

    def 'a token that is revoked is replaced once'() {
        given:
        def name = tagged(fresh(front.host))
        alice.put(name, Samples.image([Samples.layer(5000, 1)]))

        when:
        front.revokeAll()
        alice.get(name)

        then:
        tokens().size() == 2
    }

    def 'a token that has expired is not sent any more'() {
        given:
        front.lifetime = 1
        def name = tagged(fresh(front.host))
        alice.put(name, Samples.image([]))
        exchanges.clear()

        when:
        Thread.sleep(900)
        alice.get(name)

        then:
        exchanges*.status == [200, 200]
        exchanges[0].uri.path == '/token'
    }

    def 'a wrong password is one sentence that names the registry and the user'() {
        when:
        client { keychain(Keychain.of(front.host, Credentials.of('alice', 'wrong'))) }
                .withCloseable { it.get(tagged(fresh(front.host))) }

        then:
        def e = thrown(RegistryException)
        e.status() == 401
        e.message ==~ "GET http://$front.tokenServer.host/token\\?service=spec&scope=\\S+: 401 UNAUTHORIZED: " +
                "authentication required \\(user 'alice', asked for a token for registry $front.host\\)"
        !e.message.contains('wrong')
    }

    def 'an identity token is exchanged for others'() {
        given:
        def name = tagged(fresh(front.host))

        when:
        client { keychain(Keychain.of(front.host, new Credentials.IdentityToken('alice-identity'))) }
                .withCloseable { it.put(name, Samples.image([])) }

        then:
        client.get(name) instanceof Image
        front.forms == ['grant_type=refresh_token&refresh_token=alice-identity&client_id=davit&service=spec&scope=' +
                "repository%3A${name.repository().path()}%3Apull%2Cpush"]*.toString()
    }

    def 'a registry token is sent as it is'() {
        given:
        def other = new Front(registry.host)
        other.rule { exchange ->
            if (exchange.requestHeaders.getFirst('Authorization') == 'Bearer known') {
                return false
            }
            Front.answer(exchange, 401, '', ['WWW-Authenticate': 'Bearer realm="http://localhost:1/"'])
            true
        }

        when:
        client { keychain(Keychain.of(other.host, new Credentials.RegistryToken('known'))) }
                .withCloseable { it.ping(other.host) }

        then:
        other.authorizations == [null, 'Bearer known']

        cleanup:
        other.close()
    }

    def 'two repositories of one registry may have different credentials'() {
        given:
        def (mine, other) = [fresh(front.host), fresh(front.host)]
        def keychain = { registry, path ->
            path == mine.path() ? Credentials.of('alice', 'secret') : Credentials.anonymous()
        } as Keychain
        def own = client { settings -> settings.keychain(keychain) }
        own.put(tagged(mine), Samples.image([]))

        when:
        own.put(tagged(other), Samples.image([]))

        then:
        def e = thrown(RegistryException)
        e.status() == 401

        cleanup:
        own.close()
    }

    def 'basic authentication: the password is sent once the registry has asked for it'() {
        given:
        def server = RegistryServer.start { it.credentials('alice', 'secret') }
        def name = tagged(fresh(server.address()))

        when:
        client { keychain(Keychain.of(server.address(), Credentials.of('alice', 'secret'))) }
                .withCloseable { it.put(name, Samples.image([Samples.layer(5000, 1)])) }

        then:
        exchanges.count { it.status == 401 } == 1

        when:
        client { keychain(Keychain.of(server.address(), Credentials.of('alice', 'wrong'))) }
                .withCloseable { it.get(name) }

        then:
        def e = thrown(RegistryException)
        e.message.startsWith("GET http://${server.address()}/v2/${name.repository().path()}/manifests/x: 401 UNAUTHORIZED")
        e.message.endsWith("(user 'alice')")

        cleanup:
        server.close()
    }

    def 'credentials stay at home when a download is redirected'() {
        given:
        def store = new Front(registry.host)
        def name = tagged(fresh(front.host))
        alice.put(name, Samples.image([Samples.layer(5000, 1)]))
        front.registry.fault('GET', '/blobs/', 9) {
            Front.answer(it, 307, '', [Location: "http://$store.host$it.requestURI"])
        }

        when:
        (alice.get(name) as Image).layers()[0].blob().bytes()

        then:
        store.requests.size() == 2
        store.authorizations == [null, null]
        front.registry.authorizations.last().startsWith('Bearer ')

        cleanup:
        store.close()
    }

    def 'credentials stay at home when an upload goes on elsewhere'() {
        given:
        def store = new Front().rule { exchange -> Front.answer(exchange, 201); true }
        front.registry.rule { exchange ->
            exchange.requestMethod == 'POST' && !Front.answer(exchange, 202, '', [Location: "http://$store.host/put?sig=1"])
        }

        when:
        alice.upload(fresh(front.host), Samples.layer(500, 1).blob())

        then:
        store.requests == ["PUT /put?sig=1&digest=${Samples.layer(500, 1).digest()}".toString()]
        store.authorizations == [null]

        cleanup:
        store.close()
    }

    def 'a registry that wants a scope of its own gets a token for it'() {
        given:
        def other = new Front(registry.host)

        when:
        other.rule { exchange ->
            boolean first = exchange.requestHeaders.getFirst('Authorization') == null
            if (first) {
                Front.answer(exchange, 401, '', ['WWW-Authenticate':
                        "Bearer realm=\"http://$front.tokenServer.host/token\",scope=\"special:thing:read,write\""])
            }
            first
        }
        client.ping(other.host)

        then:
        tokens() == ['GET /token?scope=special%3Athing%3Aread%2Cwrite']

        cleanup:
        other.close()
    }

    def 'why nothing is known is said when the registry refuses, and not before'() {
        given:
        def name = tagged(fresh(front.host))
        alice.put(name, Samples.image([]))
        def failing = client { keychain((registry, path) -> new Credentials.Anonymous('Azure is down')) }

        expect:
        failing.get(name) instanceof Image

        when:
        failing.put(name.withTag('y'), Samples.image([]))

        then:
        def e = thrown(RegistryException)
        e.message.endsWith('401 UNAUTHORIZED: authentication required (no credentials: Azure is down)')

        cleanup:
        failing.close()
    }

    def 'a password that is issued anew replaces the one that the registry refuses any more'() {
        given:
        def good = 'Basic ' + 'ann:one'.bytes.encodeBase64()
        def other = new Front(registry.host)
        other.rule { exchange ->
            boolean refused = exchange.requestHeaders.getFirst('Authorization') != good
            if (refused) {
                Front.answer(exchange, 401, '', ['WWW-Authenticate': 'Basic realm="spec"'])
            }
            refused
        }
        def password = 'one'
        def renewing = client { keychain((registry, path) -> Credentials.of('ann', password)) }
        renewing.ping(other.host)

        when:
        good = 'Basic ' + 'ann:two'.bytes.encodeBase64()
        password = 'two'
        renewing.ping(other.host)

        then:
        other.authorizations*.replace('Basic ', '')*.decodeBase64()*.with { new String(it) } ==
                [null, 'ann:one', 'ann:one', 'ann:two']

        when:
        good = 'nothing is good'
        renewing.ping(other.host)

        then:
        thrown(RegistryException)

        cleanup:
        renewing.close()
        other.close()
    }

    def 'so does an identity token that the token server refuses'() {
        given:
        def identities = ['expired', 'alice-identity'].iterator()
        def renewing = client { keychain((registry, path) -> new Credentials.IdentityToken(identities.next())) }

        when:
        renewing.put(tagged(fresh(front.host)), Samples.image([]))

        then:
        front.tokenServer.requests == ['POST /token'] * 2

        cleanup:
        renewing.close()
    }

    def 'who logs in meanwhile is known at once where that is said'() {
        given:
        def known = Credentials.anonymous()
        def session = client { keychain((registry, path) -> known) }
        def name = tagged(fresh(front.host))
        alice.put(name, Samples.image([]))
        session.get(name)

        when:
        known = Credentials.of('alice', 'secret')
        session.forgetCredentials()
        session.put(name.withTag('y'), Samples.image([]))

        then:
        noExceptionThrown()

        cleanup:
        session.close()
    }

    def 'a token may be had by itself: #scopes'() {
        when:
        def token = alice.token(Repository.parse("$front.host/a/b"), push, *mounts.collect { Repository.parse("$front.host/$it") })

        then:
        token ==~ /[0-9a-f-]{36}/
        tokens().last() == 'GET /token?service=spec&scope=' + scopes.collect { URLEncoder.encode(it, 'UTF-8') }.join('&scope=')

        where:
        push  | mounts       || scopes
        false | []           || ['repository:a/b:pull']
        true  | ['c', 'd/e'] || ['repository:a/b:pull,push', 'repository:c:pull', 'repository:d/e:pull']
    }

    def 'a registry that asks for no token says so: #asks'() {
        given:
        def server = RegistryServer.start { if (asks) it.credentials('alice', 'secret') }
        def own = client { keychain((registry, path) -> Credentials.of('alice', 'secret')) }

        when:
        own.token(Repository.parse("${server.address()}/a"), false)

        then:
        def e = thrown(IOException)
        e.message == "registry ${server.address()} asks for no token$asks"

        cleanup:
        own.close()
        server.close()

        where:
        asks << ['', ': it asks for a user and a password']
    }
}
