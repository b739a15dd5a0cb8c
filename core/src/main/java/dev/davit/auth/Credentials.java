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

    /**
     * Nothing is known.
     *
     * @param reason what failed that might have known something; empty if nothing did
     */
    record Anonymous(String reason) implements Credentials {
        @Override
        public String toString() {
            return reason.isEmpty() ? "no credentials" : "no credentials: " + reason;
        }
    }

    static Credentials anonymous() {
        return new Anonymous("");
    }

    static Credentials of(String user, String password) {
        return new Password(user, password);
    }

    default boolean isAnonymous() {
        return this instanceof Anonymous;
    }

    /** These, and where they are anonymous the others; what failed on the way to both is kept. */
    default Credentials or(Credentials others) {
        if (!(this instanceof Anonymous mine)) {
            return this;
        }
        return others instanceof Anonymous theirs && !mine.reason.isEmpty()
                ? new Anonymous(mine.reason + (theirs.reason.isEmpty() ? "" : "; " + theirs.reason)) : others;
    }
}
