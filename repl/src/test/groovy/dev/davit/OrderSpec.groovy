package dev.davit

import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import dev.davit.blob.Digest
import org.jspecify.annotations.NullMarked
import spock.lang.Shared
import spock.lang.Specification

/** The order of the packages above the core, whose own order is in {@code ArchitectureSpec}. */
class OrderSpec extends Specification {

    /** What each package may import from, besides what those may import from. */
    static final Map<String, List<String>> ORDER = [
            dsl     : [],
            progress: [],
            proof   : ['dsl'],
            usage   : ['proof'],
            scripts : ['usage', 'progress'],
            repl    : ['scripts'],
    ]

    @Shared
    JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption { !it.contains(Digest.protectionDomain.codeSource.location.path) }
            .importPackages('dev.davit')

    def 'every package imports only from packages above it'() {
        expect:
        (all*.packageName as Set) == ORDER.keySet().collect { 'dev.davit.' + it } as Set
        outOfOrder(ORDER) == []
    }

    def 'every package says that null is the exception'() {
        expect:
        all*.package.unique().findAll { !it.isAnnotatedWith(NullMarked) } == []
    }

    def 'the rule finds what it is for'() {
        expect:
        outOfOrder(ORDER + [scripts: ['proof']]).any { it.contains('<dev.davit.usage.ExitCode') }
    }

    private List<String> outOfOrder(Map<String, List<String>> order) {
        all.collectMany { type ->
            def name = type.packageName - 'dev.davit.'
            def below = order.keySet().collect { 'dev.davit.' + it } - (above(name, order) + name).collect { 'dev.davit.' + it }
            type.directDependenciesFromSelf.findAll { it.targetClass.baseComponentType.packageName in below }*.description
        }
    }

    private static Set<String> above(String name, Map<String, List<String>> order) {
        order.getOrDefault(name, []).collectMany { [it] + above(it, order) }.toSet()
    }
}
