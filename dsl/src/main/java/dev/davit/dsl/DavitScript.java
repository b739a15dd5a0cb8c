package dev.davit.dsl;

import dev.davit.json.Document;
import dev.davit.json.Json;
import groovy.lang.Script;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What every script is, and every line in the shell. What it can say besides is added to it: all that {@link Verbs} has. */
public abstract class DavitScript extends Script {

    /** What the script runs in. */
    protected final Session session() {
        return Session.current();
    }

    /** What {@code -} reads. */
    final InputStream input() {
        if (getMetaClass().hasProperty(this, "stdin") != null && getProperty("stdin") instanceof InputStream in) {
            return in;
        }
        throw new IllegalArgumentException("there is no standard input here for '-': expected the path of an archive");
    }

    // Speaking

    /** Prints a value as indented JSON; also steps, files, packages, sizes and differences. */
    public void printJson(@Nullable Object value) {
        println(new String(Json.writeIndented(JsonForm.of(value)), StandardCharsets.UTF_8));
    }

    /** Prints rows in columns; the alignment has an {@code l} or an {@code r} for each. */
    public void printTable(String alignment, Iterable<? extends Iterable<?>> rows) {
        Table table = new Table(Integer.MAX_VALUE, alignment);
        rows.forEach(row -> table.row((Object[]) Text.all(row)));
        table.lines().forEach(this::println);
    }

    @Override
    public void println() {
        session().out().println();
    }

    @Override
    public void println(Object value) {
        session().out().println(Text.of(value));
    }

    /** Prints a value; bytes and documents exactly as they are. */
    @Override
    public void print(Object value) {
        PrintStream out = session().out();
        if (value instanceof byte[] bytes) {
            out.writeBytes(bytes);
        } else if (value instanceof Document document) {
            out.writeBytes(document.bytes());
        } else {
            out.print(Text.of(value));
        }
    }
}
