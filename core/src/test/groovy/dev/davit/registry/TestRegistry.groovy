package dev.davit.registry

import dev.davit.server.RegistryServer

/** The registry that a spec talks to. */
interface TestRegistry extends Closeable {

    /** Its name in references. */
    String getHost()

    static TestRegistry embedded() {
        def server = RegistryServer.start()
        new TestRegistry() {
            String getHost() {
                server.address()
            }

            void close() {
                server.close()
            }
        }
    }
}
