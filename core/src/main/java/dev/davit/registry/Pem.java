package dev.davit.registry;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificates and keys in PEM.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7468">RFC 7468</a>
 */
final class Pem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN ([A-Z0-9 ]+)-----\\s*([^-]*?)\\s*-----END \\1-----");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 1, 0};

    private Pem() {
    }

    /** All certificates in a file, in its order. */
    static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text(file));
        try {
            while (block.find()) {
                if (block.group(1).endsWith("CERTIFICATE")) {
                    certificates.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(decoded(block.group(2)))));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": malformed certificate: " + e.getMessage(), e);
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + ": no certificate in it: expected PEM, with -----BEGIN CERTIFICATE-----");
        }
        return certificates;
    }

    /** The private key in a file, which belongs to this public key. */
    static PrivateKey key(Path file, PublicKey owner) throws IOException {
        Matcher block = BLOCK.matcher(text(file));
        while (block.find()) {
            String kind = block.group(1);
            if (kind.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
                throw new IOException(file + ": the private key is encrypted: expected one that is not");
            }
            if (kind.endsWith("PRIVATE KEY")) {
                try {
                    byte[] bytes = decoded(block.group(2));
                    return KeyFactory.getInstance(owner.getAlgorithm())
                            .generatePrivate(new PKCS8EncodedKeySpec(kind.equals("PRIVATE KEY") ? bytes : wrapped(bytes, owner)));
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    throw new IOException(file + ": malformed private key, or not one of the certificate's kind, "
                            + owner.getAlgorithm() + ": " + e.getMessage(), e);
                }
            }
        }
        throw new IOException(file + ": no private key in it: expected PEM, with -----BEGIN PRIVATE KEY-----");
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException("cannot read the certificates or keys in " + file + ": " + e, e);
        }
    }

    private static byte[] decoded(String base64) {
        return Base64.getMimeDecoder().decode(base64);
    }

    /** PKCS#8 around a key in a form of its own algorithm; the certificate's key says which algorithm that is. */
    private static byte[] wrapped(byte[] key, PublicKey owner) {
        byte[] info = owner.getEncoded(); // SEQUENCE { algorithm SEQUENCE, key BIT STRING }
        int algorithm = contents(info, 0);
        byte[] identifier = Arrays.copyOfRange(info, algorithm, contents(info, algorithm) + length(info, algorithm));
        return element(SEQUENCE, VERSION, identifier, element(OCTETS, key));
    }

    /** Where the content of the DER element at this place begins. */
    private static int contents(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7f : 0);
    }

    private static int length(byte[] der, int at) {
        int length = 0;
        for (int i = at + 2; i < contents(der, at); i++) {
            length = length << 8 | der[i] & 0xff;
        }
        return der[at + 1] < 0 ? length : der[at + 1];
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
