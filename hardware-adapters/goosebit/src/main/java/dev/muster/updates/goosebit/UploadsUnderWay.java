package dev.muster.updates.goosebit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;

/**
 * Which uploads in pieces are under way, each with its file. What nobody goes on with is forgotten and its file deleted,
 * also when no other upload ever comes.
 */
final class UploadsUnderWay {

    private static final Logger LOG = LoggerFactory.getLogger(UploadsUnderWay.class);

    private final int max;
    private final Duration idleMax;
    private final Clock clock;
    /** When the last piece of an upload came, by its file. Guarded by itself. */
    private final Map<Path, Instant> lastPiece = new HashMap<>();
    /** Whether a look for idle ones is due. Guarded by {@link #lastPiece}. */
    private boolean looking;

    /** @param max how many at once */
    UploadsUnderWay(int max, Duration idleMax, Clock clock) {
        this.max = max;
        this.idleMax = idleMax;
        this.clock = clock;
    }

    /** Notes that a piece came. Fails with 400 or 503. */
    void enter(Path whole, boolean first) {
        synchronized (lastPiece) {
            forgetIdle();
            if (!first && !lastPiece.containsKey(whole)) {
                throw WireFailure.detail(400, "The upload was not begun, or was forgotten");
            }
            if (!lastPiece.containsKey(whole) && lastPiece.size() >= max) {
                throw WireFailure.tryAgain("Too many files are being uploaded at the moment.");
            }
            lastPiece.put(whole, clock.instant());
            lookLater();
        }
    }

    void leave(Path whole) {
        synchronized (lastPiece) {
            lastPiece.remove(whole);
        }
    }

    private void look() {
        synchronized (lastPiece) {
            looking = false;
            forgetIdle();
            lookLater();
        }
    }

    private void lookLater() {
        if (!looking && !lastPiece.isEmpty()) {
            looking = true;
            Schedulers.boundedElastic().schedule(this::look, idleMax.toMillis() + 1, TimeUnit.MILLISECONDS);
        }
    }

    private void forgetIdle() {
        Instant oldest = clock.instant().minus(idleMax);
        List<Path> idle = lastPiece.entrySet().stream()
                .filter(each -> each.getValue().isBefore(oldest))
                .map(Map.Entry::getKey)
                .toList();
        idle.forEach(each -> {
            lastPiece.remove(each);
            Schedulers.boundedElastic().schedule(() -> delete(each));
        });
    }

    /** Says whether there was one. */
    static Boolean delete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", file, e.toString());
            return false;
        }
    }
}
