package dev.davit.auth;

import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passwords for Amazon's registries, private ones and the public one.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html">Private</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_GetAuthorizationToken.html">Public</a>
 */
final class AmazonEcr implements Issuer {

    private static final String PUBLIC = "public.ecr.aws";
    private static final Pattern PRIVATE = Pattern.compile("[0-9]{12}\\.dkr\\.ecr(?<fips>-fips)?\\."
            + "(?<region>[a-z0-9-]+)\\.(?<domain>amazonaws\\.com(\\.cn)?)");
    private static final String PUBLIC_REGION = "us-east-1";

    private final Map<String, String> environment;
    private final Http http;

    AmazonEcr(Map<String, String> environment, Http http) {
        this.environment = environment;
        this.http = http;
    }

    @Override
    public String name() {
        return "Amazon ECR";
    }

    @Override
    public boolean serves(String registry) {
        return registry.equals(PUBLIC) || PRIVATE.matcher(registry).matches();
    }

    @Override
    public Optional<Issued> issue(String registry) throws IOException {
        Matcher name = PRIVATE.matcher(registry);
        boolean isPrivate = name.matches();
        String region = isPrivate ? name.group("region") : PUBLIC_REGION;
        Optional<AwsCredentials> identity = new AwsIdentity(environment, http).find(region);
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        String endpoint = isPrivate ? endpoint("AWS_ENDPOINT_URL_ECR", "https://"
                + (name.group("fips") == null ? "api.ecr." : "ecr-fips.") + region + "." + name.group("domain") + "/")
                : endpoint("AWS_ENDPOINT_URL_ECR_PUBLIC", "https://api.ecr-public." + region + ".amazonaws.com/");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-amz-json-1.1");
        headers.put("X-Amz-Target", (isPrivate ? "AmazonEC2ContainerRegistry_V20150921" : "SpencerFrontendService")
                + ".GetAuthorizationToken");
        byte[] body = Json.write(Map.of());
        Document answer = http.post(endpoint, AwsSignature.sign("POST", URI.create(endpoint), headers, body, identity.get(),
                region, isPrivate ? "ecr" : "ecr-public", Instant.now()), body);
        return Optional.of(issued(answer));
    }

    private String endpoint(String variable, String standard) {
        String named = environment.getOrDefault(variable, "");
        return named.isEmpty() ? standard : named;
    }

    /** The private registries' service answers with a list of one, the public one's with one. */
    private static Issued issued(Document answer) throws IOException {
        List<?> items = answer.get("authorizationData").map(data -> data instanceof List<?> list ? list : List.of(data))
                .orElse(List.of());
        if (items.isEmpty() || !(items.get(0) instanceof Map<?, ?> data)
                || !(data.get("authorizationToken") instanceof String token)
                || !(data.get("expiresAt") instanceof Number expires)) {
            throw new IOException("the answer holds no authorization token");
        }
        return new Issued(AuthEntry.decoded(token, "the authorization token"), Instant.ofEpochSecond(expires.longValue()));
    }
}
