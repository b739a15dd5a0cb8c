params {
    description 'Serves a registry until it is interrupted'
    option 'address', 'HOST:PORT to listen at; :PORT for all addresses, port 0 for one that is free. Where nothing is said, ' +
        ':$PORT if that variable is set, else localhost:0'
    option 'disk', 'folder to keep what is pushed in; where nothing is said, it goes at the end', type: Path
    flag 'blobs-to-disk', 'keep blobs in files while it runs, as is done anyway: nothing large is in memory'
    example 'davit serve --address=:5000 --disk=registry', 'keeps its images in the folder registry'
}

def number = session().environment().PORT
def registry = serve {
    address params.address ?: number ? ":$number" : 'localhost:0'
    if (params.disk) folder params.disk
}
stderr.println "serving on port ${registry.port()}"
Thread.currentThread().join()
