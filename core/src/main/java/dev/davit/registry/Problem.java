package dev.davit.registry;

import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says is wrong.
 *
 * @param code such as {@code MANIFEST_UNKNOWN}; a registry may have codes of its own
 * @param message for people; may be empty
 * @param detail of any form, as JSON's own types in text; may be empty
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">Error codes</a>
 */
public record Problem(String code, String message, String detail) {

    /** The problems that the body of an answer lists; none if it has another form. */
    static List<Problem> in(byte[] body) {
        List<Problem> problems = new ArrayList<>();
        try {
            Document document = Document.parse(body, "answer");
            for (Map<String, @Nullable Object> tree : document.objects("errors")) {
                problems.add(new Problem(text(tree, "code"), text(tree, "message"), text(tree, "detail")));
            }
            // Token servers answer with one message, or in OAuth's form.
            if (problems.isEmpty()) {
                String code = document.text("error").or(() -> document.text("code")).orElse("");
                String message = document.text("error_description").or(() -> document.text("message"))
                        .or(() -> document.text("details")).orElse("");
                if (!code.isEmpty() || !message.isEmpty()) {
                    problems.add(new Problem(code, message, ""));
                }
            }
        } catch (IOException e) {
            return List.of(); // a proxy's page, or nothing
        }
        return List.copyOf(problems);
    }

    private static String text(Map<String, @Nullable Object> tree, String key) {
        Object value = tree.get(key);
        return value == null ? "" : value.toString();
    }

    /** {@code CODE: message}, as far as there is something. */
    @Override
    public String toString() {
        return code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    }
}
