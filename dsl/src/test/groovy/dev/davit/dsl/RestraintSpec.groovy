package dev.davit.dsl

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.runtime.ResourceGroovyMethods

/** What a script does past the verbs, which a plan holds back. */
class RestraintSpec extends ScriptSpecification {

    static final String FIRST = 'import java.nio.file.*; import java.nio.channels.*; import static java.nio.file.Files.*; '
    static final String HELD = "is not written, as this is only a plan: say text '/path', '…' for text in a layer, or take a temporary file"

    Path there

    def setup() {
        write 'there', 'as it was'
        there = folder.resolve('there')
    }

    /** What the tree has, with times. */
    private List<String> tree() {
        Files.walk(folder).withCloseable { all ->
            all.filter { !it.startsWith(folder.resolve('cache')) }.map { "$it ${Files.isRegularFile(it) ? Files.readString(it) : ''} " +
                    "${Files.getLastModifiedTime(it)} ${Files.getPosixFilePermissions(it)}" as String }.sorted().toList()
        }
    }

    def 'a plan ends at what Groovy would write by itself: #said'() {
        given:
        def before = tree()

        when:
        def report = failure("$FIRST def f = new File('$there'); def p = f.toPath(); plan { ${said.replace('THERE', there as String)} }")

        then:
        report.startsWith("error: $there $HELD\n  --> test.groovy:1")
        tree() == before

        where:
        said << ["f.text = 'x'", "f << 'x'", "f.append('x')", "f.write('x')", "f.bytes = [1] as byte[]", "f.withWriter { it << 'x' }",
                "f.withWriterAppend { it << 'x' }", "f.withPrintWriter { it << 'x' }", "f.withOutputStream { it << 'x' }",
                "f.newWriter()", "f.newOutputStream()", "f.newPrintWriter()", "f.withDataOutputStream { it.writeInt 1 }",
                "f.delete()", "f.deleteDir()", "f.deleteOnExit()", "f.renameTo(new File('x'))", "f.renameTo('x')", "f.setLastModified(1)",
                "f.lastModified = 1", "f.setExecutable(true)", "f.executable = true", "f.setReadOnly()", "f.createNewFile()", "f.mkdir()", "f.mkdirs()",
                "f.createParentDirectories()", "f.setText('x', 'UTF-8')", "new File('THERE').setText('x')",
                "[f]*.delete()", "[f]*.text = 'x'", "f.&delete.call()", "['x'].each(f::setText)", "[p].each(Files::delete)", "[p].stream().forEach(Files::delete)",
                "f.\"\${'del' + 'ete'}\"()", "f.invokeMethod('setText', 'x')", "f.metaClass.invokeMethod(f, 'setText', 'x')",
                "f.with { text = 'x' }", "f.with { delete() }", "f.tap { setText('x') }", "f?.setText('x')", "f['text'] = 'x'",
                "Runnable r = () -> f.delete(); r.run()", "Thread.start { f.delete() }.join()", "[f].parallelStream().forEach { it.delete() }",
                "Files.write(p, [1] as byte[])", "Files.writeString(p, 'x')", "Files.delete(p)", "Files.deleteIfExists(p)", "Files.createFile(p)",
                "Files.createDirectory(p)", "Files.createDirectories(p)", "Files.createSymbolicLink(p, p)", "Files.createLink(p, p)",
                "Files.move(p, p.resolveSibling('x'))", "Files.copy(p.resolveSibling('y'), p)", "Files.copy(System.in, p)", "Files.newOutputStream(p)",
                "Files.newBufferedWriter(p)", "Files.newByteChannel(p, StandardOpenOption.WRITE)", "Files.setLastModifiedTime(p, null)",
                "Files.setPosixFilePermissions(p, [] as Set)", "Files.setAttribute(p, 'size', 1)", "writeString(p, 'x')",
                "FileChannel.open(p, StandardOpenOption.READ, StandardOpenOption.WRITE)", "Files.createTempFile(p, 'abc', '')", "File.createTempFile('abc', '', f)",
                "new FileOutputStream(f)", "new FileOutputStream('THERE', true)", "new FileWriter(f)", "new FileWriter(\"\$f\")", "new PrintWriter(f)",
                "new PrintWriter('THERE', 'UTF-8')", "new PrintStream(f)", "new RandomAccessFile(f, 'rw')", "new Formatter('THERE')",
                "FileWriter.newInstance(f)", "def n = FileWriter::new; n(f)", "new FileTreeBuilder(f).file('x', 'y')",
                "try { f.text = 'x' } catch (Exception e) { }", "plan { f.text = 'x' }"]

    }

