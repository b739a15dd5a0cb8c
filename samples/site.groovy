#!/usr/bin/env davit
// Puts a static site and its nginx configuration on top of a base image.

params {
    description 'Puts a static site on top of a base image'
    option 'base', 'localhost:5000/debian:bookworm', 'image to start from'
    option 'to', 'localhost:5000/site:1.0', 'where to push'
}

def site = layer {
    dir  'site', '/usr/share/nginx/html'
    file 'nginx.conf', '/etc/nginx/nginx.conf', mode: 0644
    text '/etc/motd', "hello\n"
}

println remote(params.base)
    .append(site)
    .withEnv(NGINX_PORT: '8080')
    .withLabel('a', 'b')
    .push(params.to)
