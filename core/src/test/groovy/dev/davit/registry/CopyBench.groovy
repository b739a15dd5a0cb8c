package dev.davit.registry

import dev.davit.Peers
import dev.davit.auth.Keychain
import dev.davit.blob.ContentStore
import dev.davit.image.Platform
import dev.davit.tar.RandomImage
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/**
 * Prints how long Davit takes for a job between two registries beside skopeo, with umoci where skopeo alone cannot do it:
 * as a command, and in a process that has done it before. In each round each does the job once, into a registry that
 * nobody has been to. Nothing is asserted about time. {@code scripts/davit} builds the command on first use.
 */
@Requires({ ['skopeo', 'umoci', RealRegistry.PROGRAM].every { Peers.has(it) } })
class CopyBench extends Specification {

    static final ROUNDS = Integer.getInteger('davit.bench.rounds', 7)
    static final DAVIT = Path.of(System.getProperty('davit.root'), 'scripts', 'davit')
    static final LARGE = 'large:1'
    static final SMALL = 'small:1'

    @Shared @TempDir Path folder
    @Shared @AutoCleanup RealRegistry source = RealRegistry.start()
    @Shared @AutoCleanup RegistryClient client = RegistryClient.create { it.keychain(Keychain.anonymous()).environment([:]) }

    def setupSpec() {
        def store = ContentStore.at(folder.resolve('store'), 0)
        [(LARGE): [250_000_000, 4], (SMALL): [20_000, 60]].each { name, said ->
            client.put("$source.host/$name", RandomImage.of(store, said[0], said[1], 1, Platform.of('linux', 'amd64')))
        }
        Files.writeString(folder.resolve('motd'), 'ahoy\n')
        Peers.run('tar', '-cf', folder.resolve('layer.tar'), '-C', folder, 'motd')
    }

    def 'copies: #job'() {
        when:
        def ratios = ratios(
                skopeo: { to -> skopeo("docker://$source.host/$image", "docker://$to/$image") },
                command: { to -> Peers.run(DAVIT, 'copy', "$source.host/$image", "$to/$image") },
                'warm process': { to -> client.put("$to/$image", client.get("$source.host/$image")) }) { to ->
            if (isThere) {
                client.put("$to/$image", client.get("$source.host/$image"))
            }
        }

        then:
        print(job, ratios)

        where:
        job                      | image | isThere
        'four layers of 250 MB'  | LARGE | false
        '60 layers of 20 kB'     | SMALL | false
        'what is there already'  | LARGE | true
    }

    def 'edits of four layers of 250 MB in a registry: #job'() {
        when:
        def ratios = ratios(
                skopeo: {
                    def layout = Files.createTempDirectory(folder, 'layout')
                    skopeo("docker://$source.host/$LARGE", "oci:$layout:x")
                    Peers.run('umoci', *theirs, '--image', "$layout:x", *(theirs[0] == 'raw' ? [folder.resolve('layer.tar')] : []))
                    skopeo("oci:$layout:x", "docker://$source.host/large:theirs")
                    layout.toFile().deleteDir()
                },
                command: { Peers.run(DAVIT, *ours(this)) })

        then:
        print(job, ratios)

        where:
        job               | theirs                               | ours
        'set a label'     | ['config', '--config.label', 'a=b']  | { ['mutate', '-l', 'a=b', '-t', "$it.source.host/large:ours", "$it.source.host/$LARGE"] }
        'append a layer'  | ['raw', 'add-layer']                 | { ['append', '-b', "$it.source.host/$LARGE", '-t', "$it.source.host/large:ours", '-f', it.folder.resolve('layer.tar')] }
    }

    private static void skopeo(String from, String to) {
        Peers.run('skopeo', 'copy', '--quiet', '--src-tls-verify=false', '--dest-tls-verify=false', from, to)
    }

    /** For each way but skopeo's, the parts of the time that skopeo took in the same round; the first round is not counted. */
    private static Map<String, List<Double>> ratios(Map<String, Closure> ways, Closure prepare = {}) {
        def rounds = (0..ROUNDS).collect { round ->
            def order = ways.keySet().toList()
            Collections.rotate(order, round)
            order.collectEntries { way ->
                RealRegistry.start().withCloseable { target ->
                    prepare(target.host)
                    long start = System.nanoTime()
                    ways[way](target.host)
                    [way, System.nanoTime() - start]
                }
            }
        }.tail()
        (ways.keySet() - 'skopeo').collectEntries { way -> [way, rounds.collect { it[way] / it.skopeo }.sort()] }
    }

    private static boolean print(String job, Map<String, List<Double>> ratios) {
        ratios.each { way, sorted ->
            println sprintf('%-24s %-14s %6.2f of the time of skopeo (%.2f to %.2f)', job, way,
                    sorted[sorted.size().intdiv(2)], sorted[0], sorted[-1])
        }
    }
}
