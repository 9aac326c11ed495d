package dev.muster.updates.query;

import dev.muster.kernel.Refused;
import dev.muster.registry.Heartbeats;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.PollingTime;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Judges whether devices keep to their polling interval. */
final class Presences {

    private final Heartbeats heartbeats;
    private final CurrentSettings current;
    private final Clock clock;
    private final QuerySettings settings;
    private volatile @Nullable Plan plan;

    Presences(Heartbeats heartbeats, CurrentSettings current, Clock clock, QuerySettings settings) {
        this.heartbeats = heartbeats;
        this.current = current;
        this.clock = clock;
        this.settings = settings;
    }

    /** A parsed plan with the text it was parsed from. */
    private record Plan(String text, PollingPlan parsed) {}

    Sightings now() {
        return new Now(clock.millis(), plan(), settings.overdueGrace().toMillis(), heartbeats);
    }

    /** Compiles terms with the moments that {@code ${NOW_TS}} and {@code ${OVERDUE_TS}} stand for. */
    Terms terms() {
        long now = clock.millis();
        return new Terms(now, now - plan().byDefault() - settings.overdueGrace().toMillis());
    }

    @Nullable
    Instant lastSeen(DeviceState device) {
        return heartbeats.lastHeard(device.id);
    }

    private PollingPlan plan() {
        String text = current.get().pollingTime();
        Plan known = plan;
        if (known == null || !known.text().equals(text)) {
            known = new Plan(text, PollingPlan.of(PollingTime.inForce(text), this::exception));
            plan = known;
        }
        return known.parsed();
    }

    /** A filter that cannot be read matches nothing: then the default interval counts. */
    private Term exception(String filter) {
        try {
            return FilterCompiler.compile(filter, new Terms(0, 0), settings).term();
        } catch (Refused refused) {
            return Term.ALL.not();
        }
    }

    private record Now(long now, PollingPlan plan, long grace, Heartbeats heartbeats) implements Sightings {

        @Override
        public long lastSeen(DeviceState device) {
            Instant at = heartbeats.lastHeard(device.id);
            return at == null ? NEVER : at.toEpochMilli();
        }

        @Override
        public Presence presence(DeviceState device) {
            long at = lastSeen(device);
            if (at == NEVER) {
                return Presence.NEVER_SEEN;
            }
            return now - at > plan.millis(device, new Unjudged(this)) + grace ? Presence.OVERDUE : Presence.ONLINE;
        }
    }

    /** What a polling exception may ask: presence itself depends on it, so that stays open. */
    private record Unjudged(Now now) implements Sightings {

        @Override
        public long lastSeen(DeviceState device) {
            return now.lastSeen(device);
        }

        @Override
        public Presence presence(DeviceState device) {
            return Presence.NEVER_SEEN;
        }
    }
}
