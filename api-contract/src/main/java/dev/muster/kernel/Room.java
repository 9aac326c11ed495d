package dev.muster.kernel;

import java.util.concurrent.atomic.AtomicLong;

/** What this node holds at once of something that others bring, such as bytes or orders under way: so much, no more. */
public final class Room {

    private final long max;
    private final AtomicLong taken = new AtomicLong();

    public Room(long max) {
        this.max = max;
    }

    /** Takes so much of it, or nothing: false when there is not enough left. */
    public boolean take(long amount) {
        if (taken.addAndGet(amount) > max) {
            taken.addAndGet(-amount);
            return false;
        }
        return true;
    }

    /** Gives back what was taken. */
    public void giveBack(long amount) {
        taken.addAndGet(-amount);
    }

    public long taken() {
        return taken.get();
    }
}
