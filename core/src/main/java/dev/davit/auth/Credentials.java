package dev.davit.auth;

/** What a registry is told about who asks. The text form is for messages and never shows a secret. */
public sealed interface Credentials {

    /** A name and a password, or a token that is used like one. */
    record Password(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "user '" + user + "'";
        }
    }

    /** A long-lived token that the registry's token server exchanges for short-lived ones. */
    record IdentityToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "an identity token";
        }
    }

    /** A token that the registry itself accepts, as it is. */
    record RegistryToken(String token) implements Credentials {
        @Override
        public String toString() {
            return "a registry token";
        }
    }

    /** Nothing is known. */
    record Anonymous() implements Credentials {
        @Override
        public String toString() {
            return "no credentials";
        }
    }

    static Credentials anonymous() {
        return new Anonymous();
    }

    static Credentials of(String user, String password) {
        return new Password(user, password);
    }

    default boolean isAnonymous() {
        return this instanceof Anonymous;
    }
}
