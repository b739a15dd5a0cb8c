package dev.davit.daemon;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What Docker's tools keep in a folder for TLS: {@code ca.pem}, the only authority that is trusted then, and
 * {@code cert.pem} with {@code key.pem}, which tell the engine who asks. Each may be missing.
 *
 * @see <a href="https://docs.docker.com/engine/security/protect-access/">Protect the Docker daemon socket</a>
 */
record Certificates(Path folder) {

    private static final Pattern KEY = Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([^-]+)-----END");
    /** Version 0, and RSA as the algorithm: what PKCS #8 says before a key of PKCS #1. */
    private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    void use(OkHttpClient.Builder client) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust.getTrustManagers(), null);
            for (TrustManager manager : trust.getTrustManagers()) {
                if (manager instanceof X509TrustManager x509) {
                    client.sslSocketFactory(context.getSocketFactory(), x509);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the keys and certificates in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Nothing where there is no file, which stands for the authorities that Java trusts. */
    private @Nullable KeyStore authorities() throws IOException, GeneralSecurityException {
        Path file = folder.resolve("ca.pem");
        if (!Files.exists(file)) {
            return null;
        }
        KeyStore store = empty();
        for (Certificate certificate : certificates(file)) {
            store.setCertificateEntry("authority " + store.size(), certificate);
        }
        return store;
    }

    private KeyManager[] keys() throws IOException, GeneralSecurityException {
        if (!Files.exists(folder.resolve("cert.pem"))) {
            return new KeyManager[0];
        }
        Certificate[] chain = certificates(folder.resolve("cert.pem"));
        KeyStore store = empty();
        char[] password = {};
        store.setKeyEntry("client", key(folder.resolve("key.pem"), chain[0].getPublicKey().getAlgorithm()), password, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return keys.getKeyManagers();
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
        Certificate[] certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))).toArray(new Certificate[0]);
        if (certificates.length == 0) {
            throw new IOException(file + " has no certificate");
        }
        return certificates;
    }

    private static PrivateKey key(Path file, String algorithm) throws IOException, GeneralSecurityException {
        Matcher key = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!key.find()) {
            throw new IOException(file + " has no private key in the form that is read: expected an unencrypted one of "
                    + "PKCS #8, as openssl pkcs8 -topk8 -nocrypt writes it");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(key.group(2));
        byte[] encoded = key.group(1) == null ? bytes : der(0x30, RSA, der(0x04, bytes));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** A value of ASN.1: its tag, its length in two bytes, and what it consists of. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.writeBytes(new byte[] {(byte) tag, (byte) 0x82, (byte) (content.size() >> 8), (byte) content.size()});
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }
}
