package dev.muster.updates.modes.query;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.FollowingEvent.FeedSet;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingForgotten;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.ForceSet;
import dev.muster.updates.modes.FollowingEvent.ModeChosen;
import dev.muster.updates.modes.FollowingEvent.SoftwareOffered;
import dev.muster.updates.modes.FollowingEvent.SoftwareVersionReported;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a device's log lines back from its events: they are too many to keep them of every device in memory. */
final class FollowingLog {

    private static final int CHUNK = 500;

    private FollowingLog() {}

    /** Lines that the event adds, or null for none; an empty list is an empty line. */
    static @Nullable List<String> messages(FollowingEvent event) {
        return switch (event) {
            case FollowingStarted e -> e.messages();
            case FollowingReported e -> e.messages();
            case FollowingFinished e -> e.messages();
            case FollowingFailed e -> e.messages();
            case ModeChosen e -> null;
            case FeedSet e -> null;
            case ForceSet e -> null;
            case SoftwareOffered e -> null;
            case SoftwareVersionReported e -> null;
            case FollowingForgotten e -> null;
        };
    }

    /** Bytes that the lines take in the log. */
    static long size(List<String> messages) {
        long size = Math.max(1, messages.size());
        for (String each : messages) {
            size += utf8(each);
        }
        return size;
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** From this event of the aggregate on, line by line, at most {@code bytesMax}: the last ones. */
    static String read(History history, String aggregate, long fromSequence, long bytesMax) {
        Deque<String> texts = new ArrayDeque<>();
        long bytes = 0;
        long next = fromSequence;
        List<Recorded> chunk;
        do {
            chunk = history.of(aggregate, next, CHUNK);
            for (Recorded each : chunk) {
                next = each.sequence() + 1;
                List<String> messages = each.event() instanceof FollowingEvent event ? messages(event) : null;
                if (messages != null) {
                    String text = String.join("\n", messages) + "\n";
                    texts.addLast(text);
                    bytes += utf8(text);
                }
            }
            while (bytes > bytesMax && !texts.isEmpty()) {
                bytes -= utf8(texts.removeFirst());
            }
        } while (chunk.size() == CHUNK);
        return String.join("", texts);
    }
}
