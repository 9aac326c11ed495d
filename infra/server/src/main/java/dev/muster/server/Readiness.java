package dev.muster.server;

import java.time.Duration;

/** Whether this node has caught up with history. Before that its memory would give wrong answers, so it gives none. */
public final class Readiness {

    private volatile State state = State.CATCHING_UP;
    private volatile Replay replay = new Replay(0, Duration.ZERO);

    public enum State {
        CATCHING_UP,
        READY,
        STOPPING
    }

    /**
     * How the start read history into memory.
     *
     * @param events how many it read
     * @param took from the start of the reader until the last of them was folded; zero until then
     */
    public record Replay(long events, Duration took) {

        public double seconds() {
            return took.toNanos() / 1e9;
        }
    }

    public State state() {
        return state;
    }

    public boolean ready() {
        return state == State.READY;
    }

    public Replay replay() {
        return replay;
    }

    void is(State now) {
        state = now;
    }

    void replayed(Replay done) {
        replay = done;
    }
}
