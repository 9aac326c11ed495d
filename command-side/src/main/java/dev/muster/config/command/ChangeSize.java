package dev.muster.config.command;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Delta;
import java.util.Collection;
import java.util.List;

/**
 * How much of the log one change may take. A databag within its limits may still be too much for one event: told in a
 * hundred thousand pieces, or sealed. That is for the writer to know, and no fault of the store.
 */
final class ChangeSize {

    /** The store takes 4 MiB for an event; the rest is for who, when and why. */
    static final int BYTES_MAX = (4 << 20) - (64 << 10);

    /** What is around a path and a value. */
    private static final int FRAME_BYTES = 48;

    private ChangeSize() {}

    /** The same deltas. Refused with {@link ConfigRefusal#TOO_LARGE}. */
    static List<Delta> checked(List<Delta> deltas, Collection<String> requests) {
        long bytes = 0;
        for (Delta delta : deltas) {
            String value = delta.value();
            bytes += FRAME_BYTES + bytes(delta.path()) + (value == null ? 0 : bytes(value));
        }
        for (String request : requests) {
            bytes += FRAME_BYTES + bytes(request);
        }
        if (bytes > BYTES_MAX) {
            throw ConfigRefusal.TOO_LARGE.because("This changes too much at once: told in history, it has " + bytes
                    + " bytes, and at most " + BYTES_MAX + ". Write it in parts.");
        }
        return deltas;
    }

    /** As a string of JSON in UTF-8. */
    private static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20) {
                bytes += 6;
            } else if (c < 0x80) {
                bytes += c == '"' || c == '\\' ? 2 : 1;
            } else {
                // Half a pair of surrogates makes two of the four bytes of both.
                bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
            }
        }
        return bytes;
    }
}
