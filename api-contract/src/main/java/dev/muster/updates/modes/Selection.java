package dev.muster.updates.modes;

import dev.muster.updates.Hardware;
import dev.muster.updates.modes.FeedRollouts.FeedRollout;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingCommand.Standing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which software a device gets: two questions – which would it be, and is it due – answered afresh at every poll from
 * what is in memory, nothing kept. An older version is offered like a newer one, in all modes: whoever sets the target
 * means it.
 */
public final class Selection {

    private final SoftwareShelf shelf;
    private final FeedRollouts rollouts;

    public Selection(SoftwareShelf shelf, FeedRollouts rollouts) {
        this.shelf = shelf;
        this.rollouts = rollouts;
    }

    /** What the device's mode gives it, due or not; null when it gives nothing. */
    public @Nullable Target target(Following device) {
        return switch (device.mode()) {
            case NONE, PINNED -> null;
            case LATEST -> target(shelf.latest(device.hardware()), null);
            case ASSIGNED -> {
                Software software = device.assigned() == null ? null : shelf.find(device.assigned());
                // The device may have become other hardware since it was assigned.
                yield software == null || lack(software, device.hardware()) != null ? null : new Target(software, null);
            }
            case ROLLOUT -> {
                FeedRollout rollout = rollouts.newest(device.feed(), device.hardware());
                yield rollout == null ? null : target(shelf.find(rollout.software()), rollout.number());
            }
        };
    }

    private static @Nullable Target target(@Nullable Software software, @Nullable Long rollout) {
        return software == null ? null : new Target(software, rollout);
    }

    /** What keeps software from devices of this hardware; null when nothing does. */
    public static @Nullable Lack lack(@Nullable Software software, Hardware hardware) {
        if (software == null) {
            return Lack.DELETED;
        }
        if (!software.usable()) {
            return Lack.INVALIDATED;
        }
        return software.fits(hardware) ? null : Lack.OTHER_HARDWARE;
    }

    /** Why the software assigned to the device is not given to it; null when it is, or when nothing is assigned. */
    public @Nullable Lack lackOfAssigned(Following device) {
        return device.assigned() == null ? null : lack(shelf.find(device.assigned()), device.hardware());
    }

    /**
     * The rollouts of the device's feed as they are gone through for it, newest first: those that are passed over, and
     * last the one that {@link #target} takes, if there is any. Empty without a feed. For explaining, not for polls.
     */
    public List<Candidate> candidates(Following device) {
        List<Candidate> candidates = new ArrayList<>();
        if (device.feed() != null) {
            for (FeedRollout each : rollouts.of(device.feed())) {
                Lack lack = each.paused() ? Lack.PAUSED : lack(shelf.find(each.software()), device.hardware());
                candidates.add(new Candidate(each, lack));
                if (lack == null) {
                    break;
                }
            }
        }
        return List.copyOf(candidates);
    }

    /** Whether the device is to install something now, and what. */
    public Decision decide(Following device) {
        Target target = target(device);
        if (target == null) {
            return new Skip(Reason.NO_TARGET, null);
        }
        if (!device.force()) {
            // The device's own text against the bundle's: equal in meaning is not enough, builds differ in less.
            if (target.software().version().equals(device.version())) {
                return new Skip(Reason.UP_TO_DATE, target);
            }
            if (device.stopped()) {
                return new Skip(Reason.IN_ERROR, target);
            }
        }
        return new Install(target, device.force());
    }

    /**
     * How things stand for a device that says something about the software of this number; for
     * {@link FollowingCommand.ReportFollowing}.
     *
     * @param elsewhere the action's software on offer as {@link FollowingCommand#ELSEWHERE}, or null
     */
    public Standing standing(Following device, long software, @Nullable Offer elsewhere) {
        if (software == FollowingCommand.ELSEWHERE) {
            return new Standing(elsewhere, elsewhere != null && !device.stopped(), false);
        }
        Decision decision = decide(device);
        Target target = decision.target();
        return new Standing(
                target == null ? null : target.offer(), decision instanceof Install, shelf.find(software) != null);
    }

    /**
     * True when the device may begin: it is at work already, or fewer than {@code runningMax} are.
     *
     * @param running how many devices are at work, this one included
     */
    public static boolean hasPlace(Following device, int running, int runningMax) {
        return device.state() == FollowState.RUNNING || running < runningMax;
    }

    /** @param rollout number of the feed's rollout that gives it, or null */
    public record Target(Software software, @Nullable Long rollout) {

        /** As commands speak of it. */
        public Offer offer() {
            return new Offer(software.number(), software.release(), software.version(), rollout);
        }
    }

    /** The answer. */
    public sealed interface Decision {

        /** What the mode gives, due or not. */
        @Nullable
        Target target();
    }

    public record Skip(Reason reason, @Nullable Target target) implements Decision {}

    /** @param forced because somebody forced it, whatever the device has */
    public record Install(Target target, boolean forced) implements Decision {}

    /** Why nothing is due. */
    public enum Reason {
        /** The mode gives nothing. */
        NO_TARGET,
        /** The device has this very version. */
        UP_TO_DATE,
        /** Its last update failed. */
        IN_ERROR
    }

    /** @param lack why it is passed over; null for the one that is taken */
    public record Candidate(FeedRollout rollout, @Nullable Lack lack) {}

    /** Why a rollout or an assignment gives a device nothing. */
    public enum Lack {
        /** Somebody paused the rollout. */
        PAUSED,
        /** Its software is not on the shelf any more. */
        DELETED,
        /** Its release was declared bad. */
        INVALIDATED,
        /** Its software is for other boards or revisions. */
        OTHER_HARDWARE
    }
}
