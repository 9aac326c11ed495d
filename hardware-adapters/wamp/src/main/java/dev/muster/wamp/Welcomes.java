package dev.muster.wamp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a session is told when it is in: who it is, and what can be done here. */
final class Welcomes {

    private static final Map<String, Object> ROLES = Map.of(
            "broker",
            features(
                    "pattern_based_subscription",
                    "payload_passthru_mode",
                    "publisher_exclusion",
                    "publisher_identification",
                    "session_meta_api",
                    "subscriber_blackwhite_listing",
                    "subscription_meta_api"),
            "dealer",
            features(
                    "call_canceling",
                    "call_timeout",
                    "caller_identification",
                    "pattern_based_registration",
                    "payload_passthru_mode",
                    "progressive_call_invocations",
                    "progressive_call_results",
                    "registration_meta_api",
                    "registration_revocation",
                    "session_meta_api",
                    "shared_registration",
                    "testament_meta_api"));

    private Welcomes() {}

    private static Map<String, Object> features(String... names) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (String name : names) {
            features.put(name, true);
        }
        return Map.of("features", features);
    }

    static Map<String, @Nullable Object> details(Identity who) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("realm", who.realm());
        details.put("authid", who.authid());
        details.put("authrole", who.authrole());
        details.put("authmethod", who.authmethod());
        details.put("authprovider", who.authprovider());
        details.put("roles", ROLES);
        return details;
    }
}
