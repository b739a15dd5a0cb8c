package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CopyOnWriteArrayList

/**
 * A registry behind a token server of the documented protocol. Anybody may pull; alice with the password secret, or with
 * the identity token alice-identity, may do everything.
 */
final class TokenFront implements Closeable {

    final Front registry
    final Front tokenServer = new Front()
    final List<String> forms = new CopyOnWriteArrayList<>()
    /** Seconds that a token lives. */
    int lifetime = 300
    private final Map<String, Set<String>> issued = new ConcurrentHashMap<>()

    TokenFront(String upstream) {
        registry = new Front(upstream)
        registry.rule { HttpExchange exchange -> !isAllowed(exchange) && refuse(exchange) }
        tokenServer.rule { HttpExchange exchange -> issue(exchange) }
    }

    String getHost() {
        registry.host
    }

    /** From now on no token is good any more that was issued before. */
    void revokeAll() {
        issued.clear()
    }

    private boolean isAllowed(HttpExchange exchange) {
        def token = exchange.requestHeaders.getFirst('Authorization')?.replaceFirst('^Bearer ', '')
        token != null && issued.containsKey(token) && issued[token].containsAll(needed(exchange))
    }

    private static List<String> needed(HttpExchange exchange) {
        def path = exchange.requestURI.path =~ '^/v2/(.+)/(manifests|blobs|tags)/.*'
        if (!path.matches()) {
            return []
        }
        String action = switch (exchange.requestMethod) {
            case 'GET', 'HEAD' -> 'pull'
            case 'DELETE' -> 'delete'
            default -> 'push'
        }
        ["repository:${path.group(1)}:$action".toString()]
    }

    private boolean refuse(HttpExchange exchange) {
        def scope = needed(exchange).collect { ",scope=\"$it\"" }.join()
        Front.answer(exchange, 401, '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}',
                ['WWW-Authenticate': "Bearer realm=\"http://$tokenServer.host/token\",service=\"spec\"$scope"])
        true
    }

    private boolean issue(HttpExchange exchange) {
        def user = exchange.requestHeaders.getFirst('Authorization')
        def query = parameters(exchange.requestURI.rawQuery ?: '')
        boolean isAlice = user == 'Basic ' + 'alice:secret'.bytes.encodeBase64()
        if (exchange.requestMethod == 'POST') {
            forms << new String(exchange.requestBody.readAllBytes())
            query = parameters(forms.last())
            isAlice = query['refresh_token'] == ['alice-identity']
            user = user ?: 'identity'
        }
        if (user != null && !isAlice) {
            Front.answer(exchange, 401, '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}')
            return true
        }
        def token = UUID.randomUUID().toString()
        issued[token] = query.getOrDefault('scope', []).collectMany { it.split(' ').toList() }
                .collectMany { scope ->
                    def (type, name, actions) = scope.split(':').toList()
                    actions.split(',').findAll { isAlice || it == 'pull' }.collect { "$type:$name:$it".toString() }
                } as Set
        Front.answer(exchange, 200, """{"token":"$token","expires_in":$lifetime}""")
        true
    }

    private static Map<String, List<String>> parameters(String text) {
        text.split('&').findAll().collect { it.split('=', 2).collect { URLDecoder.decode(it, 'UTF-8') } }
                .groupBy { it[0] }.collectEntries { name, pairs -> [name, pairs*.getAt(1)] }
    }

    @Override
    void close() {
        registry.close()
        tokenServer.close()
    }
}
