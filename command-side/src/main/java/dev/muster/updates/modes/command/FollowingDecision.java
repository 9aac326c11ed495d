package dev.muster.updates.modes.command;

import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.modes.FollowState;
import dev.muster.updates.modes.FollowingCommand;
import dev.muster.updates.modes.FollowingCommand.ExpireRunning;
import dev.muster.updates.modes.FollowingCommand.ForgetFollowing;
import dev.muster.updates.modes.FollowingCommand.Heard;
import dev.muster.updates.modes.FollowingCommand.NoteOffered;
import dev.muster.updates.modes.FollowingCommand.Offer;
import dev.muster.updates.modes.FollowingCommand.ReportFollowing;
import dev.muster.updates.modes.FollowingCommand.ReportVersion;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingForgotten;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.FollowingEvent.SoftwareOffered;
import dev.muster.updates.modes.FollowingEvent.SoftwareVersionReported;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What follows from what a device says or does about its update. */
final class FollowingDecision {

    static final String SILENT = "Nothing was heard of this update for too long; it counts as failed.";

    /** So many words that change nothing are written down of one update; no device has more to say that matters. */
    static final int WORDS_MAX = 10_000;

    private FollowingDecision() {}

    /** What happened, and what is answered. */
    record Verdict(List<FollowingEvent> events, Heard answer) {}

    static List<FollowingEvent> offered(NoteOffered c, FollowingState state) {
        Offer known = state.open.get(c.offer().software());
        return known != null && isSame(known, c.offer()) ? List.of() : List.of(offered(c, c.offer()));
    }

    static Verdict reported(ReportFollowing c, FollowingState state) {
        Offer offer = meant(c, state);
        if (offer == null) {
            return logged(c, state, false);
        }
        return switch (c.execution()) {
            case PROCEEDING -> proceeding(c, state, offer);
            case CLOSED -> closed(c, state, offer);
            case CANCELED, SCHEDULED, REJECTED, RESUMED, DOWNLOADED, DOWNLOAD -> logged(c, state, true);
        };
    }

    /**
     * What the device speaks of, if that was ever given to it; else null. A device may act on a poll without reading
     * what it was offered, so what is due counts as well – except that the end it told already comes again: this
     * node may not have heard of it yet and still think that it is due. A device that begins anew with what it ended
     * last may do so.
     */
    private static @Nullable Offer meant(ReportFollowing c, FollowingState state) {
        Offer open = state.open.get(c.software());
        if (open != null) {
            return open;
        }
        Offer ended = state.ended;
        boolean begins = c.execution() == Execution.PROCEEDING;
        Offer selected = c.standing().selected();
        if (selected != null
                && selected.software() == c.software()
                && c.standing().due()) {
            boolean again = ended != null && isSame(ended, selected) && !state.force;
            return again && !begins ? null : selected;
        }
        return begins && ended != null && ended.software() == c.software() ? ended : null;
    }

    private static Verdict proceeding(ReportFollowing c, FollowingState state, Offer offer) {
        if (state.state != FollowState.RUNNING) {
            return new Verdict(
                    List.of(new FollowingStarted(
                            c.deviceId(),
                            offer.software(),
                            offer.release(),
                            offer.version(),
                            LogLines.kept(c.details()))),
                    new Heard(true, FollowState.RUNNING));
        }
        List<FollowingEvent> events = known(c, state, offer);
        events.addAll(logged(c, state, true).events());
        return new Verdict(events, new Heard(true, state.state));
    }

    private static Verdict closed(ReportFollowing c, FollowingState state, Offer offer) {
        List<FollowingEvent> events = known(c, state, offer);
        Long rollout = counting(c);
        if (c.finished() == Finished.FAILURE) {
            events.add(new FollowingFailed(c.deviceId(), c.software(), rollout, false, LogLines.kept(c.details())));
            return new Verdict(events, new Heard(true, FollowState.ERROR));
        }
        String version = c.standing().known() ? offer.version() : null;
        events.add(new FollowingFinished(c.deviceId(), c.software(), version, rollout, LogLines.kept(c.details())));
        return new Verdict(events, new Heard(true, FollowState.FINISHED));
    }

    /** The rollout that the device would follow now counts, if it gives this software: not the one it began with. */
    private static @Nullable Long counting(ReportFollowing c) {
        Offer selected = c.standing().selected();
        return selected != null && selected.software() == c.software() ? selected.rollout() : null;
    }

    /** Writes down first what counts only because it is due, so that its end is known as one when it comes again. */
    private static List<FollowingEvent> known(ReportFollowing c, FollowingState state, Offer offer) {
        List<FollowingEvent> events = new ArrayList<>();
        if (!state.open.containsKey(c.software())) {
            events.add(new SoftwareOffered(
                    c.deviceId(), offer.software(), offer.release(), offer.version(), offer.rollout()));
        }
        return events;
    }

    private static Verdict logged(ReportFollowing c, FollowingState state, boolean counted) {
        if (state.words >= WORDS_MAX) {
            return new Verdict(List.of(), new Heard(counted, state.state));
        }
        return new Verdict(
                List.of(new FollowingReported(
                        c.deviceId(), c.software(), c.execution(), c.finished(), LogLines.kept(c.details()))),
                new Heard(counted, state.state));
    }

    /**
     * What an update confirmed stands for a moment: right after its restart a device often still says what it had
     * read before, and would be offered the same update once more.
     */
    static List<FollowingEvent> version(ReportVersion c, FollowingState state, Instant now) {
        if (Objects.equals(c.version(), state.version)) {
            return List.of();
        }
        boolean oldNews =
                state.confirmedAt != null && now.isBefore(state.confirmedAt.plus(FollowingCommand.CONFIRMED_FOR));
        return oldNews ? List.of() : List.of(new SoftwareVersionReported(c.deviceId(), c.version()));
    }

    static List<FollowingEvent> expired(ExpireRunning c, FollowingState state) {
        if (state.state != FollowState.RUNNING || state.running == null || heardSince(c.heardLast(), state)) {
            return List.of();
        }
        return List.of(new FollowingFailed(c.deviceId(), state.running.software(), null, true, List.of(SILENT)));
    }

    /** Moments as timers and wires carry them: milliseconds. */
    private static boolean heardSince(Instant heardLast, FollowingState state) {
        return state.heardAt != null
                && state.heardAt.truncatedTo(ChronoUnit.MILLIS).isAfter(heardLast.truncatedTo(ChronoUnit.MILLIS));
    }

    static List<FollowingEvent> forgotten(ForgetFollowing c, FollowingState state) {
        boolean ofThePresent =
                c.returnedAt() != null && state.changedAt != null && !state.changedAt.isBefore(c.returnedAt());
        return state.fresh || ofThePresent ? List.of() : List.of(new FollowingForgotten(c.deviceId()));
    }

    private static SoftwareOffered offered(NoteOffered c, Offer offer) {
        return new SoftwareOffered(c.deviceId(), offer.software(), offer.release(), offer.version(), offer.rollout());
    }

    private static boolean isSame(Offer one, Offer other) {
        return one.software() == other.software() && one.release().equals(other.release());
    }
}
