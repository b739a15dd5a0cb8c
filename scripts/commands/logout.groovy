params {
    description 'Removes the credentials for a registry from Docker\'s configuration'
    argument 'registry', 'which registry; Docker Hub where nothing is said', optional: true
    example 'davit logout registry.example.com', 'forgets what davit login kept'
}

def file = logout(params.registry ?: 'docker.io')
stderr.println "logged out via $file"
