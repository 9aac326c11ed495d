package dev.muster.wamp;

import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A call that has no answer yet. Both its caller and its callee have it, and it ends for both at once. */
final class Ongoing {

    final Session caller;
    final long request;
    final Session callee;
    final long invocation;
    final Registration registration;
    /** Whether the caller takes results in pieces. */
    final boolean takesProgress;
    /** Whether more of its arguments may come. */
    boolean isInPieces;

    @Nullable
    Disposable timer;

    Ongoing(
            Session caller,
            long request,
            Session callee,
            long invocation,
            Registration registration,
            boolean takesProgress,
            boolean isInPieces) {
        this.caller = caller;
        this.request = request;
        this.callee = callee;
        this.invocation = invocation;
        this.registration = registration;
        this.takesProgress = takesProgress;
        this.isInPieces = isInPieces;
    }

    void begins() {
        caller.made.put(request, this);
        callee.taken.put(invocation, this);
    }

    /** What its callee still says about it is not heard any longer. */
    void ends() {
        caller.made.remove(request);
        callee.taken.remove(invocation);
        Disposable running = timer;
        if (running != null) {
            running.dispose();
        }
    }
}
