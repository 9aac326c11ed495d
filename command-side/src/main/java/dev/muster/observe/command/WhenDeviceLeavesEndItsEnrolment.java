package dev.muster.observe.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.Enrolments;
import dev.muster.observe.ObserveRefusal;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;

/**
 * A device that was taken out of service is not observed any more. One that left because its enrolment ended is passed
 * over: it may have been enrolled anew since, and that must stand.
 */
public final class WhenDeviceLeavesEndItsEnrolment implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:decommission");
    /** How often an enrolment that changed in the same moment is looked at again. */
    private static final int LOOKS_MAX = 10;

    private final Commands commands;
    private final Enrolments enrolments;
    private final Positions positions;

    public WhenDeviceLeavesEndItsEnrolment(Commands commands, Enrolments enrolments, Positions positions) {
        this.commands = commands;
        this.enrolments = enrolments;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-device-leaves-end-its-enrolment";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            if (recorded.event() instanceof DeviceDecommissioned left && !isOurs(recorded)) {
                Await.done(positions.folded(recorded.position(), Await.HANDLER_WAIT_MAX));
                end(left.deviceId(), recorded.position());
            }
        }
    }

    private static boolean isOurs(Recorded recorded) {
        return WhenDeviceIsEnrolledRegisterIt.ACTOR.equals(recorded.metadata().get(Provenance.ACTOR));
    }

    /** Ends the enrolment that stood when the device left, not one that was made since. */
    private void end(DeviceId id, long leftAt) {
        for (int look = 0; look < LOOKS_MAX; look++) {
            Enrolment enrolment = enrolments.of(id);
            if (enrolment == null || enrolment.position() > leftAt) {
                return;
            }
            try {
                Await.done(commands.<Object>send(new EndEnrolment(id, enrolment.version()), SYSTEM));
                return;
            } catch (Refused refused) {
                String code = refused.refusal().code();
                if (!code.equals(KernelRefusal.VERSION_LOST.code())
                        && !code.equals(ObserveRefusal.ENROLMENT_UNKNOWN.code())) {
                    throw refused;
                }
                Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
            }
        }
        throw new IllegalStateException("the enrolment of " + id + " changes without end");
    }
}
