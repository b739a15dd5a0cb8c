package dev.davit.scripts

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** What the README's comparison says that Davit has, a feature of a spec shows. */
class FeaturesSpec extends Specification {

    static final Path ROOT = Path.of(System.getProperty('davit.root'))

    /** A row of the table, and the spec and its feature that show it. */
    static final Map<String, List<String>> SHOWN = [
            'OCI layout directories': ['OciLayoutSpec', 'skopeo, umoci and buildah read what was written'],
            'OCI layouts in an archive': ['PeersSpec', 'skopeo reads what was written as an OCI archive, and its digests stay'],
            'Docker engine of the machine': ['DaemonSpec', 'an image that was loaded comes back: #store'],
            'many images in one bundle': ['BundleCommandsSpec', 'a bundle has what its images share once, and a later one only what has come since'],
            'layer of a directory': ['LayerBuilderSpec', 'a directory with settings is written with all that is in it'],
            'files of another image': ['CopyFromSpec', 'a directory comes with all that is in it, and nothing else'],
            'environment, labels and so on: set': ['CommandsSpec', 'mutate changes what it is told, in every image of an index'],
            'environment, labels and so on: removed': ['ImageEditorSpec', 'an edit changes what it is about and leaves every other byte: #change'],
            'unknown JSON fields stay': ['FidelitySpec', 'what an edit is not about stays: #name'],
            'every platform of an index at once': ['LanguageSpec', 'a verb on an index changes every image of it'],
            'files in layers changed or removed': ['MapFilesSpec', 'a change of one entry is seen there, and all others stay: #change'],
            'another base: rebase': ['RebaseSpec', 'the layers and the history of the old base make way for those of the new one'],
            'one layer: flatten': ['SquashSpec', 'all layers become one with the same files: #name'],
            'gzip to zstd and back': ['RecompressSpec', 'layers are packed in another way, and what they hold stays: #codec'],
            'files listed': ['LookCommandsSpec', 'files: #words'],
            'one file read': ['LookCommandsSpec', 'cat: #words'],
            'two images compared by config': ['DifferenceSpec', 'two images are compared in manifest, config, layers and files'],
            'two images compared by files': ['ComparisonSpec', 'a change of #what is told'],
            'two images compared by packages': ['DifferenceSpec', 'packages are compared where a database of theirs may have changed: #path'],
            'several accounts in one registry': ['AuthSpec', 'two repositories of one registry may have different credentials'],
            'mirrors': ['MirrorSpec', 'what a mirror has comes from there, and is of the registry all the same'],
            'downloads go on where they broke off': ['FaultSpec', 'a download that breaks off goes on from where it stopped'],
            'uploads go on in chunks': ['ResumeSpec', 'an upload that the registry has forgotten begins anew, in chunks'],
            'referrers listed and copied': ['ReferrersSpec', 'it is copied with what it is attached to'],
            'synchronised repositories': ['BundleCommandsSpec', 'sync copies only what is not there, by pattern, and prints it'],
            'a registry in the process, for tests': ['RegistryServerSpec', 'an interceptor may answer instead of the registry'],
            'scripts in a language with an API of its own': ['LanguageSpec', 'a recipe builds, pushes, reads back and looks inside'],
            'a run that writes nothing': ['PlanSpec', 'a plan of any verb sends nothing that could change something, and writes no file: #verb'],
            'lock of inputs and outputs': ['LockSpec', 'an input that changes is named, and nothing is pushed'],
            'proof by building again': ['ProveSpec', 'a reproducible recipe is the same under all conditions, and nothing is pushed or written'],
            '`SOURCE_DATE_EPOCH`': ['EpochSpec', 'what a recipe makes has the time of SOURCE_DATE_EPOCH, but for times that it says itself: #epoch'],
            'gzip bytes that no runtime changes': ['GzipSpec', '#level makes the same of #what for ever, on any number of threads'],
            'rules for what is in an image': ['PolicySpec', 'each rule finds what it is for, and says image, layer and file'],
            'interactive shell': ['ShellSpec', 'shows the value of a line, and of an assignment none'],
            "completion of a registry's tags": ['ReferenceCompletionSpec', 'in "#before" the registry has #exactly'],
            'library for Java': ['ClientExampleSpec', 'the example of the package runs: it asks, lists, pushes a blob and pulls it'],
    ]

    /** The cells of each row that is no heading. */
    static List<List<String>> rows() {
        def section = Files.readString(ROOT.resolve('README.md')).split(/(?m)^## /).find { it.startsWith('How it compares\n') }
        section.readLines().findAll { it.startsWith('| ') }*.split(/\|/)*.collect { it.trim() }*.drop(1).findAll { it[1] && it[0] }
    }

    def 'a row says yes, no or partly of each'() {
        expect:
        rows().every { it.size() == 6 && it[1] in ['yes', 'no', 'partly'] && it.drop(2).every { it ==~ /yes|no|partly[¹²³⁴]?|–/ } }
    }

    def 'each row that Davit has is here, and no other'() {
        expect:
        rows().findAll { it[1] != 'no' }*.first() == SHOWN.keySet() as List
    }

    def 'a spec shows: #row'() {
        given:
        def sources = ['core', 'dsl', 'scripts', 'repl'].collectMany { module ->
            Files.walk(ROOT.resolve("$module/src/test/groovy")).withCloseable { files ->
                files.filter { it.fileName as String == "${spec}.groovy" }.toList()
            }
        }

        expect:
        sources.size() == 1
        Files.readString(sources[0]).contains("    def '$feature'() {")

        where:
        row << SHOWN.keySet()
        spec = SHOWN[row][0]
        feature = SHOWN[row][1]
    }
}
