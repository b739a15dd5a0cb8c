package dev.davit.dsl

import dev.davit.edit.Append
import dev.davit.edit.ImageEditor
import dev.davit.image.Artifact
import dev.davit.image.Edit
import dev.davit.image.Image
import dev.davit.image.Index
import java.lang.reflect.Modifier
import java.nio.file.FileSystems
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** What the core can do to an image, a script can say. */
class ParitySpec extends Specification {

    /** The verbs of each edit. A new edit has to be put here. */
    static final Map<String, List<String>> VERBS = [
            Append    : ['append'],
            Canonical : ['canonical'],
            Clamp     : ['copyFrom', 'flatten', 'squash'],
            Convert   : ['withMediaTypes'],
            CopyFrom  : ['copyFrom'],
            DropLayer : ['dropLayer'],
            MapFiles  : ['mapFiles'],
            Rebase    : ['rebase'],
            Recompress: ['withCompression'],
            Retime    : ['withTime'],
            Squash    : ['flatten', 'squash'],
    ]

    /** Changes of the documents themselves: a script calls them on the image as they are, and needs no verb for them. */
    static final List<String> LEFT_OUT = ['withConfig', 'withLayers', 'withManifest', 'withMoreLayers']

    def 'every edit has its verbs'() {
        expect:
        edits()*.simpleName == VERBS.keySet() as List
        VERBS.values().flatten().findAll { !Verbs.find(it).present } == []
    }

    def 'every change that an editor takes is also a verb of its own'() {
        given:
        def verbs = changes(ImageEditor).collect { it.startsWith('without') ? it : "with${it.capitalize()}".toString() }

        expect:
        verbs.size() > 20
        verbs.findAll { !Verbs.find(it).present } == []
    }

    def 'every other change of an image or an index is listed'() {
        expect:
        [Artifact, Image, Index].collectMany { changes(it) }.findAll { it.startsWith('with') }.unique().sort() == LEFT_OUT
    }

    private static List<String> changes(Class<?> type) {
        type.declaredMethods.findAll { Modifier.isPublic(it.modifiers) && !Modifier.isStatic(it.modifiers) && !it.synthetic }*.name.unique().sort()
    }

    private static List<Class<?>> edits() {
        def place = Path.of(Append.protectionDomain.codeSource.location.toURI())
        def names = Files.isDirectory(place) ? classes(place)
                : FileSystems.newFileSystem(place).withCloseable { classes(it.getPath('/')) }
        names.collect { Class.forName("dev.davit.edit.$it") }
                .findAll { Modifier.isPublic(it.modifiers) && Edit.isAssignableFrom(it) }.sort { it.simpleName }
    }

    private static List<String> classes(Path root) {
        Files.list(root.resolve('dev/davit/edit')).withCloseable { files ->
            files.toList()*.fileName*.toString().findAll { it.endsWith('.class') && !(it =~ /-/) }.collect { it - '.class' }
        }
    }
}
