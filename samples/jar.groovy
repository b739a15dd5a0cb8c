#!/usr/bin/env davit
// A JVM application in one jar, on a JRE.

params {
    description 'Puts a jar on a JRE'
    argument 'jar', 'the application', type: Path
    option 'base', 'docker.io/library/eclipse-temurin:21-jre', 'JRE to run it on'
    option 'to', 'localhost:5000/app:1.0', 'where to push'
}

println remote(params.base)
    .append { file params.jar, '/app/app.jar' }
    .withWorkdir('/app')
    .withUser('1000:1000')
    .withEntrypoint('java', '-jar', 'app.jar')
    .push(params.to)
