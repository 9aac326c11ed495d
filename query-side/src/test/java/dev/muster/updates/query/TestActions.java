package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryLog;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionType;
import dev.muster.updates.ActionView;
import java.util.List;

/** Open actions as the view store has them. */
final class TestActions {

    private TestActions() {}

    /** A forced one that gives {@link TestFleet#OS_2}. */
    static ActionView of(DeviceId device, int number, ActionStatus status) {
        return new ActionView(
                device,
                number,
                TestFleet.OS_2,
                ActionType.FORCED,
                null,
                null,
                null,
                status,
                true,
                null,
                null,
                null,
                MemoryLog.START,
                MemoryLog.START,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }
}
