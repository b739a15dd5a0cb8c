package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The identity that this process has with Amazon, the first that there is: keys in the environment, a web identity, the
 * shared file of keys, the container's, the machine's. Profiles that take on a role or sign in are not understood.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">Credential providers</a>
 */
final class AwsIdentity {

    private static final String CONTAINER_HOST = "http://169.254.170.2";
    private static final String MACHINE = "http://169.254.169.254";
    private static final List<String> CONTAINER_HOSTS = List.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]");

    private final Map<String, String> environment;
    private final Http http;

    AwsIdentity(Map<String, String> environment, Http http) {
        this.environment = environment;
        this.http = http;
    }

    /**
     * The identity, if there is one.
     *
     * @param region whose service vouches for a web identity, if the environment says none
     */
    Optional<AwsCredentials> find(String region) throws IOException {
        String key = variable("AWS_ACCESS_KEY_ID");
        if (!key.isEmpty()) {
            return Optional.of(new AwsCredentials(key, variable("AWS_SECRET_ACCESS_KEY"), variable("AWS_SESSION_TOKEN"),
                    null));
        }
        if (!variable("AWS_WEB_IDENTITY_TOKEN_FILE").isEmpty()) {
            return Optional.of(ofWebIdentity(region));
        }
        Optional<AwsCredentials> profile = ofFile();
        if (profile.isPresent()) {
            return profile;
        }
        return container().isEmpty() ? ofMachine() : Optional.of(ofContainer(container()));
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private Optional<AwsCredentials> ofFile() throws IOException {
        String named = variable("AWS_SHARED_CREDENTIALS_FILE");
        Path file = named.isEmpty() ? ConfigFiles.home(environment).resolve(".aws/credentials") : Path.of(named);
        String profile = variable("AWS_PROFILE").isEmpty() ? "default" : variable("AWS_PROFILE");
        Map<String, String> keys = new LinkedHashMap<>();
        boolean inside = false;
        for (String line : Files.isRegularFile(file) ? Files.readAllLines(file) : List.<String>of()) {
            String text = line.strip();
            int equals = text.indexOf('=');
            if (text.startsWith("[")) {
                inside = text.replaceAll("[\\[\\]]|[#;].*", "").strip().equals(profile);
            } else if (inside && equals > 0 && !text.startsWith("#") && !text.startsWith(";")) {
                keys.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
            }
        }
        if (keys.containsKey("aws_access_key_id")) {
            return Optional.of(new AwsCredentials(keys.getOrDefault("aws_access_key_id", ""),
                    keys.getOrDefault("aws_secret_access_key", ""), keys.getOrDefault("aws_session_token", ""), null));
        }
        if (!variable("AWS_PROFILE").isEmpty()) {
            throw new IOException(file + ": there are no keys of profile '" + profile + "'");
        }
        return Optional.empty();
    }

    /** Where the container is told who it is; empty if nowhere. */
    private String container() {
        String relative = variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI");
        return relative.isEmpty() ? variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") : CONTAINER_HOST + relative;
    }

    private AwsCredentials ofContainer(String url) throws IOException {
        URI uri = URI.create(url);
        String host = String.valueOf(uri.getHost());
        if (!"https".equals(uri.getScheme()) && !CONTAINER_HOSTS.contains(host) && !EnvironmentProxies.isLoopback(host)) {
            throw new IOException("http://" + host + " is no address to ask for the identity of a container: refused");
        }
        String file = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
        String token = file.isEmpty() ? variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
                : Files.readString(Path.of(file)).strip();
        return keys(http.metadata(url, token.isEmpty() ? Map.of() : Map.of("Authorization", token)));
    }

    private Optional<AwsCredentials> ofMachine() throws IOException {
        if (variable("AWS_EC2_METADATA_DISABLED").equalsIgnoreCase("true")) {
            return Optional.empty();
        }
        String named = variable("AWS_EC2_METADATA_SERVICE_ENDPOINT");
        String base = (named.isEmpty() ? MACHINE : named).replaceFirst("/+$", "") + "/latest/";
        try {
            String token = http.metadata("PUT", base + "api/token", Map.of("X-aws-ec2-metadata-token-ttl-seconds", "300"));
            Map<String, String> headers = Map.of("X-aws-ec2-metadata-token", token.strip());
            String roles = http.metadata("GET", base + "meta-data/iam/security-credentials/", headers).strip();
            String role = roles.lines().findFirst().orElse("");
            return role.isEmpty() ? Optional.empty()
                    : Optional.of(keys(http.metadata(base + "meta-data/iam/security-credentials/" + role, headers)));
        } catch (Http.Absent e) {
            if (!named.isEmpty()) {
                throw e;
            }
            return Optional.empty(); // not a machine of Amazon's
        } catch (Http.HttpFailure e) {
            if (e.status() == 404) {
                return Optional.empty(); // a machine without a role, or another cloud's
            }
            throw e;
        }
    }

    private static AwsCredentials keys(Document answer) throws IOException {
        return new AwsCredentials(answer.text("AccessKeyId").orElseThrow(() -> new IOException("the answer holds no keys")),
                answer.text("SecretAccessKey").orElse(""), answer.text("Token").orElse(""),
                time(answer.text("Expiration").orElse("")));
    }

    private static Instant time(String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException("the answer does not say when its keys expire", e);
        }
    }

    private AwsCredentials ofWebIdentity(String standard) throws IOException {
        String region = List.of(variable("AWS_REGION"), variable("AWS_DEFAULT_REGION"), standard).stream()
                .filter(name -> !name.isEmpty()).findFirst().orElseThrow();
        String endpoint = variable("AWS_ENDPOINT_URL_STS");
        String session = variable("AWS_ROLE_SESSION_NAME");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("Action", "AssumeRoleWithWebIdentity");
        form.put("Version", "2011-06-15");
        form.put("RoleArn", variable("AWS_ROLE_ARN"));
        form.put("RoleSessionName", session.isEmpty() ? "davit" : session);
        form.put("WebIdentityToken", Files.readString(Path.of(variable("AWS_WEB_IDENTITY_TOKEN_FILE"))).strip());
        String answer = http.postForText(endpoint.isEmpty() ? "https://sts." + region + ".amazonaws.com"
                + (region.startsWith("cn-") ? ".cn/" : "/") : endpoint, form);
        List<String> keys = new ArrayList<>();
        for (String name : List.of("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration")) {
            keys.add(text(answer, name));
        }
        return new AwsCredentials(keys.get(0), keys.get(1), keys.get(2), time(keys.get(3)));
    }

    private static String text(String xml, String name) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the usual one prints
            Element root = builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
            if (root.getElementsByTagName(name).getLength() == 1) {
                return root.getElementsByTagName(name).item(0).getTextContent().strip();
            }
        } catch (ParserConfigurationException | SAXException e) {
            // As one without the element; the cause may quote it.
        }
        throw new IOException("the answer of the token service holds no " + name);
    }
}
