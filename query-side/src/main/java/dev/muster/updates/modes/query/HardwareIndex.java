package dev.muster.updates.modes.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.AttributesReported;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseEvent.ReleaseCreated;
import dev.muster.updates.modes.HardwareRows;
import dev.muster.updates.modes.Software;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Numbers for boards and revisions, in the order in which the log names them. Nothing is ever taken back. */
public final class HardwareIndex implements Fold, HardwareRows {

    private final ConcurrentHashMap<Hardware, Integer> numbers = new ConcurrentHashMap<>();

    public HardwareIndex() {
        note(Software.UNNAMED);
    }

    @Override
    public String name() {
        return "hardware-rows";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case AttributesReported event -> note(ReportedHardware.of(event.attributes()));
            case ReleaseCreated event ->
                event.modules().forEach(module -> module.compatibility().forEach(this::note));
            default -> {}
        }
    }

    private void note(Hardware hardware) {
        numbers.putIfAbsent(hardware, numbers.size() + 1);
    }

    @Override
    public @Nullable Integer number(Hardware hardware) {
        return numbers.get(hardware);
    }
}
