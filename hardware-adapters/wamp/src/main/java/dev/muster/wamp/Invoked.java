package dev.muster.wamp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call to a procedure of this process.
 *
 * @param procedure the URI that was called
 * @param caller the number of the session that calls
 * @param details all that was told beside the payload
 */
public record Invoked(
        String procedure,
        Payload payload,
        long caller,
        String callerAuthid,
        String callerAuthrole,
        Map<String, @Nullable Object> details) {}
