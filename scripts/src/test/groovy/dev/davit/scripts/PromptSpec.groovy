package dev.davit.scripts

import dev.davit.Peers
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.util.concurrent.TimeUnit
import spock.lang.AutoCleanup
import spock.lang.Requires

/** The process on a terminal, which the program script makes. */
@Requires({ Peers.has('script') })
class PromptSpec extends RunnerSpecification {

    @AutoCleanup RegistryServer server = RegistryServer.start { it.credentials('ann', 'hunter2') }

    def 'login asks for the password on the terminal, which does not show it'() {
        given:
        def java = "${System.getProperty('java.home')}/bin/java"
        def builder = new ProcessBuilder('script', '-qec', "$java -cp '${System.getProperty('java.class.path')}' -Ddavit.home=" +
                "'${System.getProperty('davit.home')}' dev.davit.scripts.Runner login ${server.address()} -u ann", '/dev/null')
        builder.environment().putAll(DOCKER_CONFIG: folder as String, DAVIT_CACHE: cache as String)
        def process = builder.redirectErrorStream(true).start()
        def seen = new StringBuilder()

        when:
        int read
        while (!seen.toString().contains('Password: ') && (read = process.inputStream.read()) >= 0) {
            seen << (char) read
        }
        process.outputStream.withCloseable { it << 'hunter2\n' }
        seen << process.inputStream.text

        then:
        process.waitFor(60, TimeUnit.SECONDS)
        seen.toString().readLines().last() == "logged in via $folder/config.json"
        !seen.toString().contains('hunter2')
        Files.readString(folder.resolve('config.json')).contains('ann:hunter2'.bytes.encodeBase64() as String)

        cleanup:
        process.destroy()
    }
}
