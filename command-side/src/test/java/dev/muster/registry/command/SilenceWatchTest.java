package dev.muster.registry.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceCommand.NoteReturn;
import dev.muster.registry.DeviceCommand.NoteSilence;
import dev.muster.registry.DeviceEvent.DeviceFellSilent;
import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryHeartbeats;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SilenceWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final DeviceId ROBOT = new DeviceId("robot");
    private static final DeviceId QUIET = new DeviceId("quiet");

    private final MemoryHeartbeats heartbeats = new MemoryHeartbeats();
    private final List<Object> sent = new ArrayList<>();
    private final SilenceWatch watch = new SilenceWatch(
            heartbeats,
            new Commands() {
                @Override
                public <R> Mono<R> send(Object command) {
                    throw new AssertionError("nobody's request");
                }

                @Override
                public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
                    sent.add(command);
                    return CompletableFuture.completedFuture(null);
                }
            },
            Clock.fixed(NOW, ZoneOffset.UTC),
            () -> Duration.ofMinutes(20));

    @Test
    void whoIsSilentTooLongIsReportedAndWhoIsPunctualIsNot() {
        heartbeats.heard(ROBOT, NOW.minusSeconds(60));
        heartbeats.heard(QUIET, NOW.minusSeconds(1201));
        assertThat(watch.look()).isEqualTo(1);
        assertThat(sent).containsExactly(new NoteSilence(QUIET, NOW.minusSeconds(1201)));
    }

    @Test
    void aSilentDeviceIsReportedOnceAndItsReturnToo() {
        watch.apply(new Recorded(1, "e", NOW, new DeviceFellSilent(QUIET, null), "device/quiet", 1, Map.of()));
        heartbeats.heard(QUIET, NOW.minusSeconds(9999));
        assertThat(watch.look()).isZero();
        heartbeats.heard(QUIET, NOW);
        assertThat(watch.look()).isEqualTo(1);
        assertThat(sent).containsExactly(new NoteReturn(QUIET));
    }
}
