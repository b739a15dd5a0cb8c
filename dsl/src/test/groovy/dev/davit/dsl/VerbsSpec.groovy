package dev.davit.dsl

import groovy.lang.Script
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import spock.lang.Specification

class VerbsSpec extends Specification {

    def 'each verb of scripts, images and indexes has a group, its forms and a description'() {
        given:
        def groups = [SourceVerbs, LayerVerbs, IndexVerbs, ConfigVerbs, LookVerbs, CheckVerbs, SinkVerbs, RegistryVerbs,
                      ConnectionVerbs, CredentialVerbs, DavitScript].collect { methods(it) }

        expect: 'as many forms as there are methods'
        Verbs.all()*.name().toSorted() == groups.collectMany { it*.name.collect { name -> said(name) }.toUnique() }.toSorted()
        Verbs.all().sum { it.forms().size() } == groups.sum { it.size() }
        Verbs.all().every { it.group() && it.forms().every { form -> form.description() ==~ /[A-Z].*\.( .*)?/ } }
    }

    private static List<Method> methods(Class<?> type) {
        type.declaredMethods.findAll {
            Modifier.isPublic(it.modifiers) && !it.synthetic && it.name != 'getAt' && !Script.methods*.name.contains(it.name)
        }
    }

    /** A getter is said as a property. */
    private static String said(String method) {
        method ==~ /get[A-Z].*/ ? method[3].toLowerCase() + method.substring(4) : method
    }

    def 'verbs of a group stand together, the sources first'() {
        given:
        def groups = Verbs.all()*.group()

        expect:
        groups.indexed().findAll { i, group -> i == 0 || groups[i - 1] != group }.values().toList() ==
                groups.toUnique()
        groups.first() == 'Sources'
        Verbs.all().first().name() == 'remote'
    }

    def 'a form is told as one says it'() {
        expect:
        Verbs.find(name).get().forms()*.toString() == forms

        where:
        name       || forms
        'append'   || ['.append(Layer... layers) -> Artifact', '.append(List<Layer> layers) -> Artifact',
                       '.append { … } -> Artifact']
        'withEnv'  || ['.withEnv(Map variables) -> Artifact', '.withEnv(String name, value) -> Artifact']
        'withCmd'  || ['.withCmd(words...) -> Artifact']
        'files'    || ['.files -> List<Entry>', '.files(path) -> List<Entry>', '.files(Map options, path) -> List<Entry>']
        'delete'   || ['delete(reference)']
        'hub'      || ['hub -> DockerHub']
        'save'     || ['.save(path) -> Artifact', '.save(path, name) -> Artifact', '.save(Map options, path) -> Artifact',
                       '.save(Map options, path, name) -> Artifact', 'save(path, Map<String, ? extends Artifact> images)',
                       'save(Map options, path, Map<String, ? extends Artifact> images)']
    }

    def 'a description is plain text, and a summary its first sentence'() {
        expect:
        Verbs.find('remote').get().summary() == 'The image or the index that a reference names in its registry.'
        Verbs.find('scratch').get().summary() == 'An image with nothing in it, for linux on amd64.'
    }
}
