package dev.davit.dsl;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

        /** Whether it is said of an image or an index, and not of nothing. */
        public boolean isOfValue() {
            return text.startsWith(".");
        }

        /** The form and what it gives, in one line. */
        @Override
        public String toString() {
            return result.isEmpty() ? text : text + " -> " + result;
        }
    }

    public Verb {
        forms = List.copyOf(forms);
    }

    /** The verb with only those of its forms that are said of an image or an index; empty if there are none. */
    public Optional<Verb> ofValues() {
        return only(Form::isOfValue);
    }

    /** The verb with only those of its forms that are said of nothing; empty if there are none. */
    public Optional<Verb> ofScripts() {
        return only(Predicate.not(Form::isOfValue));
    }

    private Optional<Verb> only(Predicate<Form> kind) {
        List<Form> some = forms.stream().filter(kind).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(new Verb(group, name, some));
    }

    /** The first sentence about the verb's first form. */
    public String summary() {
        String text = forms.get(0).description();
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
