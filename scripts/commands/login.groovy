params {
    description 'Verifies a user and a password with a registry, and keeps them in Docker\'s configuration'
    argument 'registry', 'which registry; Docker Hub where nothing is said', optional: true
    option 'username', 'who you are', short: 'u', required: true
    option 'password', 'the password, which others on this machine can then see', short: 'p', secret: true
    flag 'password-stdin', 'read the password from standard input; where nothing is said, ask for it on the terminal'
    example 'pass show registry | davit login registry.example.com -u ann --password-stdin', 'takes the password from a pipe'
}

if (params.password != null && params.passwordStdin) fail '--password and --password-stdin do not go together'
if (params.password) stderr.println 'warning: others can see what stands on a command line; say --password-stdin'
def password = params.password != null ? params.password : params.passwordStdin ? secretLine() : secret('Password: ')
if (!params.username) fail 'the name of the user is empty'
if (!password) fail 'the password is empty'
def file = login(params.registry ?: 'docker.io', user: params.username, password: password)
stderr.println "logged in via $file"
