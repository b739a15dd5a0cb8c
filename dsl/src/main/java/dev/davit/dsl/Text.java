package dev.davit.dsl;

import org.codehaus.groovy.runtime.FormatHelper;
import org.jspecify.annotations.Nullable;

/** Values as text. */
final class Text {

    private Text() {
    }

    /** As Groovy prints them: text as it is, lists and maps with their content. */
    static String of(@Nullable Object value) {
        return value instanceof CharSequence text ? text.toString() : FormatHelper.toString(value);
    }
}
