package dev.davit.dsl;

import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.codehaus.groovy.runtime.FormatHelper;
import org.jspecify.annotations.Nullable;

/** Values as text. */
final class Text {

    private Text() {
    }

    /** Each value as text, those in a list too. */
    static String[] all(Object... values) {
        return Arrays.stream(values).<Object>flatMap(value -> value instanceof Iterable<?> items
                ? StreamSupport.stream(items.spliterator(), false) : Stream.of(value)).map(Object::toString).toArray(String[]::new);
    }

    /** As Groovy prints them: text as it is, lists and maps with their content. */
    static String of(@Nullable Object value) {
        return value instanceof CharSequence text ? text.toString() : FormatHelper.toString(value);
    }
}
