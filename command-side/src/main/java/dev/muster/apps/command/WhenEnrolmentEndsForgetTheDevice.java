package dev.muster.apps.command;

import dev.muster.apps.AgentReadings;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgentEvent.EnrolmentEnded;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.AppWishes;
import dev.muster.apps.AppWishes.Placed;
import dev.muster.apps.InstallationCommand.ForgetInstallation;
import dev.muster.apps.Installations;
import dev.muster.apps.Place;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An agent that may not sign in any more leaves nothing behind: its secrets and the key they are sealed with are
 * destroyed, what it reported and what was wanted of it alone is history. A device that is enrolled anew by the time this
 * is heard keeps the key, for its new secret is sealed with it; the old one proves nobody. What was reported before is
 * history then, too: the machine may be another one, and an app that is said to run already would not be started on it.
 */
public final class WhenEnrolmentEndsForgetTheDevice implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:enrolment-end");

    private final Commands commands;
    private final AppAgents agents;
    private final AppWishes wishes;
    private final Installations installations;
    private final AgentSecrets secrets;
    private final AgentReadings readings;
    private final Positions positions;

    public WhenEnrolmentEndsForgetTheDevice(
            Commands commands,
            AppAgents agents,
            AppWishes wishes,
            Installations installations,
            AgentSecrets secrets,
            AgentReadings readings,
            Positions positions) {
        this.commands = commands;
        this.agents = agents;
        this.wishes = wishes;
        this.installations = installations;
        this.secrets = secrets;
        this.readings = readings;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-enrolment-ends-forget-the-device";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof EnrolmentEnded ended) {
                Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
                forget(ended.device());
            } else if (recorded.event() instanceof DeviceDecommissioned left) {
                // One that never had an agent may have been given wishes all the same.
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                if (agents.find(left.deviceId()) == null) {
                    unwish(left.deviceId());
                }
            }
        }
    }

    private void forget(DeviceId device) {
        AppAgent anew = agents.find(device);
        if (anew == null) {
            secrets.destroy(device);
            readings.forget(device);
        }
        for (Installations.Known each : installations.known(device)) {
            Instant since =
                    installations.reported(device, each.app(), each.stage()).since();
            if (anew == null || since == null || since.isBefore(anew.enrolledAt())) {
                Await.done(commands.<Object>send(new ForgetInstallation(device, each.app(), each.stage()), SYSTEM));
            }
        }
        if (anew == null) {
            unwish(device);
        }
    }

    private void unwish(DeviceId device) {
        for (Placed each : List.copyOf(wishes.at(Place.device(device)))) {
            if (each.says()) {
                Await.done(commands.<Object>send(new InheritApp(each.app(), each.place(), null), SYSTEM));
            }
        }
    }
}
