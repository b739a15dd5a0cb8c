package dev.davit.scripts

import dev.davit.image.Artifact
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.registry.RegistryClient
import dev.davit.server.RegistryServer
import spock.lang.AutoCleanup
import spock.lang.Shared

/**
 * Runs commands against an embedded registry, which is REGISTRY in what they are given and what they print. It has
 * {@code one:1} for linux/amd64 and {@code both:1} for linux/arm64, too.
 */
abstract class CommandSpecification extends RunnerSpecification {

    static final ONE = 'sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105'
    static final ARM = 'sha256:5b6c8dc004b566eaef2fddaa58a393ebb2d01b7ea60cb3599a4e4fda2c2980e1'
    static final BOTH = 'sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7'

    @Shared @AutoCleanup
    RegistryServer server = RegistryServer.start()

    @Shared @AutoCleanup
    RegistryClient client = RegistryClient.create()

    def setup() {
        def one = Image.scratch(Platform.parse('linux/amd64'))
        put('one:1', one)
        put('both:1', Index.of([one, Image.scratch(Platform.parse('linux/arm64'))]))
    }

    void put(String name, Artifact artifact) {
        client.put("${server.address()}/$name", artifact)
    }

    Artifact get(String name) {
        client.get("${server.address()}/$name")
    }

    @Override
    String davit(Object... words) {
        super.davit(*words*.toString()*.replace('REGISTRY', server.address())).replace(server.address(), 'REGISTRY')
    }

    /** The words of a line, as a shell without quotes would have it. */
    String run(String line) {
        davit(*line.split(' '))
    }
}
