package dev.muster.updates.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter that can say why a device does not match it. */
sealed interface Reasoned {

    /** Matches all. */
    Reasoned ALL = new All(List.of());

    /** The comparisons that keep the device out; empty when it matches. */
    List<FilterMiss> misses(DeviceState device, Sightings sightings);

    /** @param text the comparison as it was written */
    record One(String text, Field field, Term term) implements Reasoned {

        @Override
        public List<FilterMiss> misses(DeviceState device, Sightings sightings) {
            return term.holds(device, sightings)
                    ? List.of()
                    : List.of(new FilterMiss(text, field.name(), value(device, sightings)));
        }

        private @Nullable String value(DeviceState device, Sightings sightings) {
            return switch (field.reader()) {
                case Field.Reader.Text(var of) -> of.apply(device);
                case Field.Reader.Texts(var of) -> {
                    String[] all = of.apply(device);
                    yield all.length == 0 ? null : String.join(", ", all);
                }
                case Field.Reader.Word(var of) -> Field.kebab(of.of(device, sightings));
                case Field.Reader.Time(var of) -> {
                    long at = of.of(device, sightings);
                    yield at == Sightings.NEVER
                            ? null
                            : Instant.ofEpochMilli(at).toString();
                }
            };
        }
    }

    /** All must match: the first that does not is reason enough. */
    record All(List<Reasoned> parts) implements Reasoned {

        @Override
        public List<FilterMiss> misses(DeviceState device, Sightings sightings) {
            for (Reasoned each : parts) {
                List<FilterMiss> misses = each.misses(device, sightings);
                if (!misses.isEmpty()) {
                    return misses;
                }
            }
            return List.of();
        }
    }

    /** One must match: when none does, each of them says why. */
    record Any(List<Reasoned> parts) implements Reasoned {

        @Override
        public List<FilterMiss> misses(DeviceState device, Sightings sightings) {
            List<FilterMiss> all = new ArrayList<>();
            for (Reasoned each : parts) {
                List<FilterMiss> misses = each.misses(device, sightings);
                if (misses.isEmpty()) {
                    return List.of();
                }
                all.addAll(misses);
            }
            return all;
        }
    }
}
