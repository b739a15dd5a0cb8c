#!/usr/bin/env davit
// A JVM application, what changes seldom apart from what changes often: a new build moves only its own classes.

params {
    description 'Puts an application on a JRE, its libraries apart from its classes'
    option 'app', 'app', 'folder that has the folders libs, resources and classes', type: Path
    option 'main', 'Main', 'class to run'
    option 'base', 'localhost:5000/base/jre:21', 'JRE to run it on'
    option 'to', 'localhost:5000/layered:1.0', 'where to push'
}

def part = { name -> layer { dir "$params.app/$name", "/app/$name" } }

println remote(params.base)
    .append(part('libs'), part('resources'), part('classes'))
    .withWorkdir('/app')
    .withUser('1000:1000')
    .withEntrypoint('java', '-cp', 'resources:classes:libs/*', params.main)
    .push(params.to)
