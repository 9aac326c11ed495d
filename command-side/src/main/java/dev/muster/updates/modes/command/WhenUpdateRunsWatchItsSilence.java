package dev.muster.updates.modes.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.kernel.Timers.Change;
import dev.muster.registry.DeviceId;
import dev.muster.updates.modes.FollowingCommand.ExpireRunning;
import dev.muster.updates.modes.FollowingEvent.FollowingFailed;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingForgotten;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.ModeSettings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A running update has a deadline that each word of the device puts off: a device that vanished must not hold one of
 * the few places for ever. That the update was not heard of since is for the decision to see.
 */
public final class WhenUpdateRunsWatchItsSilence implements Policy {

    private static final String OWNER = "following-silence";
    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:timeout");

    private final Timers timers;
    private final ModeSettings settings;

    public WhenUpdateRunsWatchItsSilence(Timers timers, Commands commands, ModeSettings settings) {
        this.timers = timers;
        this.settings = settings;
        timers.onDue(OWNER, (key, payload) -> {
            Instant heardLast = Instant.ofEpochMilli(Long.parseLong(new String(payload, StandardCharsets.US_ASCII)));
            Await.done(commands.send(new ExpireRunning(new DeviceId(key), heardLast), SYSTEM));
        });
    }

    @Override
    public String name() {
        return "when-update-runs-watch-its-silence";
    }

    @Override
    public int batchMax() {
        return 1000;
    }

    @Override
    public void react(List<Recorded> batch) {
        List<Change> changes = new ArrayList<>();
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case FollowingStarted e -> changes.add(runs(e.deviceId(), recorded.at()));
                case FollowingReported e -> changes.add(runs(e.deviceId(), recorded.at()));
                case FollowingFinished e ->
                    changes.add(Change.cancel(e.deviceId().value()));
                case FollowingFailed e -> changes.add(Change.cancel(e.deviceId().value()));
                case FollowingForgotten e ->
                    changes.add(Change.cancel(e.deviceId().value()));
                default -> {}
            }
        }
        timers.change(OWNER, changes);
    }

    /** A word after the end sets a timer that finds nothing to do. */
    private Change runs(DeviceId device, Instant heardLast) {
        return new Change(device.value(), heardLast.plus(settings.silenceMax()), payload(heardLast));
    }

    private static byte[] payload(Instant heardLast) {
        return Long.toString(heardLast.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
    }
}
