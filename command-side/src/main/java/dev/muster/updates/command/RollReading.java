package dev.muster.updates.command;

import dev.muster.kernel.Recorded;
import dev.muster.staging.Phase;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersOffered;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutId;
import dev.muster.updates.command.Roll.Parts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rollout's history, read up to a place. One thread at a time. */
final class RollReading {

    private final RolloutId id;
    private final List<Parts> groups = new ArrayList<>();
    private RolloutState state = RolloutState.NONE;
    private Duration ranBefore = Duration.ZERO;
    private @Nullable Instant runsSince;
    private long next;

    RollReading(RolloutId id) {
        this.id = id;
    }

    /** The sequence number from which on nothing was read yet. */
    long next() {
        return next;
    }

    void hear(Recorded recorded) {
        next = recorded.sequence() + 1;
        if (!(recorded.event() instanceof RolloutEvent event)) {
            return;
        }
        state = state.after(event);
        while (groups.size() < state.staging().groups().size()) {
            groups.add(Parts.NONE);
        }
        switch (event) {
            case MembersPlanned e -> named(e.group(), recorded, e.members().size());
            case MembersJoined e -> named(e.group(), recorded, e.members().size());
            case GroupStarted e -> {
                Parts parts = groups.get(e.group());
                groups.set(e.group(), new Parts(parts.named(), ran(recorded.at()), parts.offeredAt()));
            }
            case MembersOffered e -> {
                Parts parts = groups.get(e.group());
                groups.set(e.group(), new Parts(parts.named(), parts.ranAtStart(), recorded.at()));
            }
            default -> {}
        }
        boolean runs = state.staging().phase() == Phase.RUNNING;
        if (runs && runsSince == null) {
            runsSince = recorded.at();
        } else if (!runs && runsSince != null) {
            ranBefore = ran(recorded.at());
            runsSince = null;
        }
    }

    private Duration ran(Instant at) {
        return runsSince == null || at.isBefore(runsSince)
                ? ranBefore
                : ranBefore.plus(Duration.between(runsSince, at));
    }

    private void named(int group, Recorded recorded, int members) {
        Parts parts = groups.get(group);
        NamedParts named = parts.named().with(recorded.sequence(), members);
        groups.set(group, new Parts(named, parts.ranAtStart(), parts.offeredAt()));
    }

    Roll roll() {
        return new Roll(id, state, List.copyOf(groups), ranBefore, runsSince);
    }
}
