package dev.davit.repl;

import dev.davit.dsl.DavitScript;

/** What every line in the shell can say. */
public abstract class Line extends DavitScript {

    /** Waits; Groovy's own {@code sleep} would go on after Ctrl-C. */
    public void sleep(long milliseconds) throws InterruptedException {
        Thread.sleep(milliseconds);
    }

    @Override
    public void printf(String format, Object value) {
        print(String.format(format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        print(String.format(format, values));
    }
}
