package dev.davit.auth

class AmazonEcrSpec extends Issuing {

    static final REGISTRY = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'
    static final TOKEN = 'AWS:ecr-password'.bytes.encodeBase64() as String
    static final KEYS = [AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: SECRET]
    static final TEMPORARY = [AccessKeyId: 'ASIA', SecretAccessKey: SECRET, Token: 'session-token',
                              Expiration: '2099-01-01T00:00:00Z', Code: 'Success']

    Issuer issuer(Map<String, String> environment, Http http) {
        new AmazonEcr(environment, http)
    }

    @Override
    Credentials find(String registry, Map<String, String> environment) {
        super.find(registry, [AWS_ENDPOINT_URL_ECR: "$service.url/" as String,
                              AWS_ENDPOINT_URL_ECR_PUBLIC: "$service.url/public" as String] + environment)
    }

    def setup() {
        service.on('POST /public') { [authorizationData: [authorizationToken: TOKEN, expiresAt: 4.0E9]] }
    }

    void issues() {
        service.on('POST /') { [authorizationData: [[authorizationToken: TOKEN, expiresAt: 4000000000.123]]] }
    }

    Service.Asked issue() {
        service.asked.find { it.headers['x-amz-target'] }
    }

    def '#registry is a registry of Amazon: #served'() {
        expect:
        issuer([:], null).serves(registry) == served

        where:
        registry                                                || served
        REGISTRY                                                || true
        '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com' || true
        '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn'      || true
        'public.ecr.aws'                                        || true
        '123456789012.dkr.ecr.eu-west-1.amazonaws.com.evil.io'  || false
        'evil.io.dkr.ecr.eu-west-1.amazonaws.com'               || false
        'quay.io'                                               || false
    }

    def 'keys in the environment sign a request for a password'() {
        given:
        issues()

        expect:
        find(REGISTRY, KEYS) == Credentials.of('AWS', 'ecr-password')
        find(REGISTRY, KEYS) == Credentials.of('AWS', 'ecr-password')

        and: 'once'
        service.asked*.line == ['POST /']
        issue().body == '{}'
        issue().headers['content-type'] == 'application/x-amz-json-1.1'
        issue().headers['x-amz-target'] == 'AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken'
        issue().headers['authorization'] ==~ 'AWS4-HMAC-SHA256 Credential=AKID/[0-9]{8}/eu-west-1/ecr/aws4_request, ' +
                'SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}'
    }

    def 'the public registry has a service of its own'() {
        expect:
        find('public.ecr.aws', KEYS) == Credentials.of('AWS', 'ecr-password')
        issue().line == 'POST /public'
        issue().headers['x-amz-target'] == 'SpencerFrontendService.GetAuthorizationToken'
        issue().headers['authorization'].contains('/us-east-1/ecr-public/aws4_request')
    }

    def 'the shared file has keys of #profile'() {
        given:
        issues()
        write('.aws/credentials', """\
            # keys
            [other]
            aws_access_key_id = OTHER
            aws_secret_access_key=$SECRET
            aws_session_token = session-token

            [default] ; mine
            aws_access_key_id=DEFAULT
            aws_secret_access_key=$SECRET
            """.stripIndent())

        expect:
        find(REGISTRY, environment) == Credentials.of('AWS', 'ecr-password')
        issue().headers['authorization'].contains("Credential=$key/")
        issue().headers['x-amz-security-token'] == session

        where:
        profile              | environment            || key       | session
        'the usual profile'  | [:]                    || 'DEFAULT' | null
        'a profile by name'  | [AWS_PROFILE: 'other'] || 'OTHER'   | 'session-token'
    }

    def 'a container is told who it is'() {
        given:
        issues()
        service.on('GET /container') { TEMPORARY }
        def token = write('token', 'container-token\n')

        expect:
        find(REGISTRY, [AWS_CONTAINER_CREDENTIALS_FULL_URI: "$service.url/container" as String,
                        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token as String]) == Credentials.of('AWS', 'ecr-password')
        service.asked[0].headers['authorization'] == 'container-token'
        issue().headers['x-amz-security-token'] == 'session-token'
    }

