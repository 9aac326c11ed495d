package dev.muster.server;

/** Whether this node has caught up with history. Before that its memory would give wrong answers, so it gives none. */
public final class Readiness {

    private volatile State state = State.CATCHING_UP;

    public enum State {
        CATCHING_UP,
        READY,
        STOPPING
    }

    public State state() {
        return state;
    }

    public boolean ready() {
        return state == State.READY;
    }

    void is(State now) {
        state = now;
    }
}
