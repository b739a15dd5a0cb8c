#!/usr/bin/env davit
// A JVM application in one jar, on a JRE.

params {
    description 'Puts a jar on a JRE'
    option 'jar', 'app/app.jar', 'the application', type: Path
    option 'base', 'localhost:5000/base/jre:21', 'JRE to run it on'
    option 'to', 'localhost:5000/jar:1.0', 'where to push'
}

println remote(params.base)
    .append { file params.jar, '/app/app.jar' }
    .withWorkdir('/app')
    .withUser('1000:1000')
    .withEntrypoint('java', '-jar', 'app.jar')
    .push(params.to)
