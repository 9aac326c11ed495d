package dev.muster.wamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pattern of procedures, and who answers for it. It is there while anybody does. */
final class Registration {

    final long id;
    final String uri;
    final Match match;
    final Invoke policy;
    final Instant created;
    /** In the order in which they came. */
    final List<Session> callees = new ArrayList<>(1);

    private int turn;

    Registration(long id, String uri, Match match, Invoke policy, Instant created) {
        this.id = id;
        this.uri = uri;
        this.match = match;
        this.policy = policy;
        this.created = created;
    }

    /** Whether one more may answer for it, asked in this way. */
    boolean takes(Session callee, Invoke wanted) {
        return policy != Invoke.SINGLE && policy == wanted && !callees.contains(callee);
    }

    /** Who is asked now: by turn those who are not busy, else nobody. */
    @Nullable
    Session next(Chance chance, int callsMax, int localCallsMax) {
        int count = callees.size();
        int start =
                switch (policy) {
                    case SINGLE, FIRST -> 0;
                    case LAST -> count - 1;
                    case ROUNDROBIN -> Math.floorMod(turn++, count);
                    case RANDOM -> chance.below(count);
                };
        int step = policy == Invoke.LAST ? count - 1 : 1;
        for (int i = 0; i < count; i++) {
            Session callee = callees.get((start + i * step) % count);
            if (callee.taken.size() < (callee.isLocal ? localCallsMax : callsMax)) {
                return callee;
            }
        }
        return null;
    }
}
