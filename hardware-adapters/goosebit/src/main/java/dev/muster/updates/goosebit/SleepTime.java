package dev.muster.updates.goosebit;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.DeviceView;
import dev.muster.updates.PollingTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How long a device sleeps between polls: the first of the settings' rules that fits it, without their spread. */
final class SleepTime {

    private final GoosebitPorts ports;
    private volatile @Nullable Compiled compiled;

    SleepTime(GoosebitPorts ports) {
        this.ports = ports;
    }

    private record Rule(Predicate<DeviceView> filter, Duration interval) {}

    private record Compiled(String text, Duration standard, List<Rule> rules) {}

    Duration of(DeviceId id) {
        Compiled now = compiled();
        if (!now.rules().isEmpty()) {
            DeviceView view = ports.fleet().find(id);
            if (view != null) {
                for (Rule rule : now.rules()) {
                    if (rule.filter().test(view)) {
                        return rule.interval();
                    }
                }
            }
        }
        return now.standard();
    }

    private Compiled compiled() {
        String text = ports.settings().get().pollingTime();
        Compiled before = compiled;
        if (before != null && before.text().equals(text)) {
            return before;
        }
        PollingTime polling = PollingTime.inForce(text);
        List<Rule> rules = new ArrayList<>();
        for (PollingTime.Rule each : polling.rules()) {
            try {
                rules.add(new Rule(
                        ports.fleet().filter(each.filter()), each.span().interval()));
            } catch (Refused e) {
                // A rule that cannot be read matches nothing; the settings refuse it where people can see it.
            }
        }
        Compiled now = new Compiled(text, polling.standard().interval(), List.copyOf(rules));
        compiled = now;
        return now;
    }
}