    def 'a plan ends at what statically compiled classes would write: #statement'() {
        given:
        def before = tree()
        def script = "$FIRST @groovy.transform.CompileStatic class Helper { static void help(File f, Path p) { $statement } }\n" +
                "def f = new File('$there')\nplan { Helper.help(f, f.toPath()) }"

        when:
        compiled(script)

        then:
        def e = thrown(Restrained)
        ScriptError.of(e, new ScriptSource('test.groovy', script)).toString().startsWith("error: the file of $call $HELD\n  --> test.groovy:1")
        tree() == before

        where:
        statement                                     | call
        "f.text = 'x'"                                | 'ResourceGroovyMethods.setText'
        "f << 'x'"                                    | 'ResourceGroovyMethods.leftShift'
        'f.delete()'                                  | 'File.delete'
        'f.withWriter { }'                            | 'ResourceGroovyMethods.withWriter'
        "Files.writeString(p, 'x')"                   | 'Files.writeString'
        'new FileWriter(f)'                           | 'FileWriter.new'
        '[p].forEach(Files::delete)'                  | 'Files.delete'
        'FileChannel.open(p, StandardOpenOption.WRITE)' | 'FileChannel.open'
    }

    def 'a class that extends one that writes is held back too'() {
        when:
        compiled("class Log extends FileWriter { Log(String f) { super(f) } }\nplan { new Log('$there') }")

        then:
        thrown(Restrained)
        Files.readString(there) == 'as it was'
    }

    def 'a plan reads what it likes: #statement'() {
        expect:
        evaluate("$FIRST def f = new File('$there'); def p = f.toPath(); def read; plan { read = $statement }; read") == read

        where:
        statement                                                                              || read
        'f.text'                                                                               || 'as it was'
        'f.readLines()'                                                                        || ['as it was']
        'f.with { text }'                                                                      || 'as it was'
        "Files.readString(p)"                                                                  || 'as it was'
        "Files.newByteChannel(p).withCloseable { it.size() }"                                  || 9
        "FileChannel.open(p, StandardOpenOption.READ).withCloseable { it.size() }"             || 9
        "new RandomAccessFile(f, 'r').withCloseable { it.readLine() }"                         || 'as it was'
        "new FileReader(f).withCloseable { it.text }"                                          || 'as it was'
        "new ByteArrayOutputStream().with { Files.copy(p, it); it.toString() }"                || 'as it was'
        "new StringWriter().with { new PrintWriter(it).withCloseable { it << 'x' }; it.toString() }" || 'x'
        "new PrintStream(new ByteArrayOutputStream()).with { print 'x'; 1 }"                   || 1
        "f.eachLine { it }"                                                                    || 'as it was'
        "f.parentFile.list().contains('there')"                                                || true
        "new ProcessBuilder('true').command()"                                                 || ['true']
    }

    def 'a temporary file that a plan has made may be written: #made'() {
        expect:
        evaluate("$FIRST def read; plan { def f = $made; read = f }; read") == 'x'

        where:
        made << ["File.createTempFile('davit', '').with { text = 'x'; def t = text; delete(); t }",
                "Files.createTempFile('davit', '').toFile().with { it << 'x'; def t = text; delete(); t }",
                "Files.createTempDirectory('davit').toFile().with { def g = new File(it, 'a/b'); g.parentFile.mkdirs(); g.text = 'x'; def t = g.text; deleteDir(); t }",
                "File.createTempDir().with { new File(it, 'a').write('x'); def t = new File(it, 'a').text; deleteDir(); t }"]
    }

