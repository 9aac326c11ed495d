package dev.muster.updates.modes.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Timers;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceId;
import dev.muster.updates.Feedback.Execution;
import dev.muster.updates.Feedback.Finished;
import dev.muster.updates.Fleet;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.modes.FollowingCommand.ExpireRunning;
import dev.muster.updates.modes.FollowingCommand.ForgetFollowing;
import dev.muster.updates.modes.FollowingEvent.FollowingFinished;
import dev.muster.updates.modes.FollowingEvent.FollowingReported;
import dev.muster.updates.modes.FollowingEvent.FollowingStarted;
import dev.muster.updates.modes.ModeSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class StandingRulesTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final DeviceId OTHER = new DeviceId("robot-2");
    private static final ReleaseRef RELEASE = new ReleaseRef(ReleaseId.of("os", "1"), "os", "1");
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.123Z");

    private final Sent commands = new Sent();

    private static Recorded recorded(long position, Instant at, Object event) {
        return new Recorded(position, "e" + position, at, event, "following/" + ROBOT, position, Map.of());
    }

    private static FollowingStarted started(DeviceId device) {
        return new FollowingStarted(device, 16, RELEASE, "1", null);
    }

    private static FollowingReported reported(DeviceId device) {
        return new FollowingReported(device, 16, Execution.PROCEEDING, Finished.NONE, List.of("a line"));
    }

    private static FollowingFinished finished(DeviceId device) {
        return new FollowingFinished(device, 16, "1", null, null);
    }

    @Nested
    class Silence {

        private final HandTimers timers = new HandTimers();
        private final WhenUpdateRunsWatchItsSilence policy =
                new WhenUpdateRunsWatchItsSilence(timers, commands, new ModeSettings(1000, Duration.ofHours(2)));

        @Test
        void eachWordPutsTheDeadlineOff() {
            policy.react(List.of(recorded(1, NOW, started(ROBOT)), recorded(2, NOW, started(OTHER))));
            policy.react(List.of(recorded(3, NOW.plusSeconds(60), reported(ROBOT))));

            assertThat(timers.due)
                    .containsEntry("robot-1", NOW.plusSeconds(60).plus(Duration.ofHours(2)))
                    .containsEntry("robot-2", NOW.plus(Duration.ofHours(2)));
        }

        @Test
        void theEndCallsItOff() {
            policy.react(List.of(recorded(1, NOW, started(ROBOT))));
            policy.react(List.of(recorded(2, NOW, reported(ROBOT)), recorded(3, NOW, finished(ROBOT))));

            assertThat(timers.due).isEmpty();
        }

        @Test
        void whenItIsDueTheUpdateExpiresUnlessItWasHeardSince() {
            policy.react(List.of(recorded(1, NOW, started(ROBOT))));
            timers.fire("robot-1");

            assertThat(commands.all).containsExactly(new ExpireRunning(ROBOT, NOW));
        }
    }

    @Nested
    class Leaving {

        private Recipient back;
        private final List<Long> waited = new ArrayList<>();
        private final WhenDeviceLeavesForgetItsFollowing policy =
                new WhenDeviceLeavesForgetItsFollowing(commands, fleet(), positions());

        private Fleet fleet() {
            return (Fleet) Proxy.newProxyInstance(
                    Fleet.class.getClassLoader(), new Class<?>[] {Fleet.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("recipient")) {
                            return back;
                        }
                        throw new UnsupportedOperationException(method.getName());
                    });
        }

        private Positions positions() {
            return new Positions() {
                @Override
                public long committed() {
                    return Long.MAX_VALUE;
                }

                @Override
                public long folded() {
                    return Long.MAX_VALUE;
                }

                @Override
                public Mono<Void> folded(long position, Duration waitMax) {
                    return Mono.fromRunnable(() -> waited.add(position));
                }

                @Override
                public Mono<Void> viewed(long position, Duration waitMax) {
                    return Mono.empty();
                }
            };
        }

        @Test
        void itsModeIsForgotten() {
            policy.react(List.of(recorded(41, NOW, new DeviceDecommissioned(ROBOT))));

            assertThat(commands.all).containsExactly(new ForgetFollowing(ROBOT, null));
            assertThat(waited).as("the fleet had to know that it left").containsExactly(41L);
        }

        @Test
        void whatItWasToldSinceItIsBackIsNot() {
            back = new Recipient(ROBOT, new Hardware("board", "1.0"), NOW);
            policy.react(List.of(recorded(41, NOW, new DeviceDecommissioned(ROBOT))));

            assertThat(commands.all).containsExactly(new ForgetFollowing(ROBOT, NOW));
        }

        @Test
        void nothingElseIsItsBusiness() {
            policy.react(List.of(recorded(41, NOW, new DeviceRenamed(ROBOT, "Ada"))));

            assertThat(commands.all).isEmpty();
        }
    }

    private static final class Sent implements Commands {

        private final List<Object> all = new ArrayList<>();

        @Override
        public <R> Mono<R> send(Object command) {
            all.add(command);
            return Mono.empty();
        }

        @Override
        public <R> CompletableFuture<R> send(Object command, Map<String, String> provenance) {
            all.add(command);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Timers that are due when the test says so. */
    private static final class HandTimers implements Timers {

        private final Map<String, Instant> due = new LinkedHashMap<>();
        private final Map<String, byte[]> payloads = new LinkedHashMap<>();
        private Due action;

        @Override
        public void set(String owner, String key, Instant at, byte[] payload) {
            due.put(key, at);
            payloads.put(key, payload);
        }

        @Override
        public void cancel(String owner, String key) {
            due.remove(key);
        }

        @Override
        public void onDue(String owner, Due what) {
            action = what;
        }

        private void fire(String key) {
            action.fire(key, payloads.get(key));
        }
    }
}
