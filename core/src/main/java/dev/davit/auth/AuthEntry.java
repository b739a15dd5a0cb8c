package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** One entry of Docker's configuration: the credentials for one key. */
final class AuthEntry {

    private AuthEntry() {
    }

    /**
     * The credentials at a path in a document, whose last part is the key; anonymous ones if the entry has none.
     *
     * @param where what the document is, for the message
     */
    static Credentials read(Document config, String where, String... path) throws IOException {
        String identity = text(config, path, "identitytoken");
        if (!identity.isEmpty()) {
            return new Credentials.IdentityToken(identity);
        }
        String token = text(config, path, "registrytoken");
        if (!token.isEmpty()) {
            return new Credentials.RegistryToken(token);
        }
        String auth = text(config, path, "auth");
        if (!auth.isEmpty()) {
            return decoded(auth, where + ": the 'auth' of " + path[path.length - 1]);
        }
        String user = text(config, path, "username");
        return user.isEmpty() ? Credentials.anonymous() : Credentials.of(user, text(config, path, "password"));
    }

    private static String text(Document config, String[] path, String member) {
        String[] whole = Arrays.copyOf(path, path.length + 1);
        whole[path.length] = member;
        return config.text(whole).orElse("");
    }

    /**
     * A user and a password in the form of basic authentication.
     *
     * @param what names the value for the message, which does not show it: it is a secret, however malformed
     */
    static Credentials decoded(String base64, String what) throws IOException {
        String text;
        try {
            text = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            text = "";
        }
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IOException(what + " is not the base64 form of USER:PASSWORD");
        }
        // Docker once padded passwords with zero bytes.
        return Credentials.of(text.substring(0, colon), text.substring(colon + 1).replaceFirst("\0+$", ""));
    }
}