    def 'a plan runs no program unless it may: #run'() {
        given:
        def statement = run.replace('FOLDER', folder as String)

        expect:
        failure("plan { $statement }").startsWith("error: 'touch $folder/made' is not run, as a plan cannot tell what a program writes: " +
                "--programs, or plan(programs: true) { … }, lets it\n  --> test.groovy:1")
        Files.notExists(folder.resolve('made'))

        when:
        evaluate("plan(programs: true) { def p = $statement; p.waitFor() }")

        then:
        Files.exists(folder.resolve('made'))

        where:
        run << ["'touch FOLDER/made'.execute()", "\"touch \${'FOLDER'}/made\".execute()", "['touch', 'FOLDER/made'].execute()",
                "(['touch', 'FOLDER/made'] as String[]).execute()", "'touch FOLDER/made'.execute([], null)", "new ProcessBuilder('touch', 'FOLDER/made').start()",
                "Runtime.runtime.exec('touch FOLDER/made')", "['touch FOLDER/made']*.execute()[0]", "'touch FOLDER/made'.with { execute() }"]
    }

    def 'who does not plan writes as before, also while somebody plans'() {
        given:
        def planning = new CountDownLatch(1)
        def written = new CountDownLatch(1)
        def other = Thread.start {
            planning.await(30, TimeUnit.SECONDS)
            evaluate("new File('$there').text = 'x'; new FileWriter('$folder/y').withCloseable { it << 'y' }")
            written.countDown()
        }

        when:
        new Session(folder, [DAVIT_CACHE: folder.resolve('cache') as String], new PrintStream(out), new PrintStream(err)).withCloseable { session ->
            session.plan(folder, false) {
                planning.countDown()
                assert written.await(30, TimeUnit.SECONDS)
            }
        }
        other.join()
        there.toFile() << '!'

        then:
        Files.readString(there) == 'x!'
        Files.readString(folder.resolve('y')) == 'y'
    }

    def 'every method that Groovy has for files is known as one that writes or as one that reads'() {
        expect:
        (File.methods*.name + ResourceGroovyMethods.methods.findAll { it.parameterTypes && it.parameterTypes[0] == File }*.name).toUnique()
                .findAll { !RestrainedClass.WRITING.matcher(it).matches() } - READING == []
    }

    static final List<String> READING = '''asBoolean asType asWritable canExecute canRead canWrite compareTo createTempFile directorySize eachByte
            eachDir eachDirMatch eachDirRecurse eachFile eachFileMatch eachFileRecurse eachLine eachObject equals exists filterLine
            getAbsoluteFile getAbsolutePath getBaseName getBytes getCanonicalFile getCanonicalPath getClass getExtension getFreeSpace
            getName getParent getParentFile getPath getText getTotalSpace getUsableSpace hashCode isAbsolute isDirectory isFile isHidden
            lastModified length list listFiles listRoots newDataInputStream newInputStream newObjectInputStream newReader notify notifyAll
            readBytes readLines relativePath size splitEachLine toPath toString toURI toURL traverse wait withDataInputStream
            withInputStream withObjectInputStream withReader'''.split()

    /** Runs a script as the runner does. */
    private void compiled(String script) {
        def configuration = new CompilerConfiguration(scriptBaseClass: DavitScript.name, bytecodePostprocessor: new RestrainedCode())
        new Session(folder, [DAVIT_CACHE: folder.resolve('cache') as String], new PrintStream(out), new PrintStream(err)).withCloseable { session ->
            session.run { new GroovyShell(configuration).evaluate(script, 'test.groovy') }
        }
    }
}
