package dev.davit.auth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which secrets of the Kubernetes cluster count that this process runs in; to be changed only in its block. */
public final class Cluster {

    Map<String, String> environment = System.getenv();
    Consumer<String> warnings = warning -> { };
    Path folder = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    String namespace = "";
    String serviceAccount = "default";
    final List<String> secrets = new ArrayList<>();

    Cluster() {
    }

    /** Where the secrets and the service account are; by default where this process runs. */
    public Cluster namespace(String name) {
        namespace = name;
        return this;
    }

    /** The account whose pull secrets count, after those that are named; {@code default} by default, empty for none. */
    public Cluster serviceAccount(String name) {
        serviceAccount = name;
        return this;
    }

    /** Secrets by their names, the first one first. */
    public Cluster secrets(String... names) {
        secrets.addAll(List.of(names));
        return this;
    }

    /** The variables that say where the API server is; by default those of the process. */
    public Cluster environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    /** Where the cluster has put {@code token}, {@code ca.crt} and {@code namespace}. */
    public Cluster folder(Path path) {
        folder = path;
        return this;
    }

    /** Told which secrets and accounts are not there, which is no failure. */
    public Cluster warnings(Consumer<String> listener) {
        warnings = listener;
        return this;
    }
}
