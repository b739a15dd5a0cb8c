import dev.davit.auth.Credentials
import dev.davit.json.Document

params {
    description 'Prints the credentials that are known for a registry, as Docker\'s helper programs do'
    argument 'registry', 'a registry or a repository; the first line of standard input where nothing is said', optional: true
    example 'davit auth get ghcr.io | jq -r .Username', 'prints who you are there'
}

def known = credentials(params.registry ?: secretLine())
if (known.anonymous) {
    println 'credentials not found in native keychain'
    fail known
}
if (known instanceof Credentials.RegistryToken) fail 'what is known is a registry token, for which this form has no words'
boolean identity = known instanceof Credentials.IdentityToken
println Document.of(Username: identity ? '<token>' : known.user(), Secret: identity ? known.token() : known.password())
