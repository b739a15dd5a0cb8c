package dev.davit.server;

import java.util.Map;
import java.util.Optional;

/** Sees each request before the registry does, and may answer it instead: faults, delays, tokens. */
@FunctionalInterface
public interface Interceptor {

    /**
     * What to answer; empty to let the registry do it.
     *
     * @param method such as {@code GET}
     * @param path with the query, as the client sent it
     * @param headers of the request; their names are found in any case
     */
    Optional<Answer> intercept(String method, String path, Map<String, String> headers);

    /**
     * An answer in place of the registry's.
     *
     * @param headers where they give a {@code Content-Length} that is more than the body has, the connection breaks off
     */
    record Answer(int status, Map<String, String> headers, byte[] body) {

        /** Without headers or a body. */
        public static Answer of(int status) {
            return new Answer(status, Map.of(), new byte[0]);
        }
    }
}
