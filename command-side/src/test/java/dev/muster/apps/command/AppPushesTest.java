package dev.muster.apps.command;

import static dev.muster.apps.command.AppHouse.APP;
import static dev.muster.apps.command.AppHouse.device;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentLink;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppsRefusal;
import dev.muster.identity.Caller;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What an agent is told at once. */
class AppPushesTest {

    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann", null, Set.of(), Map.of());

    private final Line line = new Line();
    private final AppPushes pushes = new AppPushes(new Words(), line);

    private void push(boolean callOff) {
        pushes.push(device("robot"), APP, AppStage.PROD, callOff, ANN).block(Duration.ofSeconds(10));
    }

    @Test
    void saysHowItShouldBe() {
        push(false);
        assertThat(line.heard).containsExactly("RUNNING");
    }

    /** Else an app whose update was called off would rest for ever: nothing of what is wanted changes after that. */
    @Test
    void whatIsCalledOffGoesOnAsItShouldBe() {
        push(true);
        assertThat(line.heard).containsExactly("PRESENT", "RUNNING");
    }

    @Test
    void whoIsAwayIsToldLater() {
        line.isAway = true;
        push(true);
        assertThat(line.heard).isEmpty();
    }

    private static final class Words implements AppOrders {

        @Override
        public Mono<List<Map<String, Object>>> all(DeviceId device) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Map<String, Object>> one(DeviceId device, AppKey app, AppStage stage, boolean callOff) {
            return Mono.just(Map.of("target_state", callOff ? "PRESENT" : "RUNNING"));
        }
    }

    private static final class Line implements AgentLink {

        private final List<Object> heard = new ArrayList<>();
        private boolean isAway;

        @Override
        public boolean isOnline(DeviceId device) {
            return !isAway;
        }

        @Override
        public Mono<Answer> call(
                DeviceId device, String procedure, List<?> args, Map<String, ?> kwargs, Caller caller) {
            if (isAway) {
                return Mono.error(AppsRefusal.AGENT_OFFLINE.because("away"));
            }
            heard.add(kwargs.get("target_state"));
            return Mono.just(new Answer(List.of(), Map.of()));
        }

        @Override
        public Flux<LogItem> logs(DeviceId device, String container) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<TerminalSession> terminal(DeviceId device, @Nullable String container, Caller caller) {
            throw new UnsupportedOperationException();
        }
    }
}
