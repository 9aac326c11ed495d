package dev.muster.updates.artifacts;

import dev.muster.kernel.Refused;
import dev.muster.updates.UpdatesRefusal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Map;

/** Tells a full disk, which an operator can mend, from every other trouble with files. */
final class StoreFaults {

    /** The words of ENOSPC, EDQUOT and EFBIG; Java gives no other sign of them. */
    private static final List<String> FULL = List.of("No space left", "quota exceeded", "File too large");

    private StoreFaults() {}

    /** The refusal when the disk is full, else the fault itself. */
    static Throwable explained(Throwable fault) {
        if (fault instanceof IOException && saysFull(fault)) {
            return full();
        }
        return fault;
    }

    static Refused full() {
        return UpdatesRefusal.ARTIFACT_STORE_FULL.because("There is no room left for another artifact.");
    }

    static Refused unknown(String sha256) {
        String shown = sha256.length() <= 64 ? sha256 : sha256.substring(0, 64);
        return UpdatesRefusal.ARTIFACT_UNKNOWN.because("There is no artifact " + shown + ".", Map.of("sha256", shown));
    }

    static Refused tooLarge(long sizeMax) {
        return UpdatesRefusal.ARTIFACT_TOO_LARGE.because(
                "The file has more than %d bytes.".formatted(sizeMax), Map.of("limit", sizeMax));
    }

    private static boolean saysFull(Throwable fault) {
        String reason = fault instanceof FileSystemException e ? e.getReason() : fault.getMessage();
        return reason != null && FULL.stream().anyMatch(reason::contains);
    }
}