    def 'a container is not told by a stranger'() {
        expect:
        find(REGISTRY, [AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://example.com/x']).toString() == 'no credentials: Amazon ECR ' +
                "issues no credentials for $REGISTRY: http://example.com is no address to ask for the identity of a container: refused"
    }

    def 'a machine says its role, to who has a session with it'() {
        given:
        issues()
        service.on('PUT /latest/api/token') { 'imds-session' }
        service.on('GET /latest/meta-data/iam/security-credentials/role') { TEMPORARY }
        service.on('GET /latest/meta-data/iam/security-credentials/') { 'role' }

        expect:
        find(REGISTRY, [AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url]) == Credentials.of('AWS', 'ecr-password')
        service.asked[0].headers['x-aws-ec2-metadata-token-ttl-seconds'] == '300'
        service.asked[1..2]*.headers*.getAt('x-aws-ec2-metadata-token') == ['imds-session'] * 2
        issue().headers['authorization'].contains('Credential=ASIA/')
    }

    def 'a machine without a role, and one that must not be asked, is anonymous without a word'() {
        expect:
        find(REGISTRY, environment + [AWS_EC2_METADATA_SERVICE_ENDPOINT: service.url]) == Credentials.anonymous()
        warnings == []
        service.asked.size() == asked

        where:
        environment                         || asked
        [AWS_EC2_METADATA_DISABLED: 'true'] || 0
        [:]                                 || 1
    }

    def 'a web identity takes on its role'() {
        given:
        issues()
        def token = write('token', 'web-token')
        service.on('POST /sts') {
            '''<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult><Credentials><SessionToken>session-token</SessionToken>
                <SecretAccessKey>secret</SecretAccessKey><Expiration>2099-01-01T00:00:00Z</Expiration>
                <AccessKeyId>ASIAWEB</AccessKeyId></Credentials></AssumeRoleWithWebIdentityResult>
            </AssumeRoleWithWebIdentityResponse>'''
        }

        expect:
        find(REGISTRY, [AWS_WEB_IDENTITY_TOKEN_FILE: token as String, AWS_ROLE_ARN: 'arn:aws:iam::1:role/ci',
                        AWS_ENDPOINT_URL_STS: "$service.url/sts" as String]) == Credentials.of('AWS', 'ecr-password')
        service.asked[0].form == [Action: 'AssumeRoleWithWebIdentity', Version: '2011-06-15', RoleArn: 'arn:aws:iam::1:role/ci',
                                  RoleSessionName: 'davit', WebIdentityToken: 'web-token']
        issue().headers['authorization'].contains('Credential=ASIAWEB/')
    }

    def 'a refusal is a reason that repeats no secret'() {
        given:
        service.on('POST /') { [400, [__type: 'UnrecognizedClientException', message: 'The canonical request is session-token']] }

        expect:
        find(REGISTRY, KEYS + [AWS_SESSION_TOKEN: 'session-token']) == new Credentials.Anonymous('Amazon ECR issues no ' +
                "credentials for $REGISTRY: POST $service.url/: 400 UnrecognizedClientException: The canonical request is REDACTED")
    }

    def 'a refusal of the token service is told by its sentence'() {
        given:
        def token = write('token', 'web-token')
        service.on('POST /sts') { [403, '<ErrorResponse><Error><Code>X</Code><Message>Not you</Message></Error></ErrorResponse>'] }

        expect:
        find(REGISTRY, [AWS_WEB_IDENTITY_TOKEN_FILE: token as String, AWS_ROLE_ARN: 'a',
                        AWS_ENDPOINT_URL_STS: "$service.url/sts" as String]).toString().endsWith('/sts: 403 Not you')
    }
}
