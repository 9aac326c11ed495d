package dev.muster.updates.modes.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.updates.modes.FollowingCommand.ChooseMode;
import dev.muster.updates.modes.FollowingCommand.ExpireRunning;
import dev.muster.updates.modes.FollowingCommand.Force;
import dev.muster.updates.modes.FollowingCommand.ForgetFollowing;
import dev.muster.updates.modes.FollowingCommand.Heard;
import dev.muster.updates.modes.FollowingCommand.NoteOffered;
import dev.muster.updates.modes.FollowingCommand.ReportFollowing;
import dev.muster.updates.modes.FollowingCommand.ReportVersion;
import dev.muster.updates.modes.FollowingCommand.SetFeed;
import dev.muster.updates.modes.FollowingEvent;
import dev.muster.updates.modes.command.FollowingDecision.Verdict;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One device's update mode, and how the update stands that its mode gave it. What it is given is not decided here: that
 * is asked afresh at every poll, from what is on the shelf and in the feeds. Here is decided what the device's word about
 * it means.
 */
public class DeviceFollowing {

    @AggregateIdentifier
    private @Nullable String id;

    private final FollowingState state = new FollowingState();

    protected DeviceFollowing() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ChooseMode command) {
        apply(ModeDecision.chosen(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(SetFeed command) {
        apply(ModeDecision.feed(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(Force command) {
        apply(ModeDecision.force(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(NoteOffered command) {
        apply(FollowingDecision.offered(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Heard handle(ReportFollowing command) {
        Verdict verdict = FollowingDecision.reported(command, state);
        apply(verdict.events());
        return verdict.answer();
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ReportVersion command, Clock clock) {
        apply(FollowingDecision.version(command, state, clock.instant()));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ExpireRunning command) {
        apply(FollowingDecision.expired(command, state));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(ForgetFollowing command) {
        apply(FollowingDecision.forgotten(command, state));
    }

    @EventSourcingHandler
    void on(FollowingEvent event, @Timestamp Instant at) {
        id = "following/" + event.deviceId();
        state.after(event, at);
    }

    private static void apply(List<FollowingEvent> events) {
        events.forEach(AggregateLifecycle::apply);
    }
}
