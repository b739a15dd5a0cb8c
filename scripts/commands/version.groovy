import dev.davit.scripts.Version

params {
    description 'Prints which Davit this is'
    example 'davit version', 'prints one line'
}

println Version.TEXT
