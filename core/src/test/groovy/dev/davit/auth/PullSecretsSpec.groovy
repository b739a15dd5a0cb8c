package dev.davit.auth

import dev.davit.ref.Repository
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class PullSecretsSpec extends Specification {

    @TempDir Path home

    static String auths(Map<String, String> users) {
        '{"auths":{' + users.collect { key, user -> "\"$key\":{\"auth\":\"${"$user:pw".bytes.encodeBase64()}\"}" }.join(',') + '}}'
    }

    PullSecrets read(String text, String name = 'secret') {
        def file = home.resolve(name)
        Files.createDirectories(file.parent)
        PullSecrets.read(Files.writeString(file, text))
    }

    static String user(Keychain secrets, String repository) {
        def found = secrets.credentials(Repository.parse(repository))
        found.anonymous ? '' : (found as Credentials.Password).user()
    }

    def 'the key #key is for #repository: #known'() {
        expect:
        (user(read(auths([(key): 'ann'])), repository) == 'ann') == known

        where:
        key                           | repository                 || known
        'example.com'                 | 'example.com/a/b'          || true
        'https://example.com/v1/'     | 'example.com/a/b'          || true
        'http://example.com/v2/'      | 'example.com/a'            || true
        'EXAMPLE.com'                 | 'example.com/a'            || true
        'https://index.docker.io/v1/' | 'nginx'                    || true
        'docker.io'                   | 'a/b'                      || true
        '*.example.com'               | 'a.example.com/x'          || true
        '*.example.com'               | 'example.com/x'            || false
        '*.example.com'               | 'a.b.example.com/x'        || false
        '*.*.example.com'             | 'a.b.example.com/x'        || true
        'pre*fix.example.com'         | 'pre-1-fix.example.com/x'  || true
        'registry-?.example.com'      | 'registry-1.example.com/x' || true
        'registry-?.example.com'      | 'registry-12.example.com/x' || false
        '*.kubernetes.io'             | 'a.kubernetes.io.evil/x'   || false
        'example.com:5000'            | 'example.com:5000/a'       || true
        'example.com:5000'            | 'example.com/a'            || false
        'example.com'                 | 'example.com:5000/a'       || false
        '*.example.com:5000'          | 'a.example.com:5000/x'     || true
        'example.com/team'            | 'example.com/team/app'     || true
        'example.com/team'            | 'example.com/team'         || true
        'example.com/team'            | 'example.com/teams/app'    || false
        '*.example.com/team'          | 'a.example.com/team/app'   || true
        'localhost:5000'              | 'localhost:5000/a'         || true
    }

    def 'the longest key wins, and before it one that names the host: #repository is #user'() {
        given:
        def secrets = read(auths(['*.example.com/team/app': 'glob', 'a.example.com': 'host', 'a.example.com/team': 'team',
                                  'a.example.com/team/app': 'app', '*.example.com': 'any']))

        expect:
        PullSecretsSpec.user(secrets, repository) == user

        where:
        repository                 || user
        'a.example.com/team/app/x' || 'app'
        'a.example.com/team/other' || 'team'
        'a.example.com/x'          || 'host'
        'b.example.com/team/app'   || 'glob'
        'b.example.com/x'          || 'any'
    }

    def 'a secret may be #form'() {
        given:
        def json = auths(['example.com': 'ann'])
        def older = '{"https://example.com/v1/":{"username":"ann","password":"pw","email":"e"}}'
        def coded = json.bytes.encodeBase64() as String
        def text = content.replace('JSON', json).replace('BASE64', coded).replace('OLDER', older)
                .replace('OLD64', older.bytes.encodeBase64() as String)
                .replace('WRAPPED', coded.toList().collate(40)*.join().join('\n    '))

        expect:
        user(read(text, name), 'example.com/a') == 'ann'

        where:
        form                             | name                    | content
        'the content of one'             | '.dockerconfigjson'     | 'JSON'
        'the content of an old one'      | '.dockercfg'            | 'OLDER'
        'JSON'                           | 's.json'                | '{"kind":"Secret","type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":"BASE64"}}'
        'an old one in JSON'             | 's.json'                | '{"kind":"Secret","type":"kubernetes.io/dockercfg","data":{".dockercfg":"OLD64"}}'
        'a list of JSON'                 | 's.json'                | '{"kind":"List","items":[{"kind":"Secret","data":{"a":"?"}},{"kind":"Secret","data":{".dockerconfigjson":"BASE64"}}]}'
        'what kubectl prints'            | 's.yaml'                | 'apiVersion: v1\ndata:\n  .dockerconfigjson: BASE64\nkind: Secret\nmetadata:\n  creationTimestamp: null\n  ownerReferences:\n  - name: x\n    data:\n      y: z\n  name: regcred\ntype: kubernetes.io/dockerconfigjson\n'
        'YAML with other documents'      | 's.yaml'                | '---\nkind: Other # none\n---\nkind: Secret\ndata:\n  # pull\n  ".dockerconfigjson": "BASE64" # here\n'
        'YAML with a wrapped text'       | 's.yaml'                | "kind: Secret\ndata:\n  '.dockercfg': 'OLD64'\n"
        'YAML with a block'              | 's.yaml'                | 'kind: Secret\ndata:\n  .dockerconfigjson: >-\n    WRAPPED\ntype: x\n'
        'YAML with lines that go on'     | 's.yaml'                | 'kind: Secret\ndata:\n  .dockerconfigjson:\n    WRAPPED\ntype: x\n'
        'YAML with text'                 | 's.yaml'                | 'kind: Secret\nstringData:\n  .dockerconfigjson: |\n    JSON\n\n'
        'a list of YAML'                 | 's.yaml'                | 'kind: List\nitems:\n- kind: Secret\n  data:\n    .dockerconfigjson: BASE64\n'
        'a configuration in YAML'        | 's.yaml'                | 'auths:\n  example.com: &ann {username: ann, password: pw}\n'
        'YAML with data in braces'       | 's.yaml'                | 'kind: Secret\ndata: {".dockerconfigjson": "BASE64"}\n'
    }

    def 'a mounted secret is a folder'() {
        given:
        read(auths(['example.com': 'ann']), 'mounted/.dockerconfigjson')
        read('{"example.com":{"username":"ben","password":"pw"}}', 'older/.dockercfg')

        expect:
        user(PullSecrets.read(home.resolve('mounted')), 'example.com/a') == 'ann'
        user(PullSecrets.read(home.resolve('older')), 'example.com/a') == 'ben'
    }

    def 'what holds no pull secret is refused, and nothing of it shown: #text'() {
        when:
        read(text)

        then:
        def e = thrown(IOException)
        e.message.replace(home as String, '') == message

        where:
        text                                                         || message
        'hunter2'                                                    || '/secret holds no pull secret: expected a secret of the type kubernetes.io/dockerconfigjson or kubernetes.io/dockercfg, or the content of one'
        '{"kind":"Secret","data":{"password":"hunter2"}}'            || '/secret holds no pull secret: expected a secret of the type kubernetes.io/dockerconfigjson or kubernetes.io/dockercfg, or the content of one'
        '{"kind":"Secret","data":{".dockercfg":"hunter2"}}'          || '/secret: the value of .dockercfg is not JSON that can be read at line 1, column 2'
        '{hunter2}'                                                  || '/secret is not JSON that can be read at line 1, column 2'
        'kind: Secret\ndata:\n  .dockercfg: "hunter\\2"\n'           || '/secret is not YAML that can be read at line 3, column 23'
        'kind: &hunter [*hunter, *hunter]\n'                         || '/secret is not YAML that can be read'
        '{"auths":{"a.b":{"auth":"aHVudGVyMg=="}}}'                  || "/secret: the 'auth' of a.b is not the base64 form of USER:PASSWORD"
    }
}
