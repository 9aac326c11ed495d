package dev.muster.apps.reagent;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.ProjectKey;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import dev.muster.wamp.Router;
import dev.muster.wamp.RouterSettings;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A device, and as much of the rest of the house as a test needs. */
final class Fakes {

    static final DeviceId DEVICE = new DeviceId("one");

    static final AppAgent AGENT = new AppAgent(
            DEVICE,
            ProjectKey.MAIN,
            new AgentKey(3),
            "s-1",
            "secret",
            11,
            AgentStatus.CONNECTED,
            4711,
            true,
            AgentSystem.UNKNOWN,
            Instant.EPOCH,
            Instant.EPOCH,
            1);

    /** Of a house in which devices are seen, and that is asked nothing else: tests put in what theirs has. */
    @SuppressWarnings("NullAway") // Whatever is not put in is asked nothing.
    static final ReagentPorts PORTS = new ReagentPorts(
            null,
            null,
            null,
            null,
            port(Heartbeats.class, Map.of("heard", arguments -> List.of())),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Clock.systemUTC());

    private Fakes() {}

    /** One in which only sessions of this process are. */
    static Router router() {
        return new Router(
                RouterSettings.DEFAULTS,
                (realm, authid) -> Mono.empty(),
                (who, action, uri, match) -> true,
                Clock.systemUTC());
    }

    /** A port that answers what is named here, and fails at everything else. */
    @SuppressWarnings("unchecked") // A proxy is what it is a proxy of.
    static <T> T port(Class<T> type, Map<String, Function<Object[], Object>> answers) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (it, method, arguments) -> {
            Function<Object[], Object> answer = answers.get(method.getName());
            if (answer == null) {
                throw new UnsupportedOperationException(method.getName());
            }
            return answer.apply(arguments);
        });
    }
}
