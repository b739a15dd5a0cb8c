package dev.davit

import com.tngtech.archunit.core.domain.JavaClass
import com.tngtech.archunit.core.domain.JavaClasses
import com.tngtech.archunit.core.domain.JavaCodeUnit
import com.tngtech.archunit.core.domain.JavaModifier
import com.tngtech.archunit.core.importer.ClassFileImporter
import com.tngtech.archunit.core.importer.ImportOption
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition
import groovy.transform.CompileStatic
import org.jspecify.annotations.NullMarked
import spock.lang.Shared
import spock.lang.Specification
import tools.jackson.core.JacksonException
import tools.jackson.core.JsonParser

/** The order of the packages, and what holds for all of them. A package that is not in the order yet has to be put there. */
class ArchitectureSpec extends Specification {

    /** What each package may import from, besides what those may import from. */
    static final Map<String, List<String>> ORDER = [
            blob    : [],
            json    : ['blob'],
            ref     : ['blob', 'json'],
            image   : ['json', 'ref'],
            tar     : ['image'],
            edit    : ['tar'],
            validate: ['tar'],
            look    : ['tar'],
            policy  : ['look', 'validate'],
            auth    : ['ref'],
            registry: ['validate', 'auth'],
            layout  : ['validate'],
            archive : ['validate'],
            daemon  : ['archive'],
            server  : ['blob', 'ref'],
    ]

    @Shared
    JavaClasses core = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages('dev.davit')

    def 'every package imports only from packages above it'() {
        expect:
        outOfOrder(ORDER) == []
    }

    def 'packages have no cycle'() {
        expect:
        SlicesRuleDefinition.slices().matching('dev.davit.(**)').should().beFreeOfCycles().evaluate(core)
                .failureReport.details == []
    }

    def 'nobody has to know a third party to use the core'() {
        expect:
        core.collectMany { foreignTypes(it) } == []
    }

    def 'the core does not print, and does not end the process'() {
        expect:
        core.collectMany { outlets(it) } == []
    }

    def 'every package says that null is the exception'() {
        expect:
        core*.package.unique().findAll { !it.isAnnotatedWith(NullMarked) } == []
    }

    def 'the rules find what they are for'() {
        given:
        def offender = new ClassFileImporter().importClass(Offender)

        expect:
        outOfOrder(ORDER + [json: []]).any { it.contains('<dev.davit.blob.Digest') }
        outOfOrder(ORDER.findAll { it.key != 'ref' }).any { it.startsWith('dev.davit.ref is not in the order') }
        foreignTypes(offender)*.replaceAll(/.*: /, '').containsAll(
                ['tools.jackson.core.JsonParser', 'tools.jackson.core.JacksonException', 'groovy.lang.GroovyObject'])
        outlets(offender)*.replaceAll(/.*: /, '').toSet() ==
                ['java.lang.System.out', 'java.lang.System.exit', 'java.lang.Exception.printStackTrace'].toSet()
    }

    @CompileStatic
    static class Offender {

        public List<JsonParser> parsers = []

        protected void fail() throws JacksonException {
            try {
                System.out.flush()
                System.exit(1)
            } catch (Exception e) {
                e.printStackTrace()
            }
        }
    }

    private List<String> outOfOrder(Map<String, List<String>> order) {
        core.collectMany { type ->
            def name = part(type)
            if (!order.containsKey(name)) {
                return ["dev.davit.$name is not in the order: ${type.name}".toString()]
            }
            def allowed = above(name, order) + name
            type.directDependenciesFromSelf.findAll { part(it.targetClass) && !(part(it.targetClass) in allowed) }*.description
        }
    }

    private static Set<String> above(String name, Map<String, List<String>> order) {
        order.getOrDefault(name, []).collectMany { [it] + above(it, order) }.toSet()
    }

    /** The part of the package name after {@code dev.davit}; null for classes of others. */
    private static String part(JavaClass type) {
        type.baseComponentType.packageName.startsWith('dev.davit') ?
                type.baseComponentType.packageName.drop('dev.davit.'.size()).split(/\./)[0] : null
    }

    private static List<String> foreignTypes(JavaClass type) {
        if (!isOpen(type)) {
            return []
        }
        def members = type.members.findAll { isOpen(it.modifiers) }
        def types = members.collectMany { member ->
            def thrown = member instanceof JavaCodeUnit ? member.exceptionTypes : []
            (member.allInvolvedRawTypes + thrown).collect { [member.fullName, it] }
        } + (type.allRawSuperclasses + type.allRawInterfaces).collect { [type.name, it] }
        types.findAll { where, used -> isForeign(used.baseComponentType) }
                .collect { where, used -> "$where: ${used.baseComponentType.name}".toString() }
    }

    private static boolean isForeign(JavaClass type) {
        !type.primitive && !['java.', 'javax.', 'dev.davit.'].any { type.name.startsWith(it) }
    }

    private static boolean isOpen(JavaClass type) {
        isOpen(type.modifiers) && type.enclosingClass.map { isOpen(it) }.orElse(true)
    }

    private static boolean isOpen(Set<JavaModifier> modifiers) {
        modifiers.any { it in [JavaModifier.PUBLIC, JavaModifier.PROTECTED] } && !(JavaModifier.SYNTHETIC in modifiers)
    }

    private static List<String> outlets(JavaClass type) {
        type.accessesFromSelf.findAll { access ->
            def owner = access.targetOwner
            owner.isEquivalentTo(System) && access.name in ['out', 'err', 'exit'] ||
                    owner.isEquivalentTo(Runtime) && access.name in ['exit', 'halt'] ||
                    owner.isAssignableTo(Throwable) && access.name == 'printStackTrace'
        }.collect { "${it.originOwner.name}: ${it.targetOwner.name}.$it.name".toString() }
    }
}
