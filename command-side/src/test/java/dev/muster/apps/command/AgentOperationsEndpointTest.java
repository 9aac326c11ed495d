package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.assertRefused;

import dev.muster.apps.AgentLink;
import dev.muster.apps.command.http.AgentOperationsEndpoint;
import dev.muster.apps.command.http.AgentOperationsEndpoint.Execution;
import dev.muster.identity.Caller;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a device is asked to run is looked at before anybody hears of it. */
class AgentOperationsEndpointTest {

    private final AppHouse house = new AppHouse();
    private final AgentOperations operations =
            new AgentOperations(house.agents, new NoLine(), event -> Mono.error(new AssertionError("noted")));
    private final AgentOperationsEndpoint endpoint =
            new AgentOperationsEndpoint(operations, new DeviceTunnels(house.agents, house.installations, operations));

    @Test
    void argumentsAreTextsAndFew() {
        refused(new Execution("ls", Arrays.asList("-l", null), null));
        refused(new Execution("ls", Collections.nCopies(101, "x"), null));
        refused(new Execution("ls", List.of("x".repeat(4_001)), null));
        refused(new Execution("ls", null, 60_001L));
        refused(new Execution(" ", null, null));
    }

    private void refused(Execution asked) {
        assertRefused(KernelRefusal.INVALID_REQUEST, () -> endpoint.execute("robot", asked)
                .block(Duration.ofSeconds(10)));
    }

    private static final class NoLine implements AgentLink {

        @Override
        public boolean isOnline(DeviceId device) {
            return false;
        }

        @Override
        public Mono<Answer> call(
                DeviceId device, String procedure, List<?> args, Map<String, ?> kwargs, Caller caller) {
            throw new UnsupportedOperationException();
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
