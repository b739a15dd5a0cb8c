package dev.davit.blob;

/**
 * Where a registry keeps a blob: a sink in the same registry can mount it from there, or skip it, and move no byte.
 *
 * @param registry the registry's host name, with its port if it has one
 * @param repository the repository's path in that registry
 */
public record Origin(String registry, String repository) {

    @Override
    public String toString() {
        return registry + "/" + repository;
    }
}
