package dev.davit.auth

import dev.davit.json.Json
import java.security.KeyPairGenerator
import java.security.Signature

class GoogleSpec extends Issuing {

    static final PATH = 'GET /computeMetadata/v1/instance/service-accounts/default/token'

    Issuer issuer(Map<String, String> environment, Http http) {
        new Google(environment, http)
    }

    def '#registry is a registry of Google: #served'() {
        expect:
        issuer([:], null).serves(registry) == served

        where:
        registry                    || served
        'gcr.io'                    || true
        'eu.gcr.io'                 || true
        'europe-docker.pkg.dev'     || true
        'gcr.io.example.com'        || false
        'mygcr.io'                  || false
        'pkg.dev.example.com'       || false
        'ghcr.io'                   || false
    }

    private static String json(Map content) {
        new String(Json.write(content))
    }

    def 'the machine is asked once, until its token expires'() {
        given:
        service.on(PATH) { [access_token: "token${service.asked.size()}", expires_in: lifetime, token_type: 'Bearer'] }

        when:
        def found = (1..2).collect { find('gcr.io', [GCE_METADATA_HOST: service.host]) }

        then:
        found == (1..2).collect { Credentials.of('oauth2accesstoken', lifetime > 0 ? 'token1' : "token$it") }
        service.asked[0].headers['metadata-flavor'] == 'Google'

        where:
        lifetime << [3600, 0]
    }

    def 'a service account signs for itself what it says'() {
        given:
        def keys = KeyPairGenerator.getInstance('RSA').tap { initialize(2048) }.generateKeyPair()
        def pem = "-----BEGIN PRIVATE KEY-----\n${keys.private.encoded.encodeBase64(true)}-----END PRIVATE KEY-----\n"
        def file = write('key.json', json([type: 'service_account', private_key_id: 'id1', private_key: pem,
                client_email: 'ci@example.com', token_uri: "$service.url/token"]))
        service.on('POST /token') { [access_token: 'ya29', expires_in: 3599] }

        expect:
        find('eu.gcr.io', [GOOGLE_APPLICATION_CREDENTIALS: file as String]) == Credentials.of('oauth2accesstoken', 'ya29')

        when:
        def form = service.asked[0].form
        def (header, claims, signature) = form.assertion.split(/\./).toList()
        def read = { Json.read(Base64.urlDecoder.decode(it), 'part') }

        then:
        form.grant_type == 'urn:ietf:params:oauth:grant-type:jwt-bearer'
        read(header) == [alg: 'RS256', typ: 'JWT', kid: 'id1']
        def said = read(claims)
        said.subMap('iss', 'scope', 'aud') == [iss: 'ci@example.com', aud: "$service.url/token" as String,
                scope: 'https://www.googleapis.com/auth/cloud-platform']
        said.exp - said.iat == 3600
        Math.abs(said.iat - System.currentTimeSeconds()) < 60
        Signature.getInstance('SHA256withRSA').tap {
            initVerify(keys.public)
            update("$header.$claims".bytes)
        }.verify(Base64.urlDecoder.decode(signature))
    }

    def 'who has logged in with gcloud is known'() {
        given:
        write('.config/gcloud/application_default_credentials.json', json([type: 'authorized_user',
                client_id: 'id', client_secret: SECRET, refresh_token: 'refresh', token_uri: "$service.url/token"]))
        service.on('POST /token') { [access_token: 'ya29', expires_in: 3599] }

        expect:
        find('a-docker.pkg.dev') == Credentials.of('oauth2accesstoken', 'ya29')
        service.asked[0].form == [grant_type: 'refresh_token', client_id: 'id', client_secret: SECRET, refresh_token: 'refresh']
    }

    def 'a refusal is a warning and a reason, that #what'() {
        given:
        def file = write('key.json', json([type: 'authorized_user', client_id: 'client-id', client_secret: SECRET,
                refresh_token: 'refresh-token', token_uri: "$service.url/token"]))
        service.on('POST /token') { answer }

        when:
        def found = (1..2).collect { find('gcr.io', [GOOGLE_APPLICATION_CREDENTIALS: file as String]) }

        then:
        def failure = "Google issues no credentials for gcr.io: POST $service.url/token: $text"
        found == [new Credentials.Anonymous(failure)] * 2
        warnings == ["$failure; going on without"]

        where:
        what                    | answer                                                         || text
        'says what Google said' | [400, [error: 'invalid_grant', error_description: 'Bad Request']] || '400 invalid_grant: Bad Request'
        'repeats no secret'     | [401, [error: 'x', error_description: "who is $SECRET?"]]      || '401 x: who is REDACTED?'
        'needs no reason'       | [403, 'nonsense']                                              || '403'
    }

    def 'a file that #is is a failure that shows nothing of it'() {
        given:
        def file = write('key.json', text)

        expect:
        find('gcr.io', [GOOGLE_APPLICATION_CREDENTIALS: file as String]) ==
                new Credentials.Anonymous("Google issues no credentials for gcr.io: $file$message")
        !warnings.join().contains(SECRET)

        where:
        is                     | text                                         || message
        'is no JSON'           | "{\"private_key\": $SECRET}"                 || ' is not JSON that can be read at line 1, column 17'
        'is of another kind'   | '{"type":"external_account"}'                || ": cannot use an account of type 'external_account': expected service_account or authorized_user"
        'lacks something'      | '{"type":"authorized_user"}'                 || ": there is no 'client_id'"
        'has a malformed key'  | "{\"type\":\"service_account\",\"client_email\":\"e\",\"private_key\":\"$SECRET\"}" || ": the 'private_key' is not an RSA key in PKCS #8"
    }

    def 'a machine without an account, and one that is not of Google, is anonymous without a word'() {
        expect:
        find('gcr.io', [GCE_METADATA_HOST: service.host]) == Credentials.anonymous()
        warnings == []
    }
}
