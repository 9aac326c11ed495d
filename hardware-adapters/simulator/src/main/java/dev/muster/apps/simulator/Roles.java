package dev.muster.apps.simulator;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the real agent says in its HELLO that it can do. */
final class Roles {

    static final Map<String, Object> ALL = Map.of(
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

    private Roles() {}

    private static Map<String, Object> role(String... features) {
        Map<String, Object> all = new TreeMap<>(Map.of("payload_passthru_mode", true));
        List.of(features).forEach(each -> all.put(each, true));
        return Map.of("features", all);
    }
}
