package dev.muster.config.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Databag;
import dev.muster.config.DatabagEvent.SecretsForgotten;
import dev.muster.config.DatabagEvent.ViewWritten;
import dev.muster.config.DatabagId;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.Profile;
import dev.muster.config.RegistryId;
import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Databags as they are, whose they are, and as they were. */
class DatabagIndexTest {

    private static final RegistryId NET = new RegistryId("acme", "net");
    private static final DeviceId ROBOT = new DeviceId("robot");
    private static final DatabagId ACTUAL = new DatabagId(NET, Layer.actual(ROBOT));
    private static final DatabagId FLEET = new DatabagId(NET, Layer.fleet());

    private final List<Recorded> log = new ArrayList<>();
    private final DatabagIndex index = new DatabagIndex(new Log(log));

    private void happens(DatabagId id, Object event) {
        Recorded recorded =
                new Recorded(log.size(), "e" + log.size(), Instant.EPOCH, event, "databag/" + id, 0, Map.of());
        log.add(recorded);
        index.apply(recorded);
    }

    private static ViewWritten wrote(DatabagId id, long version, Delta... deltas) {
        return new ViewWritten(id, version, Profile.CONFDB, "all", List.of("x"), 1, List.of(deltas));
    }

    @Test
    void folds() {
        happens(ACTUAL, wrote(ACTUAL, 1, Delta.set("a.b", Json.of(1)), Delta.sealed("k.s", "text")));
        happens(ACTUAL, wrote(ACTUAL, 2, Delta.set("a.c", Json.of(2)), Delta.removed("a.b")));
        happens(FLEET, wrote(FLEET, 1, Delta.set("a", Json.of("x"))));
        Databag now = index.find(ACTUAL);
        assertThat(now.version()).isEqualTo(2);
        assertThat(now.clear()).hasToString("{\"a\":{\"c\":2}}");
        assertThat(now.sealed()).containsEntry("k.s", "text");
        happens(ACTUAL, new SecretsForgotten(ACTUAL, 3, List.of("k.s")));
        assertThat(index.find(ACTUAL).sealed()).isEmpty();
        assertThat(index.find(new DatabagId(NET, Layer.group("none")))).isEqualTo(Databag.EMPTY);
    }

    @Test
    void knowsWhoseTheyAre() {
        happens(ACTUAL, wrote(ACTUAL, 1, Delta.set("a", Json.of(1))));
        happens(FLEET, wrote(FLEET, 1, Delta.set("a", Json.of(1))));
        assertThat(index.of(NET)).containsExactlyInAnyOrder(ACTUAL, FLEET);
        assertThat(index.of(ROBOT)).containsExactly(ACTUAL);
        assertThat(index.of(new DeviceId("other"))).isEmpty();
    }

    @Test
    void readsEarlierVersionsFromTheLog() {
        happens(ACTUAL, wrote(ACTUAL, 1, Delta.set("a", Json.of(1))));
        happens(ACTUAL, wrote(ACTUAL, 2, Delta.set("a", Json.of(2))));
        assertThat(index.at(ACTUAL, 1))
                .hasValueSatisfying(bag -> assertThat(bag.clear()).hasToString("{\"a\":1}"));
        assertThat(index.at(ACTUAL, 3)).isEmpty();
    }

    @Test
    void readsTheLogAPageAtATime() {
        int versions = 2 * DatabagIndex.PAGE;
        for (int version = 1; version <= versions; version++) {
            ViewWritten event = wrote(ACTUAL, version, Delta.set("a", Json.of(version)));
            log.add(new Recorded(
                    version, "e" + version, Instant.EPOCH, event, "databag/" + ACTUAL, version - 1, Map.of()));
        }
        DatabagIndex paged = new DatabagIndex(new Pages(log));
        for (long version : new long[] {1, DatabagIndex.PAGE, DatabagIndex.PAGE + 1, versions}) {
            assertThat(paged.at(ACTUAL, version))
                    .hasValueSatisfying(bag -> assertThat(bag.clear()).hasToString("{\"a\":" + version + "}"));
        }
        assertThat(paged.at(ACTUAL, versions + 1)).isEmpty();
    }

    private record Log(List<Recorded> entries) implements History {

        @Override
        public Flux<Recorded> after(long position) {
            return Flux.fromIterable(entries);
        }

        @Override
        public List<Recorded> before(long position, int limit) {
            return List.copyOf(entries);
        }

        @Override
        public List<Recorded> of(String aggregate) {
            return entries.stream()
                    .filter(entry -> aggregate.equals(entry.aggregate()))
                    .toList();
        }

        @Override
        public @Nullable Recorded at(long position) {
            return entries.get((int) position);
        }
    }

    /** Gives no more than a page at once. */
    private record Pages(List<Recorded> entries) implements History {

        @Override
        public Flux<Recorded> after(long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Recorded> before(long position, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Recorded> of(String aggregate) {
            throw new AssertionError("all at once");
        }

        @Override
        public List<Recorded> of(String aggregate, long fromSequence, int limit) {
            assertThat(limit).isLessThanOrEqualTo(DatabagIndex.PAGE);
            return entries.stream()
                    .filter(entry -> aggregate.equals(entry.aggregate()) && entry.sequence() >= fromSequence)
                    .limit(limit)
                    .toList();
        }

        @Override
        public @Nullable Recorded at(long position) {
            throw new UnsupportedOperationException();
        }
    }
}
