package dev.muster.server.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.kernel.Fold;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.server.log.Log;
import dev.muster.server.log.LogCursor;
import dev.muster.server.log.LogTail;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** An agent removes what it is not told about: so nothing is told out of a memory that lacks something. */
@Timeout(60)
class OrdersOfWholeMemoryTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final DeviceId ROBOT = new DeviceId("robot");

    private static final AppOrders EMPTY = new AppOrders() {
        @Override
        public Mono<List<Map<String, Object>>> all(DeviceId device) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<Map<String, Object>> one(DeviceId device, AppKey app, AppStage stage, boolean callOff) {
            return Mono.just(Map.of("target_state", "UNINSTALLED"));
        }
    };

    @Test
    void nothingIsToldOnceAnythingIsMissing() {
        AtomicBoolean isWhole = new AtomicBoolean(true);
        AppOrders orders =
                new OrdersOfWholeMemory(EMPTY, Set.of("apps"), name -> !name.equals("apps") || isWhole.get());
        assertThat(orders.all(ROBOT).block(WAIT_MAX)).isEmpty();
        assertThat(orders.one(ROBOT, new AppKey(7), AppStage.PROD, false).block(WAIT_MAX))
                .hasSize(1);
        isWhole.set(false);
        for (Mono<?> each :
                List.<Mono<?>>of(orders.all(ROBOT), orders.one(ROBOT, new AppKey(7), AppStage.PROD, false))) {
            Throwable failure = catchThrowable(() -> each.block(WAIT_MAX));
            assertThat(Refused.is(failure, KernelRefusal.NOT_CAUGHT_UP))
                    .as("%s", failure)
                    .isTrue();
        }
    }

    @Test
    void whatStumblesOverAnEventIsNotWholeAnyMore() {
        Fold stumbling = fold("stumbling", () -> {
            throw new IllegalStateException("one of the test's own");
        });
        Fold steady = fold("steady", () -> {});
        try (LogTail tail = new LogTail(new OneEvent(), List.of(stumbling, steady))) {
            assertThat(tail.isWhole("stumbling")).isTrue();
            tail.start();
            tail.folded(0, WAIT_MAX).block(WAIT_MAX);
            assertThat(tail.isWhole("stumbling")).isFalse();
            assertThat(tail.isWhole("steady")).isTrue();
        }
    }

    private static Fold fold(String name, Runnable applying) {
        return new Fold() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void apply(Recorded recorded) {
                applying.run();
            }
        };
    }

    /** A history of one event. */
    private static final class OneEvent implements Log {

        @Override
        public long committed() {
            return 0;
        }

        @Override
        public LogCursor after(long position) {
            Queue<Recorded> left = new ArrayDeque<>();
            if (position < 0) {
                left.add(new Recorded(0, "e", Instant.EPOCH, "event", null, 0, Map.of()));
            }
            return new LogCursor() {
                @Override
                public List<Recorded> next(int max, Duration waitMax) throws InterruptedException {
                    Recorded next = left.poll();
                    if (next == null) {
                        Thread.sleep(waitMax);
                        return List.of();
                    }
                    return List.of(next);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public List<Recorded> of(String aggregate) {
            return List.of();
        }

        @Override
        public List<Recorded> of(String aggregate, long fromSequence, int limit) {
            return List.of();
        }
    }
}
