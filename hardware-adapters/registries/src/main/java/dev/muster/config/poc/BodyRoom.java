package dev.muster.config.poc;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of bodies this node holds at once, so that a few large ones cannot fill its memory. */
final class BodyRoom {

    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();

    BodyRoom(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Fails with 503 when there is no room. */
    void take(int bytes) {
        if (taken.addAndGet(bytes) > bytesMax) {
            taken.addAndGet(-bytes);
            throw PocFailure.tryAgain("Too much is being uploaded at the moment.");
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }

    long taken() {
        return taken.get();
    }
}
