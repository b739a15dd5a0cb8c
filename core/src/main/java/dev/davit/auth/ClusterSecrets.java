package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Pull secrets from the API server, kept for some minutes.
 *
 * @see <a href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api">
 *     Asking the API server</a>
 */
final class ClusterSecrets implements Keychain {

    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Cluster cluster;
    private @Nullable PullSecrets known;
    private Instant until = Instant.EPOCH;

    ClusterSecrets(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public synchronized Credentials credentials(String registry, String path) throws IOException {
        PullSecrets secrets = known;
        if (secrets == null || Instant.now().isAfter(until)) {
            secrets = fetch();
            known = secrets;
            until = Instant.now().plus(KEPT);
        }
        return secrets.credentials(registry, path);
    }

    private PullSecrets fetch() throws IOException {
        String host = cluster.environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (host.isEmpty()) {
            throw new IOException("this process runs in no Kubernetes cluster: KUBERNETES_SERVICE_HOST is not set");
        }
        String server = "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + cluster.environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        String namespace = cluster.namespace.isEmpty() ? Files.readString(cluster.folder.resolve("namespace")).strip()
                : cluster.namespace;
        Http http = http(cluster.folder.resolve("ca.crt"));
        Map<String, String> headers =
                Map.of("Authorization", "Bearer " + Files.readString(cluster.folder.resolve("token")).strip());
        Set<String> names = new LinkedHashSet<>(cluster.secrets);
        if (!cluster.serviceAccount.isEmpty()) {
            Optional<Document> account = get(http, headers, server, namespace, "serviceaccounts", cluster.serviceAccount);
            account.ifPresent(found -> found.objects("imagePullSecrets").forEach(secret ->
                    names.add(String.valueOf(secret.get("name")))));
        }
        List<Document> secrets = new ArrayList<>();
        for (String name : names) {
            get(http, headers, server, namespace, "secrets", name).ifPresent(secrets::add);
        }
        return PullSecrets.of(secrets, "namespace " + namespace);
    }

    private Optional<Document> get(Http http, Map<String, String> headers, String server, String namespace, String kind,
            String name) throws IOException {
        for (String part : new String[] {namespace, name}) {
            if (!part.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
                throw new IOException("malformed Kubernetes name '" + part
                        + "': expected lower-case letters, digits, - and .");
            }
        }
        try {
            return Optional.of(http.get(server + "/api/v1/namespaces/" + namespace + "/" + kind + "/" + name, headers));
        } catch (Http.HttpFailure e) {
            if (e.status() == 404) {
                cluster.warnings.accept("namespace " + namespace + " has no "
                        + (kind.equals("secrets") ? "secret " : "service account ") + name);
                return Optional.empty();
            }
            throw e;
        }
    }

    private Http http(Path authority) throws IOException {
        Http http = new Http(new EnvironmentProxies(cluster.environment));
        try (InputStream in = Files.newInputStream(authority)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry(String.valueOf(trusted.size()), certificate);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            X509TrustManager trust = (X509TrustManager) managers.getTrustManagers()[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return http.trusting(context.getSocketFactory(), trust);
        } catch (GeneralSecurityException e) {
            throw new IOException(authority + " holds no certificates that can be read: " + e.getMessage(), e);
        }
    }
}
