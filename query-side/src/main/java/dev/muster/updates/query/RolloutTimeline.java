package dev.muster.updates.query;

import dev.muster.kernel.History;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.staging.PauseCause;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.GroupAdded;
import dev.muster.updates.RolloutEvent.GroupFailed;
import dev.muster.updates.RolloutEvent.GroupStarted;
import dev.muster.updates.RolloutEvent.GroupSucceeded;
import dev.muster.updates.RolloutEvent.JoiningClosed;
import dev.muster.updates.RolloutEvent.RollbackFinished;
import dev.muster.updates.RolloutEvent.RollbackStarted;
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
import dev.muster.updates.RolloutView;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a rollout, in words, with who wanted it. */
public final class RolloutTimeline {

    /** The newest are kept; a rollout whose members join for years has more groups than anybody reads. */
    private static final int LINES_MAX = 500;

    private static final int READ_AT_ONCE = 200;

    private final History history;

    public RolloutTimeline(History history) {
        this.history = history;
    }

    /** @param who the actor as the audit names it, or null */
    public record Line(Instant at, String text, @Nullable String who) {}

    /** Oldest first. Reads the rollout's whole history, a little at a time. Blocking; call it off the event loop. */
    public List<Line> of(RolloutView rollout) {
        Deque<Line> lines = new ArrayDeque<>();
        long next = 0;
        List<Recorded> read;
        do {
            read = history.of(aggregate(rollout.id()), next, READ_AT_ONCE);
            for (Recorded each : read) {
                String text = each.event() instanceof RolloutEvent event ? words(event, rollout) : null;
                if (text != null) {
                    lines.add(new Line(each.at(), text, who(each)));
                }
                if (lines.size() > LINES_MAX) {
                    lines.removeFirst();
                }
                next = each.sequence() + 1;
            }
        } while (read.size() == READ_AT_ONCE);
        return new ArrayList<>(lines);
    }

    private static String aggregate(RolloutId id) {
        return "rollout/" + id;
    }

    private static @Nullable String who(Recorded recorded) {
        Object actor = recorded.metadata().get(Provenance.ACTOR);
        return actor == null ? null : actor.toString();
    }

    /** Null for what is machinery. */
    private static @Nullable String words(RolloutEvent event, RolloutView rollout) {
        return switch (event) {
            case RolloutCreated e -> "Planned";
            case RolloutReady e ->
                "Members frozen: "
                        + e.sizes().stream().mapToInt(Integer::intValue).sum() + " devices";
            case RolloutApproved e -> "Approved" + remark(e.remark());
            case RolloutDenied e -> "Denied" + remark(e.remark());
            case RolloutStarted e -> "Started";
            case GroupStarted e -> group(e.group(), rollout) + " started";
            case GroupSucceeded e -> group(e.group(), rollout) + " passed its success threshold";
            case GroupFailed e -> group(e.group(), rollout) + " passed its error threshold";
            case GroupAdded e -> "Group " + e.plan().name() + " added for devices that join";
            case JoiningClosed e -> "Nobody joins any more";
            case RolloutPaused e -> "Paused: " + cause(e.cause());
            case RolloutResumed e -> "Resumed";
            case RolloutAborted e ->
                "Stopped"
                        + (e.cause() == null
                                ? ""
                                : ": " + Field.kebab(e.cause()).replace('-', ' '));
            case RollbackStarted e ->
                "Rollback of " + Field.kebab(e.scope()) + " devices started" + (e.automatic() ? " by itself" : "");
            case RollbackFinished e -> "Rollback finished: " + e.devices() + " devices had something to go back to";
            case RolloutFinished e -> "Finished";
            case RolloutDeleted e -> "Taken off the lists";
            default -> null;
        };
    }

    private static String cause(PauseCause cause) {
        return switch (cause) {
            case GROUP_SUCCEEDED -> "a person looks before the next group starts";
            case OPERATOR, ERROR_THRESHOLD -> Field.kebab(cause).replace('-', ' ');
        };
    }

    private static String remark(@Nullable String remark) {
        return remark == null || remark.isBlank() ? "" : ": " + remark;
    }

    private static String group(int index, RolloutView rollout) {
        int place = rollout.placeOf(index);
        return place < 0
                        || (rollout.earlier() > 0
                                && place == rollout.plan().groups().size())
                ? "Group " + (index + 1)
                : "Group " + rollout.groups().get(place).name();
    }
}
