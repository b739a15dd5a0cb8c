#!/usr/bin/env davit
// A JVM application with what changes seldom apart from what changes often, so that a new build moves only its own classes.

params {
    description 'Puts an application on a JRE, its libraries apart from its classes'
    argument 'folder', 'has the folders libs, resources and classes', type: Path
    option 'main', 'Main', 'class to run'
    option 'base', 'docker.io/library/eclipse-temurin:21-jre', 'JRE to run it on'
    option 'to', 'localhost:5000/app:1.0', 'where to push'
}

def part = { name -> layer { dir params.folder.resolve(name), "/app/$name" } }

println remote(params.base)
    .append(part('libs'), part('resources'), part('classes'))
    .withWorkdir('/app')
    .withUser('1000:1000')
    .withEntrypoint('java', '-cp', '/app/resources:/app/classes:/app/libs/*', params.main)
    .push(params.to)
