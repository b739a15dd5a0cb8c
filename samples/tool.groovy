#!/usr/bin/env davit
// A program for several platforms: one index, one push.

params {
    description 'Puts a program for each platform on its base'
    option 'base', 'localhost:5000/base/alpine:3.20', 'index to start from'
    option 'platforms', 'linux/amd64,linux/arm64', 'which of its images'
    option 'to', 'localhost:5000/tool:1.0', 'where to push'
}

println remote(params.base, params.platforms)
    .append { platform -> file "tool/$platform.architecture/tool", '/usr/bin/tool', mode: 0755 }
    .withEntrypoint('/usr/bin/tool')
    .push(params.to)
