package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads YAML that holds secrets: where it is malformed, the message quotes nothing of it. */
final class SecretYaml {

    private SecretYaml() {
    }

    /** The documents that are mappings, with every plain value as a text. @param what it is, for the message */
    static List<Document> parse(String text, String what) throws IOException {
        // A mapping that holds itself could not be a document.
        Load yaml = new Load(LoadSettings.builder().setSchema(new FailsafeSchema()).setAllowNonScalarKeys(false)
                .setMaxAliasesForCollections(0).build());
        List<Document> documents = new ArrayList<>();
        try {
            for (Object document : yaml.loadAllFromString(text)) {
                if (document instanceof Map<?, ?> mapping) {
                    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
                    mapping.forEach((key, value) -> tree.put(String.valueOf(key), value));
                    documents.add(Document.of(tree));
                }
            }
        } catch (YamlEngineException e) {
            // Without the cause, whose message quotes.
            throw new IOException(what + " is not YAML that can be read"
                    + (e instanceof MarkedYamlEngineException marked ? marked.getProblemMark().map(mark ->
                    " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)).orElse("") : ""));
        }
        return documents;
    }
}
