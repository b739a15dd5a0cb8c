package dev.davit.registry;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Whom a host's certificate may come from, and which certificate it is shown. */
final class Tls {

    private static final char[] NO_PASSWORD = {};

    private Tls() {
    }

    /** The client, set up for this host alone. */
    static OkHttpClient client(OkHttpClient client, HostSettings host) throws IOException {
        boolean unchecked = Boolean.TRUE.equals(host.insecure);
        if (!unchecked && host.authorities.isEmpty() && host.certificates.isEmpty()) {
            return client;
        }
        try {
            X509TrustManager trust = unchecked ? new Anybody() : trust(host.authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(host.certificates), new TrustManager[] {trust}, null);
            OkHttpClient.Builder own = client.newBuilder().sslSocketFactory(context.getSocketFactory(), trust);
            if (unchecked) {
                own.hostnameVerifier((name, session) -> true);
            }
            return own.build();
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot use the certificates " + host.authorities + " " + host.certificates.keySet()
                    + ": " + e.getMessage(), e);
        }
    }

    /** Those whom Java trusts, and these. */
    private static X509TrustManager trust(List<Path> authorities) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int count = 0;
        for (X509Certificate certificate : manager(null).getAcceptedIssuers()) {
            store.setCertificateEntry(String.valueOf(count++), certificate);
        }
        for (Path file : authorities) {
            for (X509Certificate certificate : Pem.certificates(file)) {
                store.setCertificateEntry(String.valueOf(count++), certificate);
            }
        }
        return manager(store);
    }

    /** @param store null for Java's own */
    private static X509TrustManager manager(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    private static KeyManager[] keys(Map<Path, Path> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        for (Map.Entry<Path, Path> entry : certificates.entrySet()) {
            List<X509Certificate> chain = new ArrayList<>(Pem.certificates(entry.getKey()));
            store.setKeyEntry(entry.getKey().toString(), Pem.key(entry.getValue(), chain.get(0).getPublicKey()),
                    NO_PASSWORD, chain.toArray(X509Certificate[]::new));
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return factory.getKeyManagers();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Takes every certificate, as was asked for. */
    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) { }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) { }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) { }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
