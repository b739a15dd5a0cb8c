#!/usr/bin/env davit
// A static site and its nginx configuration on top of a base.

params {
    description 'Puts a static site on nginx'
    option 'base', 'localhost:5000/base/nginx:1.27', 'image to start from'
    option 'to', 'localhost:5000/site:1.0', 'where to push'
}

def site = layer {
    dir  'site', '/usr/share/nginx/html'
    file 'nginx.conf', '/etc/nginx/nginx.conf', mode: 0644
}

println remote(params.base)
    .append(site)
    .withPort(8080)
    .withLabel('org.opencontainers.image.title': 'site')
    .push(params.to)
