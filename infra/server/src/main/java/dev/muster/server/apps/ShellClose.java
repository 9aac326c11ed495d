package dev.muster.server.apps;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import org.springframework.web.reactive.socket.CloseStatus;

/** Why a shell's WebSocket closes, beyond the protocol's own reasons (RFC 6455, 7.4.2: 4000 and above are ours). */
final class ShellClose {

    static final CloseStatus NOT_SIGNED_IN = new CloseStatus(4401, "Whoever opened this is not signed in any more.");
    static final CloseStatus NOT_ALLOWED = new CloseStatus(4403, "Whoever opened this may no longer.");

    private static final int OURS = 4_000;
    /** Of a reason (RFC 6455, 5.5): a control frame's 125 less the code. */
    private static final int BYTES_MAX = 123;

    private ShellClose() {}

    /** For a page that cannot see an answer in HTTP: the status that it would have had, and why. */
    static CloseStatus refused(Refusal refusal) {
        return new CloseStatus(OURS + refusal.kind().httpStatus(), fitting(refusal.message()));
    }

    /** When a talk breaks off. */
    static CloseStatus broken(Throwable failure) {
        return Refused.in(failure).map(ShellClose::refused).orElse(CloseStatus.SERVER_ERROR);
    }

    /** As much of a text as goes into a close, in whole characters. */
    static String fitting(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BYTES_MAX) {
            return text;
        }
        int end = BYTES_MAX;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
