package dev.davit.dsl;

import java.util.List;

/**
 * A verb of scripts and of the shell, as its Javadoc describes it.
 *
 * @param group what kind of verb it is: the heading over it in the source, such as {@code Sources}
 * @param forms the ways to say it, at least one
 */
public record Verb(String group, String name, List<Form> forms) {

    /**
     * One way to say a verb.
     *
     * @param text such as {@code remote(reference)} or {@code .append { … }}
     * @param result the type of what it gives; empty if it gives nothing
     * @param description what it does, in sentences
     */
    public record Form(String text, String result, String description) {

        /** The form and what it gives, in one line. */
        @Override
        public String toString() {
            return result.isEmpty() ? text : text + " -> " + result;
        }
    }

    public Verb {
        forms = List.copyOf(forms);
    }

    /** The first sentence about the verb's first form. */
    public String summary() {
        String text = forms.get(0).description();
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
