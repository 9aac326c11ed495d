package dev.muster.apps.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How the real agent says who it is, and what it can do. */
final class Hello {

    private static final String HMAC = "HmacSHA256";

    private static final Map<String, Object> ROLES = Map.of(
            "publisher",
            role("subscriber_blackwhite_listing", "publisher_exclusion", "publisher_identification"),
            "subscriber",
            role("pattern_based_subscription", "publisher_identification"),
            "callee",
            role(
                    "pattern_based_registration",
                    "shared_registration",
                    "call_canceling",
                    "call_timeout",
                    "caller_identification",
                    "progressive_call_invocations",
                    "progressive_call_results"),
            "caller",
            role(
                    "call_canceling",
                    "call_timeout",
                    "caller_identification",
                    "progressive_call_invocations",
                    "progressive_call_results"));

    private Hello() {}

    static Map<String, Object> details(String authid) {
        return Map.of("authid", authid, "authmethods", List.of("wampcra"), "roles", ROLES);
    }

    /** Proof of the secret by the challenge exactly as it came. */
    static String signature(String secret, String challenge) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static Map<String, Object> role(String... features) {
        Map<String, Object> all = new TreeMap<>(Map.of("payload_passthru_mode", true));
        List.of(features).forEach(each -> all.put(each, true));
        return Map.of("features", all);
    }
}
