package dev.davit.auth

import java.time.Instant
import spock.lang.Specification

/** The examples of Amazon's own description of the scheme, and of its test suite. */
class AwsSignatureSpec extends Specification {

    static final KEYS = new AwsCredentials('AKIDEXAMPLE', 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', '', null)
    static final NOW = Instant.parse('2015-08-30T12:36:00Z')

    def '#method #uri is signed as Amazon shows'() {
        expect:
        AwsSignature.sign(method, URI.create(uri), headers, body.bytes, KEYS, 'us-east-1', service, NOW).authorization ==
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/$service/aws4_request, SignedHeaders=$names, " +
                "Signature=$signature"

        where:
        method | uri                            | service   | body            | headers || names | signature
        'GET'  | 'https://example.amazonaws.com/' | 'service' | ''            | [:] || 'host;x-amz-date' | '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'
        'POST' | 'https://example.amazonaws.com/' | 'service' | 'Param1=value1' | ['Content-Type': 'application/x-www-form-urlencoded'] || 'content-type;host;x-amz-date' | 'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a'
        'GET'  | 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08' | 'iam' | '' | ['Content-Type': 'application/x-www-form-urlencoded; charset=utf-8'] || 'content-type;host;x-amz-date' | '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7'
    }

    def 'temporary keys sign their session too'() {
        when:
        def headers = AwsSignature.sign('GET', URI.create('https://example.amazonaws.com/'), [:], new byte[0],
                new AwsCredentials('AKIDEXAMPLE', 'k', 'session', null), 'us-east-1', 'service', NOW)

        then:
        headers.'x-amz-security-token' == 'session'
        headers.authorization.contains('SignedHeaders=host;x-amz-date;x-amz-security-token,')
        !headers.containsKey('host')
    }

    def 'keys do not show their secret'() {
        expect:
        KEYS as String == 'access key AKIDEXAMPLE'
    }
}
