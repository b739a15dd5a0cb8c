package dev.davit.dsl

import java.nio.file.Files
import java.nio.file.Path
import org.codehaus.groovy.control.CompilerConfiguration
import spock.lang.Specification
import spock.lang.TempDir

/** Runs scripts in a session of their own. */
abstract class ScriptSpecification extends Specification {

    @TempDir
    Path folder

    def out = new ByteArrayOutputStream()
    def err = new ByteArrayOutputStream()
    Map<String, String> environment = [:]

    Object evaluate(String script, Gate gate = null) {
        def variables = [DAVIT_CACHE: folder.resolve('cache') as String, HOME: folder as String] + environment
        try (def session = new Session(folder, variables, new PrintStream(out), new PrintStream(err))) {
            if (gate) {
                session.gate(gate)
            }
            def shell = new GroovyShell(new CompilerConfiguration(scriptBaseClass: DavitScript.name))
            return session.run { shell.evaluate(script, 'test.groovy') }
        }
    }

    /** The report of a script that fails. */
    String failure(String script) {
        try {
            evaluate(script)
        } catch (Throwable e) {
            return ScriptError.of(e, new ScriptSource('test.groovy', script)).toString()
        }
        throw new AssertionError((Object) 'the script did not fail')
    }

    void write(String path, String text) {
        def file = folder.resolve(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }
}
