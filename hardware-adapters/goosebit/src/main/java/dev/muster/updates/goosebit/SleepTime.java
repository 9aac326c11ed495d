package dev.muster.updates.goosebit;

import dev.muster.registry.DeviceId;
import dev.muster.updates.PollingRules;
import dev.muster.updates.PollingTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a device sleeps between polls: the first of the settings' rules that fits it, without their spread. */
final class SleepTime {

    private final GoosebitPorts ports;
    private volatile @Nullable Compiled compiled;

    SleepTime(GoosebitPorts ports) {
        this.ports = ports;
    }

    private record Compiled(String text, PollingRules rules) {}

    Duration of(DeviceId id) {
        String text = ports.settings().get().pollingTime();
        Compiled now = compiled;
        if (now == null || !now.text().equals(text)) {
            now = new Compiled(text, PollingRules.of(PollingTime.inForce(text), ports.fleet()));
            compiled = now;
        }
        return now.rules().of(id).interval();
    }
}
