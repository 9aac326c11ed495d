package dev.muster.updates.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Bodies of feedback and confirmation, as a device writes them (DDI v1). */
final class Feedbacks {

    private Feedbacks() {}

    static Map<String, ?> proceeding(int step, int of, String detail) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("finished", "none");
        result.put("progress", Map.of("cnt", step, "of", of));
        return status("proceeding", result, List.of(detail));
    }

    /** @param execution download, downloaded, rejected and their like, which end nothing */
    static Map<String, ?> saying(String execution, String detail) {
        return status(execution, Map.of("finished", "none"), List.of(detail));
    }

    static Map<String, ?> closed(boolean success, List<String> details) {
        return status("closed", Map.of("finished", success ? "success" : "failure"), details);
    }

    static Map<String, ?> confirmed() {
        return Map.of("confirmation", "confirmed", "code", 1, "details", List.of("Confirmed at the device"));
    }

    private static Map<String, ?> status(String execution, Map<String, ?> result, List<String> details) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("execution", execution);
        status.put("result", result);
        status.put("details", details);
        return Map.of("status", status);
    }
}
