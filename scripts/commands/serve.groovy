params {
    description 'Serves a registry until it is interrupted'
    option 'address', 'localhost:0', 'HOST:PORT to listen at; :PORT for all addresses, port 0 for one that is free'
    option 'disk', 'folder to keep what is pushed in; memory of this run where nothing is said', type: Path
    example 'davit serve --address=:5000 --disk=registry', 'keeps its images in the folder registry'
}

def (name, number) = params.address.contains(':') ? params.address.split(':(?=[^:]*$)') as List : [params.address, '0']
if (!(number ==~ /\d{1,5}/)) fail "malformed --address '$params.address': expected HOST:PORT"
def registry = serve {
    host name ?: '0.0.0.0'
    port number as int
    if (params.disk) folder params.disk
}
stderr.println "serving on port ${registry.port()}"
Thread.currentThread().join()
