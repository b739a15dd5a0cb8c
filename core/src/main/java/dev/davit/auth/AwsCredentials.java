package dev.davit.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An identity with Amazon.
 *
 * @param session goes with temporary keys; empty for others
 * @param expires when the keys are good no more, if ever
 */
record AwsCredentials(String accessKey, String secretKey, String session, @Nullable Instant expires) {

    @Override
    public String toString() {
        return "access key " + accessKey;
    }
}
