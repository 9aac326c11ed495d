package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.identity.Caller;
import dev.muster.kernel.Refused;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutCommand.CreateRollout;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.http.RolloutAssembly;
import dev.muster.updates.command.http.RolloutRequest;
import dev.muster.updates.command.http.RolloutRequest.JoiningRequest;
import dev.muster.updates.command.http.RolloutsEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A rollout that devices may join later needs none today; any other does. */
class RolloutForThoseToComeTest {

    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();

    private void plan(@Nullable JoiningRequest joining) {
        RolloutAssembly assembly = new RolloutAssembly(
                new OneRelease(OS),
                fleet,
                new NoWindows(),
                new KnownRollouts(),
                rollout -> List.of(),
                new FixedSettings(false, false),
                Clock.systemUTC());
        RolloutsEndpoint endpoint =
                new RolloutsEndpoint(commands, assembly, () -> Mono.just(new UUID(1, 1)), new AllSeen());
        Caller ann = new Caller(Caller.Kind.USER, "ann", "Ann", Set.of(), Map.of());
        endpoint.create(request(joining))
                .contextWrite(it -> it.put(Caller.class, ann))
                .block(Duration.ofSeconds(20));
    }

    private static RolloutRequest request(@Nullable JoiningRequest joining) {
        return new RolloutRequest(
                "winter",
                OS.id().toString(),
                "group==line",
                null,
                null,
                2,
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
                joining,
                null);
    }

    @Test
    void nobodyTodayIsNoReasonToRefuseWhatCanBeJoined() {
        plan(new JoiningRequest(10, null, null));

        assertThat(commands.of(CreateRollout.class))
                .singleElement()
                .satisfies(it -> assertThat(it.plan().care().joining()).isNotNull());
    }

    @Test
    void whatNobodyCanJoinNeedsSomebodyToday() {
        fleet.add("a", "shelf", null);

        assertThatThrownBy(() -> plan(null)).satisfies(e -> assertThat(Refused.is(e, UpdatesRefusal.ROLLOUT_EMPTY))
                .as(e.toString())
                .isTrue());
        assertThat(commands.all).isEmpty();
    }
}
