package dev.davit.repl;

import groovy.lang.GroovySystem;
import groovy.lang.MetaMethod;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.codehaus.groovy.reflection.CachedMethod;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.metaclass.ReflectionMetaMethod;
import org.jspecify.annotations.Nullable;

/** What can be said after a dot: methods and properties, those of Groovy and of the DSL among them. */
final class Members {

    /** How a member is said. */
    enum Form { PROPERTY, CALL, CALL_WITH_ARGUMENTS }

    /** A property, or all methods of a name. */
    record Member(String name, Form form, Known result) { }

    private static final String OURS = "dev.davit.";

    private Members() {
    }

    /** Reads no property and calls no method. */
    static Collection<Member> of(Known known) {
        Map<String, Member> members = new LinkedHashMap<>();
        if (known.value() instanceof Class<?> type) {
            statics(type, members);
            return members.values();
        }
        if (known.value() instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key instanceof String name && name.matches("[A-Za-z_]\\w*")) {
                    add(members, name, Form.PROPERTY, value == null ? Known.ofType(Object.class) : Known.ofValue(value));
                }
            });
        }
        for (Class<?> type : targets(known.raw())) {
            extensions(type, known, members);
            own(type, known, members);
        }
        return members.values();
    }

    static Optional<Member> find(Known known, String name) {
        return of(known).stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** What brackets give: an element, or what the DSL gives, such as a file of an image. */
    static Optional<Known> inBrackets(Known known) {
        if (known.isListOrMap()) {
            return Optional.of(known.element());
        }
        return GroovySystem.getMetaClassRegistry().getMetaClass(known.raw()).getMetaMethods().stream()
                .filter(added -> added.getName().equals("getAt") && !added.isStatic()).map(Members::source)
                .filter(source -> source != null && isOurs(source.getDeclaringClass()))
                .map(source -> Known.ofType(source.getGenericReturnType())).findFirst();
    }

    /** What is an image or an index has, for now, what both have. */
    private static List<Class<?>> targets(Class<?> type) {
        List<Class<?>> targets = new ArrayList<>(List.of(type));
        if (type.isSealed() && isOurs(type)) {
            targets.addAll(List.of(type.getPermittedSubclasses()));
        }
        return targets;
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith(OURS);
    }

    private static void statics(Class<?> type, Map<String, Member> members) {
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers())) {
                method(members, method.getName(), method.getParameterCount() == 0,
                        Known.ofType(method.getGenericReturnType()));
            }
        }
        for (var field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers())) {
                add(members, field.getName(), Form.PROPERTY, Known.ofType(field.getGenericType()));
            }
        }
    }

    /** A class's getters first. */
    private static void own(Class<?> type, Known known, Map<String, Member> members) {
        Stream.of(type.getMethods()).filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic()
                        && method.getDeclaringClass() != Object.class && !isOf(Object.class, method))
                .sorted(gettersFirst(Method::getName))
                .forEach(method -> named(members, method.getName(), method.getParameterCount() == 0,
                        known.result(method.getGenericReturnType(), method.getDeclaringClass())));
    }

    /** The order in which Java tells methods is no order. */
    private static <M> Comparator<M> gettersFirst(Function<M, String> name) {
        return Comparator.comparing(method -> !name.apply(method).matches("(get|is)[A-Z].*"));
    }

    private static boolean isOf(Class<?> type, Method method) {
        try {
            type.getMethod(method.getName(), method.getParameterTypes());
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    /** What Groovy and the DSL add; to an image Groovy's own would only be noise. */
    private static void extensions(Class<?> type, Known known, Map<String, Member> members) {
        List<MetaMethod> all = new ArrayList<>(GroovySystem.getMetaClassRegistry().getMetaClass(type).getMetaMethods());
        all.sort(gettersFirst(MetaMethod::getName));
        for (MetaMethod added : all) {
            // What Groovy adds to every object is of little use to any.
            if (added.isStatic() || added.getDeclaringClass().getTheClass() == Object.class) {
                continue;
            }
            Method source = source(added);
            if (!isOurs(type) || source != null && isOurs(source.getDeclaringClass())) {
                Known result = source == null ? Known.ofType(added.getReturnType())
                        : known.result(source.getGenericReturnType(), source.getGenericParameterTypes()[0]);
                named(members, added.getName(), added.getParameterTypes().length == 0, result);
            }
        }
    }

    private static @Nullable Method source(MetaMethod added) {
        if (added instanceof ReflectionMetaMethod reflected
                && reflected.getCachedMethod() instanceof CachedMethod cached) {
            return cached.getCachedMethod();
        }
        Class<?>[] taken = added.getNativeParameterTypes();
        for (Method method : Groovy.METHODS) {
            if (method.getName().equals(added.getName()) && method.getParameterCount() == taken.length + 1
                    && method.getParameterTypes()[0] == added.getDeclaringClass().getTheClass()) {
                return method;
            }
        }
        return null;
    }

    /** Groovy's methods for everything; a class of their own as they are looked up only when Tab is pressed. */
    private static final class Groovy {
        static final Method[] METHODS = DefaultGroovyMethods.class.getMethods();
    }

    private static void named(Map<String, Member> members, String name, boolean bare, Known result) {
        if (name.contains("$") || name.equals("getAt") || name.equals("putAt")) {
            return;
        }
        boolean getter = bare && (name.matches("get[A-Z].*") || name.matches("is[A-Z].*") && result.raw() == boolean.class);
        if (getter) {
            String property = name.substring(name.startsWith("is") ? 2 : 3);
            add(members, property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1), Form.PROPERTY, result);
        } else {
            method(members, name, bare, result);
        }
    }

    private static void method(Map<String, Member> members, String name, boolean bare, Known result) {
        add(members, name, bare ? Form.CALL : Form.CALL_WITH_ARGUMENTS, result);
    }

    /** A property hides methods of its name; a method that takes something in one form is offered so. */
    private static void add(Map<String, Member> members, String name, Form form, Known result) {
        members.merge(name, new Member(name, form, result), (known, more) ->
                known.form() == Form.CALL && more.form() == Form.CALL_WITH_ARGUMENTS
                        ? new Member(name, more.form(), known.result()) : known);
    }
}
