package dev.davit.auth

class AzureAcrSpec extends Issuing {

    static final REGISTRY = 'example.azurecr.io'
    static final PRINCIPAL = [AZURE_TENANT_ID: 'tenant1', AZURE_CLIENT_ID: 'client1', AZURE_CLIENT_SECRET: SECRET]
    static final TOKEN = ['{}', '{"exp":4000000000}', 'x']*.bytes.collect { Base64.urlEncoder.encodeToString(it) }.join('.')

    Issuer issuer(Map<String, String> environment, Http http) {
        new AzureAcr([AZURE_AUTHORITY_HOST: "$service.url/" as String] + environment, http, { "$service.url/$it".toString() })
    }

    def setup() {
        service.on("POST /$REGISTRY/oauth2/exchange") { [refresh_token: TOKEN] }
    }

    def '#registry is a registry of Azure: #served'() {
        expect:
        new AzureAcr([:], null).serves(registry) == served

        where:
        registry                  || served
        'example.azurecr.io'      || true
        'example.azurecr.cn'      || true
        'azurecr.io'              || false
        'example.azurecr.io.evil' || false
    }

    def 'a service principal with #what becomes an identity token of the registry'() {
        given:
        write('token', 'federated')
        service.on('POST /tenant1/oauth2/v2.0/token') { [access_token: 'aad', expires_in: 3599] }
        def variables = [AZURE_TENANT_ID: 'tenant1', AZURE_CLIENT_ID: 'client1'] + environment.collectEntries { k, v ->
            [k, k.endsWith('FILE') ? home.resolve(v) as String : v]
        }

        expect: 'once'
        (1..2).collect { find(REGISTRY, variables) } == [new Credentials.IdentityToken(TOKEN)] * 2
        service.asked*.line == ['POST /tenant1/oauth2/v2.0/token', "POST /$REGISTRY/oauth2/exchange"]
        service.asked[0].form == [grant_type: 'client_credentials', client_id: 'client1',
                                  scope: 'https://containerregistry.azure.net/.default'] + proof
        service.asked[1].form == [grant_type: 'access_token', service: REGISTRY, tenant: 'tenant1', access_token: 'aad']

        where:
        what                | environment                            || proof
        'a secret'          | [AZURE_CLIENT_SECRET: SECRET]          || [client_secret: SECRET]
        'a federated token' | [AZURE_FEDERATED_TOKEN_FILE: 'token']  || [client_assertion: 'federated', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer']
    }

    def 'the identity of a machine, or of an app, becomes one too'() {
        given:
        service.on('GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fcontainerregistry.azure.net') {
            [access_token: 'aad', expires_in: '3599']
        }
        service.on('GET /app?api-version=2019-08-01&resource=https%3A%2F%2Fcontainerregistry.azure.net&client_id=me') {
            [access_token: 'aad', expires_in: '3599']
        }
        def variables = environment.collectEntries { k, v -> [k, v.replace('URL', service.url)] }

        expect:
        find(REGISTRY, variables) == new Credentials.IdentityToken(TOKEN)
        service.asked[0].headers[header] == value
        service.asked[1].form.access_token == 'aad'

        where:
        environment                                                                         || header              | value
        [AZURE_POD_IDENTITY_AUTHORITY_HOST: 'URL']                                          || 'metadata'          | 'true'
        [IDENTITY_ENDPOINT: 'URL/app', IDENTITY_HEADER: 'app-secret', AZURE_CLIENT_ID: 'me'] || 'x-identity-header' | 'app-secret'
    }

    def 'the token is kept as long as it says'() {
        given:
        service.on('POST /tenant1/oauth2/v2.0/token') { [access_token: 'aad'] }
        service.on("POST /$REGISTRY/oauth2/exchange") {
            [refresh_token: "a.${Base64.urlEncoder.encodeToString('{"exp":1}'.bytes)}.${service.asked.size()}" as String]
        }

        expect:
        (1..2).collect { find(REGISTRY, PRINCIPAL).token().split(/\./).last() } == ['2', '4']
    }

    def 'a refusal of #who is a reason that repeats no secret'() {
        given:
        service.on('POST /tenant1/oauth2/v2.0/token') {
            who == 'Azure' ? [401, [error: 'invalid_client', error_description: "AADSTS7000215: $SECRET is wrong"]] : [access_token: 'aad-token']
        }
        service.on("POST /$REGISTRY/oauth2/exchange") { [403, [errors: [[code: 'DENIED', message: 'aad-token']]]] }

        when:
        def found = find(REGISTRY, PRINCIPAL)

        then:
        found.toString() == "no credentials: Azure issues no credentials for $REGISTRY: POST $service.url/$message"
        warnings.size() == 1

        where:
        who            || message
        'Azure'        || 'tenant1/oauth2/v2.0/token: 401 invalid_client: AADSTS7000215: REDACTED is wrong'
        'the registry' || "$REGISTRY/oauth2/exchange: 403"
    }

    def 'a malformed secret of the machine is not shown'() {
        expect:
        find(REGISTRY, [IDENTITY_ENDPOINT: service.url, IDENTITY_HEADER: "$SECRET\n" as String]).toString() ==
                "no credentials: Azure issues no credentials for $REGISTRY: the value for X-IDENTITY-HEADER is malformed"
    }
}
