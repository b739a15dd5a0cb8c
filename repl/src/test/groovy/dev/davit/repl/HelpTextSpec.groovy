package dev.davit.repl

import dev.davit.dsl.Verbs
import spock.lang.Specification

class HelpTextSpec extends Specification {

    def 'all verbs are told by their groups, one line each, and what the shell itself understands'() {
        when:
        def lines = HelpText.all(100, new Ink(false)).readLines()

        then:
        lines.findAll { it ==~ /\w.*/ && !it.startsWith('help ') } ==
                Verbs.all()*.group().unique() + ['Shell']
        lines.findAll { it.startsWith('  ') }.collect { it.split()[0] } ==
                Verbs.all()*.name() + ['help', 'recipe', ':trace', 'quit', '_']
        lines.every { it.length() <= 100 }
    }

    def 'help about a verb tells its forms, what they give and what they do'() {
        expect:
        HelpText.of('withEnv', 60, new Ink(false)) == '''\
            .withEnv(Map variables) -> Artifact
                Sets environment variables; one that is there keeps its
                place.
            .withEnv(String name, value) -> Artifact
                Sets one environment variable.'''.stripIndent()
    }

    def 'help about a verb with a block tells what may be said in that'() {
        expect:
        HelpText.of('index', 60, new Ink(false)) == '''\
            index { … } -> Index
                An index of what the block adds.
                In its block: add.'''.stripIndent()
    }

    def 'help about what is no verb suggests one'() {
        expect:
        HelpText.of('apend', 60, new Ink(false)) == "there is no verb 'apend'; did you mean 'append'?"
    }

    def '"#line" is #command'() {
        expect:
        Command.parse(line).map { [it.name(), it.argument()] }.orElse([]) == command

        where:
        line              || command
        'help'            || [Command.Name.HELP, '']
        ':help'           || [Command.Name.HELP, '']
        "help 'append'"   || [Command.Name.HELP, 'append']
        'help("append")'  || [Command.Name.HELP, 'append']
        ':help append'    || [Command.Name.HELP, 'append']
        'recipe'          || [Command.Name.RECIPE, '']
        "recipe 'a.groovy'" || [Command.Name.RECIPE, 'a.groovy']
        "recipe('a.groovy', replace: true)" || [Command.Name.RECIPE, 'a.groovy']
        'recipe = 1'      || []
        'recipes'         || []
        ':trace'          || [Command.Name.TRACE, '']
        'exit'            || [Command.Name.QUIT, '']
        'quit()'          || [Command.Name.QUIT, '']
        ':quit'           || [Command.Name.QUIT, '']
        'trace'           || []
        'help = 1'        || []
        'helpful'         || []
        'exits(1)'        || []
        ':nothing'        || []
    }
}
