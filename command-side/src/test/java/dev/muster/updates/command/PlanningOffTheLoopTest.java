package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Caller;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.command.http.RolloutAssembly;
import dev.muster.updates.command.http.RolloutRequest;
import dev.muster.updates.command.http.RolloutsEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** Planning looks at every device: a million of them must not hold up the event loop that took the request. */
class PlanningOffTheLoopTest {

    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final List<Thread> planners = new CopyOnWriteArrayList<>();

    @Test
    void whoTakesTheRequestDoesNotLookThroughTheFleet() {
        fleet.add("a", "line", null);
        RolloutAssembly assembly = new RolloutAssembly(
                new Shelf(),
                fleet,
                new NoWindows(),
                new KnownRollouts(),
                rollout -> List.of(),
                new FixedSettings(false, false),
                Clock.systemUTC());
        RolloutsEndpoint endpoint =
                new RolloutsEndpoint(commands, assembly, () -> Mono.just(new UUID(1, 1)), new AllSeen());
        Caller ann = new Caller(Caller.Kind.USER, "ann", "Ann", Set.of(), Map.of());

        endpoint.create(request()).contextWrite(it -> it.put(Caller.class, ann)).block(Duration.ofSeconds(20));

        assertThat(planners).isNotEmpty().doesNotContain(Thread.currentThread());
        assertThat(commands.of(CreateRollout.class)).singleElement().satisfies(it -> {
            assertThat(it.by()).isEqualTo("user:ann");
            assertThat(it.plan().release()).isEqualTo(OS);
        });
    }

    private static RolloutRequest request() {
        return new RolloutRequest(
                "winter",
                OS.id().toString(),
                "group==line",
                null,
                null,
                1,
                80.0,
                20.0,
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
                null,
                null);
    }

    private final class Shelf implements Catalogue {

        @Override
        public Release find(ReleaseId id) {
            planners.add(Thread.currentThread());
            return new Release(OS, List.of(), false, null, Instant.EPOCH, true, false, 0);
        }

        @Override
        public Collection<Release> all() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Release latest(String name, Hardware hardware) {
            throw new UnsupportedOperationException();
        }
    }
}
