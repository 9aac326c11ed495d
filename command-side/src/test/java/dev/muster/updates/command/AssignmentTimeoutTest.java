package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.updates.ActionCommand.AssignRelease;
import dev.muster.updates.ActionCommand.Assigned;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.command.http.AssignmentsEndpoint;
import dev.muster.updates.command.http.AssignmentsEndpoint.AssignmentRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A timer that no clock can reach would be tried again for ever. */
class AssignmentTimeoutTest {

    private static final ReleaseRef OS = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");

    private final SentCommands commands = new SentCommands();

    private void assign(@Nullable Duration timeout) {
        FewDevices fleet = new FewDevices();
        fleet.add("robot", null, null);
        commands.answer = command -> CompletableFuture.completedFuture(new Assigned(1, true));
        new AssignmentsEndpoint(
                        commands,
                        fleet,
                        new OneRelease(OS),
                        new ReleaseOffers(commands, new CountedNumbers(), new FixedSettings(false, false)),
                        new NoWindows(),
                        new AllSeen(),
                        Clock.systemUTC())
                .assign("robot", new AssignmentRequest(OS.id().toString(), null, null, null, null, null, timeout))
                .block(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "P3650DT1S", "PT2562047788015215H"})
    void silenceEndsInSomebodysLife(Duration timeout) {
        assertThatThrownBy(() -> assign(timeout))
                .satisfies(e -> assertThat(Refused.is(e, UpdatesRefusal.ROLLOUT_INVALID))
                        .as(e.toString())
                        .isTrue());
        assertThat(commands.all).isEmpty();
    }

    @Test
    void whatATimerReachesIsFine() {
        assign(null);
        assign(Duration.ofDays(3_650));
        assertThat(commands.of(AssignRelease.class))
                .extracting(AssignRelease::timeout)
                .containsExactly(null, Duration.ofDays(3_650));
    }
}
