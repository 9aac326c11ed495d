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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A running update has a deadline that each word of the device puts off: a device that vanished must not hold one of
 * the few places for ever. Of a batch only a device's last word sets or ends its timer; that the update was not heard of
 * since is for the decision to see.
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
        Map<DeviceId, Last> last = new LinkedHashMap<>();
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case FollowingStarted e -> last.put(e.deviceId(), new Last(recorded.at(), true));
                case FollowingReported e -> last.put(e.deviceId(), new Last(recorded.at(), true));
                case FollowingFinished e -> last.put(e.deviceId(), new Last(recorded.at(), false));
                case FollowingFailed e -> last.put(e.deviceId(), new Last(recorded.at(), false));
                case FollowingForgotten e -> last.put(e.deviceId(), new Last(recorded.at(), false));
                default -> {}
            }
        }
        List<Change> changes = new ArrayList<>();
        last.forEach((device, word) -> changes.add(
                word.running()
                        ? new Change(device.value(), word.at().plus(settings.silenceMax()), payload(word.at()))
                        : Change.cancel(device.value())));
        timers.change(OWNER, changes);
    }

    /** The last word of a device in a batch; a word after the end sets a timer that finds nothing to do. */
    private record Last(Instant at, boolean running) {}

    private static byte[] payload(Instant heardLast) {
        return Long.toString(heardLast.toEpochMilli()).getBytes(StandardCharsets.US_ASCII);
    }
}
