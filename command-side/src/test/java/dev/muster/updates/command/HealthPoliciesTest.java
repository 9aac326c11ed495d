package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionCommand.ExpireHealth;
import dev.muster.updates.ActionCommand.ProveHealth;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthPoliciesTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "2"), "os", "2");
    private static final Instant UNTIL = Instant.parse("2026-11-20T12:10:00Z");

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final HandTimers timers = new HandTimers();
    private final MemoryLog log = new MemoryLog();

    private final WhenActionIsInstalledWatchItsHealth deadline =
            new WhenActionIsInstalledWatchItsHealth(timers, commands, log);
    private final WhenDeviceReportsItsVersionProveItsHealth proof =
            new WhenDeviceReportsItsVersionProveItsHealth(commands, fleet, log);

    private Recorded recorded(Object event) {
        return log.record("updates/" + ROBOT, event);
    }

    private Recorded reported(Map<String, String> attributes) {
        Recorded report = log.record("device/" + ROBOT, new AttributesReported(ROBOT, attributes));
        proof.react(List.of(report));
        return report;
    }

    private void works(Integer action) {
        fleet.devices.put(
                ROBOT,
                new DeviceView(
                        ROBOT,
                        "Ada",
                        null,
                        List.of(),
                        Map.of(),
                        Map.of(),
                        null,
                        Origin.OPERATOR,
                        Instant.EPOCH,
                        0,
                        null,
                        DeviceView.Presence.ONLINE,
                        DeviceView.UpdateStatus.PENDING,
                        null,
                        null,
                        action,
                        List.of(),
                        new Hardware("board", "1.0"),
                        false,
                        false,
                        false,
                        null));
    }

    private ActionInstalled installed() {
        return new ActionInstalled(ROBOT, 7, OS, null, List.of(), null, UNTIL, null, null);
    }

    @Test
    void theTimeEndsUnlessTheActionDoes() {
        deadline.react(List.of(recorded(installed())));
        assertThat(timers.set).containsEntry("action-health|robot-1/7", UNTIL);
        timers.ends("action-health|robot-1/7");
        assertThat(commands.all).containsExactly(new ExpireHealth(ROBOT, 7));

        deadline.react(List.of(
                recorded(installed()),
                recorded(new ActionFinished(ROBOT, 7, OS, null, List.of(), null, null, null, null))));
        assertThat(timers.set).isEmpty();
    }

    @Test
    void whatWasReportedButNotHeardYetIsToldFirst() {
        log.record("device/" + ROBOT, new AttributesReported(ROBOT, Map.of("sw_version", "1")));
        Recorded last = log.record("device/" + ROBOT, new AttributesReported(ROBOT, Map.of("sw_version", "2")));
        deadline.react(List.of(recorded(installed())));
        timers.ends("action-health|robot-1/7");
        assertThat(commands.all).containsExactly(new ProveHealth(ROBOT, "2", last.at()), new ExpireHealth(ROBOT, 7));
    }

    @Test
    void theVersionIsReadWhereDevicesSayIt() {
        works(7);
        Recorded report = reported(Map.of("sw_version", " 2 ", "version", "9"));
        assertThat(commands.all).containsExactly(new ProveHealth(ROBOT, "2", report.at()));
        commands.all.clear();
        Recorded other = reported(Map.of("version", "2", "hw_revision", "1"));
        assertThat(commands.all).containsExactly(new ProveHealth(ROBOT, "2", other.at()));
    }

    @Test
    void whoSaysNoVersionOrHasNothingUnderWayIsLeftAlone() {
        works(7);
        reported(Map.of("hw_revision", "1"));
        works(null);
        reported(Map.of("sw_version", "2"));
        fleet.devices.clear();
        reported(Map.of("sw_version", "2"));
        assertThat(commands.all).isEmpty();
    }
}
