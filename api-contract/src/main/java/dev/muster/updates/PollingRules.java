package dev.muster.updates;

import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.updates.PollingTime.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A {@link PollingTime} whose filters are compiled, for wires that tell many devices when to come again. */
public final class PollingRules {

    private final Fleet fleet;
    private final Span standard;
    private final List<Rule> rules;

    private PollingRules(Fleet fleet, Span standard, List<Rule> rules) {
        this.fleet = fleet;
        this.standard = standard;
        this.rules = List.copyOf(rules);
    }

    private record Rule(Predicate<DeviceView> filter, Span span) {}

    /** A rule whose filter cannot be read matches nothing: the settings refuse it where people can see it. */
    public static PollingRules of(PollingTime polling, Fleet fleet) {
        List<Rule> rules = new ArrayList<>();
        for (PollingTime.Rule each : polling.rules()) {
            try {
                rules.add(new Rule(fleet.filter(each.filter()), each.span()));
            } catch (Refused e) {
                // It is told where people can see it.
            }
        }
        return new PollingRules(fleet, polling.standard(), rules);
    }

    /** The first rule's that matches the device, else the standard, as for one that nobody knows. */
    public Span of(DeviceId id) {
        if (rules.isEmpty()) {
            return standard;
        }
        DeviceView view = fleet.find(id);
        if (view != null) {
            for (Rule rule : rules) {
                if (rule.filter().test(view)) {
                    return rule.span();
                }
            }
        }
        return standard;
    }
}
