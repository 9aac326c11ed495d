package dev.muster.updates.command;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Reads rollouts from their own histories: members were said once and are kept nowhere else. Each history is read
 * through once, a few events at a time, and followed from there; of its members only the places are remembered, so a
 * rollout over a million devices takes some kilobytes here, and its members are read again part by part where they are
 * needed. Blocking.
 */
public final class RolloutRolls {

    /** With the largest parts some megabytes. */
    private static final int PAGE = 32;

    private static final int KEPT_MAX = 64;

    private final History history;
    private final Map<RolloutId, RollReading> readings = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<RolloutId, ReentrantLock> turns = new ConcurrentHashMap<>();

    public RolloutRolls(History history) {
        this.history = history;
    }

    /** The rollout as far as the log goes now. */
    Roll of(RolloutId id) {
        RollReading reading = reading(id);
        synchronized (reading) {
            List<Recorded> page;
            do {
                page = history.of(aggregate(id), reading.next(), PAGE);
                page.forEach(reading::hear);
            } while (page.size() == PAGE);
            return reading.roll();
        }
    }

    private RollReading reading(RolloutId id) {
        synchronized (readings) {
            RollReading reading = readings.computeIfAbsent(id, RollReading::new);
            if (readings.size() > KEPT_MAX) {
                readings.remove(readings.keySet().iterator().next());
            }
            return reading;
        }
    }

    /** Does this while nobody else does anything with the rollout's members. */
    void alone(RolloutId id, Runnable work) {
        ReentrantLock turn = turns.computeIfAbsent(id, any -> new ReentrantLock());
        turn.lock();
        try {
            work.run();
        } finally {
            turn.unlock();
        }
    }

    /** The group's members from {@code from} up to and without {@code upTo}, in the order in which they were named. */
    List<DeviceId> members(Roll roll, int group, int from, int upTo) {
        List<DeviceId> members = new ArrayList<>();
        NamedParts parts = roll.groups().get(group).named();
        for (int part = parts.holding(from); part < parts.count() && parts.start(part) < upTo; part++) {
            int start = parts.start(part);
            List<DeviceId> named = named(roll.id(), parts.sequence(part));
            members.addAll(named.subList(Math.max(0, from - start), Math.min(named.size(), upTo - start)));
        }
        return members;
    }

    /** Part by part all members that may have been offered the release. */
    void touched(Roll roll, Consumer<List<DeviceId>> members) {
        for (int group = 0; group < roll.groups().size(); group++) {
            int touched = roll.touched(group);
            for (int from = 0; from < touched; from += GroupOffers.BATCH_MAX) {
                members.accept(members(roll, group, from, Math.min(touched, from + GroupOffers.BATCH_MAX)));
            }
        }
    }

    private List<DeviceId> named(RolloutId id, long sequence) {
        List<Recorded> there = history.of(aggregate(id), sequence, 1);
        if (!there.isEmpty() && there.getFirst().event() instanceof MembersPlanned planned) {
            return planned.members();
        }
        if (!there.isEmpty() && there.getFirst().event() instanceof MembersJoined joined) {
            return joined.members();
        }
        throw new IllegalStateException("no members at " + sequence + " of rollout " + id);
    }

    private static String aggregate(RolloutId id) {
        return "rollout/" + id;
    }
}
