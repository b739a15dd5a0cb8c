params {
    description 'Gives an image one more tag in its repository'
    argument 'image', 'which image'
    argument 'tags', 'its new tag, or several', many: true
    example 'davit tag localhost:5000/site:1.2.3 1.2 1 latest', 'moves no layer'
}

params.tags.each { tag(params.image, it) }
