package dev.davit.dsl;

import groovy.lang.DelegatingMetaClass;
import groovy.lang.GroovySystem;
import groovy.lang.MetaClass;
import groovy.lang.MetaClassRegistry;
import groovy.lang.MetaMethod;
import groovy.util.FileTreeBuilder;
import java.io.File;
import java.io.FileOutputStream;
import java.io.FileWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.Formatter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * A class of the JDK that writes files or runs programs, as Groovy calls it: nothing else than before, but under a
 * {@link Restraint}. Calls from Java do not come here.
 */
final class RestrainedClass extends DelegatingMetaClass {

    /** Methods of files and of {@link Files} that write, those that Groovy adds included. */
    static final Pattern WRITING = Pattern.compile("(append|copy|create(?!Temp)|delete|leftShift|mkdir|move|rename|set(?!MetaClass)"
            + "|write).*|(new|with).*(OutputStream|Writer).*");

    /** What opens a file when it is made. */
    static final Set<Class<?>> OPENING = new LinkedHashSet<>(List.of(FileOutputStream.class, FileWriter.class, PrintWriter.class,
            PrintStream.class, RandomAccessFile.class, Formatter.class, FileTreeBuilder.class));

    private static final Pattern OPEN = Pattern.compile("open|newByteChannel");
    private static final String TEMPORARY = "createTemp";
    private static boolean isInstalled;

    private RestrainedClass(MetaClass same) {
        super(same);
    }

    /** From now on Groovy calls these classes by this one. */
    static synchronized void install() {
        if (isInstalled) {
            return;
        }
        MetaClassRegistry registry = GroovySystem.getMetaClassRegistry();
        Stream.concat(OPENING.stream(), Stream.of(File.class, Path.of("").getClass(), Files.class, FileChannel.class,
                AsynchronousFileChannel.class, ProcessBuilder.class, Runtime.class))
                .forEach(type -> registry.setMetaClass(type, new RestrainedClass(registry.getMetaClass(type))));
        isInstalled = true;
    }

    @Override
    public @Nullable Object invokeMethod(Object object, String name, @Nullable Object arguments) {
        return call(object, name, InvokerHelper.asArray(arguments), () -> super.invokeMethod(object, name, arguments));
    }

    @Override
    public @Nullable Object invokeMethod(Object object, String name, Object[] arguments) {
        return call(object, name, arguments, () -> super.invokeMethod(object, name, arguments));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Object invokeMethod(Class sender, Object object, String name, Object[] arguments, boolean isSuper,
            boolean isInside) {
        return call(object, name, arguments, () -> super.invokeMethod(sender, object, name, arguments, isSuper, isInside));
    }

    @Override
    public @Nullable Object invokeStaticMethod(Object type, String name, Object[] arguments) {
        return call(type, name, arguments, () -> super.invokeStaticMethod(type, name, arguments));
    }

    /** Closures look for the methods of their delegate here, and call them past this class; what is not found comes to it. */
    @Override
    @SuppressWarnings({"rawtypes", "deprecation"})
    public @Nullable MetaMethod pickMethod(String name, Class[] arguments) {
        return WRITING.matcher(name).matches() ? null : super.pickMethod(name, arguments);
    }

    @Override
    public void setProperty(Object object, String name, @Nullable Object value) {
        set(object, name, () -> super.setProperty(object, name, value));
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void setProperty(Class sender, Object object, String name, @Nullable Object value, boolean isSuper, boolean isInside) {
        set(object, name, () -> super.setProperty(sender, object, name, value, isSuper, isInside));
    }

    @Override
    public Object invokeConstructor(Object[] arguments) {
        boolean opens = OPENING.contains(getTheClass()) && !(arguments.length > 1 && "r".equals(String.valueOf(arguments[1])));
        if (opens && arguments.length == 0 && getTheClass() == FileTreeBuilder.class) {
            Restraint.current().ifPresent(restraint -> restraint.file(getTheClass().getSimpleName(), "."));
        } else if (opens && arguments.length > 0 && (arguments[0] instanceof File || arguments[0] instanceof CharSequence)) {
            Restraint.current().ifPresent(restraint -> restraint.file(getTheClass().getSimpleName(), arguments[0]));
        }
        return super.invokeConstructor(arguments);
    }

    private static void set(Object object, String name, Runnable rest) {
        if (object instanceof File || object instanceof Path) {
            Restraint.current().ifPresent(restraint -> restraint.file(name, object));
        }
        rest.run();
    }

    private static @Nullable Object call(Object object, String name, Object[] arguments, Supplier<@Nullable Object> rest) {
        Optional<Restraint> restraint = Restraint.current();
        if (restraint.isEmpty()) {
            return rest.get();
        }
        program(object, name, arguments).ifPresent(command -> restraint.get().program(name, command));
        file(object, name, arguments).ifPresent(path -> restraint.get().file(name, path));
        Object result = rest.get();
        if (name.startsWith(TEMPORARY) && (result instanceof File || result instanceof Path)) {
            restraint.get().made(result);
        }
        return result;
    }

    private static Optional<Object> program(Object object, String name, Object[] arguments) {
        if (object instanceof ProcessBuilder builder && name.equals("start")) {
            return Optional.of(String.join(" ", builder.command()));
        }
        boolean isRun = object instanceof Runtime && name.equals("exec") || object == ProcessBuilder.class && name.equals("startPipeline");
        return isRun ? Optional.of(arguments[0] instanceof Object[] words ? String.join(" ", Arrays.toString(words))
                : String.valueOf(arguments[0])) : Optional.empty();
    }

    /** The file that a call writes. */
    private static Optional<Object> file(Object object, String name, Object[] arguments) {
        if (object instanceof File || object instanceof Path) {
            return WRITING.matcher(name).matches() ? Optional.of(object) : Optional.empty();
        }
        if (!(object instanceof Class<?>) || arguments.length == 0) {
            return Optional.empty();
        }
        if (name.startsWith(TEMPORARY)) {
            return Arrays.stream(arguments).filter(argument -> argument instanceof File || argument instanceof Path).findFirst();
        }
        if (OPEN.matcher(name).matches()) {
            return Arrays.stream(arguments).flatMap(RestrainedClass::all).anyMatch(option -> option instanceof StandardOpenOption
                    && option != StandardOpenOption.READ) ? Optional.of(arguments[0]) : Optional.empty();
        }
        if (name.equals("copy")) {
            return Arrays.stream(arguments).skip(1).limit(1).filter(Path.class::isInstance).findFirst();
        }
        return WRITING.matcher(name).matches() ? Optional.of(arguments[0]) : Optional.empty();
    }

    private static Stream<?> all(@Nullable Object argument) {
        return argument instanceof Object[] many ? Arrays.stream(many)
                : argument instanceof Collection<?> many ? many.stream() : Stream.of(argument);
    }
}
