package dev.muster.updates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device says about an action.
 *
 * @param execution where it is
 * @param finished how it ended; matters only when closed
 * @param done steps done, or null
 * @param of steps in all, or null
 * @param code the device's own status code, or null
 * @param messages log lines, each at most 512 characters
 * @param deviceTime what the device's clock said, epoch milliseconds, or null; never used for order
 */
public record Feedback(
        Execution execution,
        Finished finished,
        @Nullable Integer done,
        @Nullable Integer of,
        @Nullable Integer code,
        List<String> messages,
        @Nullable Long deviceTime) {

    public Feedback {
        messages = List.copyOf(messages);
    }

    public enum Execution {
        CLOSED,
        PROCEEDING,
        CANCELED,
        SCHEDULED,
        REJECTED,
        RESUMED,
        DOWNLOADED,
        DOWNLOAD
    }

    public enum Finished {
        SUCCESS,
        FAILURE,
        NONE
    }
}
