package dev.muster.registry.query.http;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Conditional GET (RFC 9110 §13.1.2): an answer that the caller has already is not sent again. */
public final class Conditional {

    private Conditional() {}

    /** @param tag the validator without its quotes */
    public static <T> ResponseEntity<T> answer(@Nullable String ifNoneMatch, String tag, T body) {
        String quoted = "\"" + tag + "\"";
        if (ifNoneMatch != null && matches(ifNoneMatch, quoted)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag(quoted).build();
        }
        return ResponseEntity.ok()
                .eTag(quoted)
                .header("Cache-Control", "private, no-cache")
                .body(body);
    }

    private static boolean matches(String ifNoneMatch, String quoted) {
        for (String each : ifNoneMatch.split(",", 100)) {
            String tag = each.strip();
            if (tag.equals("*") || tag.equals(quoted) || tag.equals("W/" + quoted)) {
                return true;
            }
        }
        return false;
    }
}
