package dev.davit.dsl;

import dev.davit.registry.RegistryException;
import groovy.lang.GroovyRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.jspecify.annotations.Nullable;

/** Failures as sentences. */
public final class Sentence {

    private Sentence() {
    }

    /** What went wrong, in one sentence that names the thing and the place. */
    public static String of(Throwable failure) {
        Throwable real = unwrap(failure);
        String message = real.getMessage();
        if (real instanceof FileSystemException e && e.getReason() == null) {
            return e.getFile() + (e.getOtherFile() == null ? "" : " -> " + e.getOtherFile()) + ": " + reason(e);
        }
        if (message == null || message.isBlank()) {
            return real.getClass().getSimpleName();
        }
        boolean speaks = real instanceof IOException || real instanceof IllegalArgumentException
                || real instanceof IllegalStateException || real instanceof GroovyRuntimeException;
        return speaks ? message : real.getClass().getSimpleName() + ": " + message;
    }

    private static String reason(FileSystemException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        if (e instanceof NotDirectoryException) {
            return "not a folder";
        }
        return e instanceof DirectoryNotEmptyException ? "the folder is not empty" : "cannot be used";
    }

    /** The failure itself, without what frameworks wrap around it. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof UncheckedIOException || failure instanceof InvocationTargetException
                || failure instanceof UndeclaredThrowableException || failure instanceof InvokerInvocationException
                || failure instanceof ExceptionInInitializerError;
        return wrapper && cause != null ? unwrap(cause) : failure;
    }

    /** What is behind a failure and adds to its sentence, if anything does. */
    static @Nullable String cause(Throwable failure) {
        Throwable real = unwrap(failure);
        if (real instanceof RegistryException || real instanceof IllegalArgumentException) {
            return null; // its sentence has all that there is to say
        }
        String said = of(failure);
        for (Throwable cause = unwrap(failure).getCause(); cause != null; cause = cause.getCause()) {
            String sentence = of(cause);
            if (!said.contains(sentence) && cause.getMessage() != null && !said.contains(cause.getMessage())) {
                return sentence;
            }
        }
        return null;
    }
}
