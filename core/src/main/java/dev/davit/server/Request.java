package dev.davit.server;

/**
 * A request that a {@link RegistryServer} answered.
 *
 * @param method such as {@code GET}
 * @param path with the query, as the client sent it
 * @param status of the answer
 * @param received bytes of the request's body that were read
 * @param sent bytes of the answer's body
 */
public record Request(String method, String path, int status, long received, long sent) {

    @Override
    public String toString() {
        return method + " " + path + " " + status + ", " + received + " bytes in, " + sent + " out";
    }
}
