package dev.muster.wamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pattern of procedures, and who answers for it. It is there while anybody does. Each agent has dozens of them, so
 * it is small: mostly there is one who answers.
 */
final class Registration {

    final long id;
    final String uri;
    final Match match;
    final Invoke policy;
    private final long createdMillis;
    private List<Session> callees = List.of();
    private int turn;

    Registration(long id, String uri, Match match, Invoke policy, Instant created) {
        this.id = id;
        this.uri = uri;
        this.match = match;
        this.policy = policy;
        this.createdMillis = created.toEpochMilli();
    }

    Instant created() {
        return Instant.ofEpochMilli(createdMillis);
    }

    /** In the order in which they came; what it is at this moment. */
    List<Session> callees() {
        return callees;
    }

    void add(Session callee) {
        List<Session> more = new ArrayList<>(callees);
        more.add(callee);
        callees = List.copyOf(more);
    }

    void remove(Session callee) {
        callees = List.copyOf(callees.stream().filter(each -> each != callee).toList());
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
