package dev.muster.updates.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Phase;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.JoiningClosed;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutEvent.RolloutAborted;
import dev.muster.updates.RolloutEvent.RolloutApproved;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutDeleted;
import dev.muster.updates.RolloutEvent.RolloutDenied;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutEvent.RolloutPaused;
import dev.muster.updates.RolloutEvent.RolloutReady;
import dev.muster.updates.RolloutEvent.RolloutResumed;
import dev.muster.updates.RolloutEvent.RolloutStarted;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The rollouts that were not deleted, folded from the log, with the members of those that others may still join. */
public final class RolloutRegister implements Fold, RolloutMemberships {

    private final Map<RolloutId, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong made = new AtomicLong();

    /**
     * @param order in which it was made
     * @param members null when nobody can join it (any more)
     */
    private record Entry(
            long order,
            RolloutPlan plan,
            Phase phase,
            @Nullable MemberSet members) {

        Entry in(Phase now) {
            boolean over = now == Phase.STOPPED || now == Phase.FINISHED || now == Phase.APPROVAL_DENIED;
            return new Entry(order, plan, now, over ? null : members);
        }

        Entry closed() {
            return new Entry(order, plan, phase, null);
        }

        OpenRollout view(RolloutId id) {
            boolean underWay = phase == Phase.RUNNING || phase == Phase.PAUSED;
            return new OpenRollout(id, plan, phase, underWay && members != null);
        }

        boolean isOpen() {
            return switch (phase) {
                case CREATING, WAITING_FOR_APPROVAL, READY, RUNNING, PAUSED -> true;
                case NONE, APPROVAL_DENIED, STOPPED, DELETED, FINISHED -> false;
            };
        }
    }

    @Override
    public String name() {
        return "rollout-register";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof RolloutEvent event)) {
            return;
        }
        if (event instanceof RolloutCreated created) {
            boolean joinable = created.plan().care().joining() != null;
            MemberSet members = joinable ? new MemberSet() : null;
            Entry entry = new Entry(made.incrementAndGet(), created.plan(), Phase.CREATING, members);
            entries.put(created.rolloutId(), entry);
            return;
        }
        if (event instanceof RolloutDeleted) {
            entries.remove(event.rolloutId());
            return;
        }
        Entry before = entries.get(event.rolloutId());
        if (before != null) {
            Entry now = after(before, event);
            if (now != before) {
                entries.put(event.rolloutId(), now);
            }
        }
    }

    private static Entry after(Entry before, RolloutEvent event) {
        return switch (event) {
            case MembersPlanned e -> with(before, e.members());
            case MembersJoined e -> with(before, e.members());
            case JoiningClosed ignored -> before.closed();
            case RolloutReady ignored ->
                before.in(before.plan().care().approval() ? Phase.WAITING_FOR_APPROVAL : Phase.READY);
            case RolloutApproved ignored -> before.in(Phase.READY);
            case RolloutDenied ignored -> before.in(Phase.APPROVAL_DENIED);
            case RolloutStarted ignored -> before.in(Phase.RUNNING);
            case RolloutPaused ignored -> before.in(Phase.PAUSED);
            case RolloutResumed ignored -> before.in(Phase.RUNNING);
            case RolloutAborted ignored -> before.in(Phase.STOPPED);
            case RolloutFinished ignored -> before.in(Phase.FINISHED);
            default -> before;
        };
    }

    private static Entry with(Entry entry, List<DeviceId> joined) {
        MemberSet members = entry.members();
        if (members != null) {
            joined.forEach(members::add);
        }
        return entry;
    }

    @Override
    public @Nullable OpenRollout find(RolloutId id) {
        Entry entry = entries.get(id);
        return entry == null ? null : entry.view(id);
    }

    @Override
    public List<OpenRollout> open() {
        Map<Long, OpenRollout> open = new TreeMap<>();
        entries.forEach((id, entry) -> {
            if (entry.isOpen()) {
                open.put(entry.order(), entry.view(id));
            }
        });
        return new ArrayList<>(open.values());
    }

    @Override
    public boolean contains(RolloutId id, DeviceId device) {
        Entry entry = entries.get(id);
        MemberSet members = entry == null ? null : entry.members();
        return members != null && members.contains(device);
    }
}
