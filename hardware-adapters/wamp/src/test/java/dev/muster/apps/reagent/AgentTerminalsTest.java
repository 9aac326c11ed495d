package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.Fakes.AGENT;
import static dev.muster.apps.reagent.Fakes.DEVICE;
import static dev.muster.apps.reagent.Fakes.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentAudit;
import dev.muster.apps.AgentAuditEvent;
import dev.muster.apps.AgentAuditEvent.TerminalClosed;
import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.apps.AppAgents;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.testing.Changed;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Payload;
import dev.muster.wamp.Procedure;
import dev.muster.wamp.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Shells that nobody waits for, and devices that write without end. */
@Timeout(60)
class AgentTerminalsTest {

    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Caller ANN = new Caller(Caller.Kind.USER, "ann", null, Set.of(), Map.of());
    private static final String DATA = "re.mgmt.s-1.data.u1";

    private final List<AgentAuditEvent> noted = new CopyOnWriteArrayList<>();
    private final Router router = Fakes.router();
    private final LocalSession cloud = router.join("realm1", "system", "system");
    private final ReagentPorts ports = ports();
    private final AgentPresence presence = new AgentPresence(ports);
    private final AgentTerminals terminals =
            new AgentTerminals(ports, presence, cloud, new AgentCalls(cloud), Duration.ofSeconds(10));
    private LocalSession device;

    private ReagentPorts ports() {
        AgentAudit audit = event -> {
            noted.add(event);
            return Mono.empty();
        };
        return Changed.copy(
                Fakes.PORTS,
                "commands",
                port(Commands.class, Map.of("send", arguments -> CompletableFuture.completedFuture("done"))),
                "agents",
                port(AppAgents.class, Map.of("all", arguments -> List.of(), "keyed", arguments -> AGENT)),
                "audit",
                audit);
    }

    @BeforeEach
    void begin() {
        presence.onLeave(terminals::forget);
        presence.begin(cloud);
        device = router.join("realm1", "1-3", DeviceRights.DEVICE);
        Awaitility.await().atMost(WAIT).until(() -> presence.isOnline(DEVICE));
    }

    @AfterEach
    void end() {
        presence.close();
        device.close();
        cloud.close();
        router.close();
    }

    private void offers(String name, Procedure procedure) {
        assertThat(device.register("re.mgmt.s-1." + name, procedure).block(WAIT))
                .isNotNull();
    }

    private static Payload topics(String data) {
        return Payload.answer(Map.of(
                "sessionID", "u1",
                "dataTopic", data,
                "writeTopic", "re.mgmt.s-1.term_write.u1",
                "resizeTopic", "re.mgmt.s-1.term_resize.u1"));
    }

    @Test
    void oneThatNobodyWaitsForAnyMoreIsClosedOnceItIsOpen() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Sinks.Empty<Void> begun = Sinks.empty();
        AtomicInteger stopped = new AtomicInteger();
        offers("request_terminal_session", call -> Mono.just(topics("re.mgmt.s-1.term_data.prod_7_hello.u1")));
        offers("start_terminal_session", call -> {
            asked.countDown();
            return begun.asMono().thenReturn(Payload.NONE);
        });
        offers("stop_terminal_session", call -> {
            stopped.incrementAndGet();
            return Mono.just(Payload.NONE);
        });
        Disposable opening = terminals.open(AGENT, "prod_7_hello", 11, ANN).subscribe();
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        opening.dispose();
        begun.tryEmitEmpty();
        Awaitility.await().atMost(WAIT).until(() -> stopped.get() == 1 && noted.size() == 2);
        assertThat(noted.getLast()).isInstanceOf(TerminalClosed.class);
    }

    @Test
    void whatWaitsForWhoeverLooksIsBoundedInBytes() {
        offers("init_device_terminal", call -> Mono.just(topics(DATA)));
        TerminalSession shell = terminals.open(AGENT, null, 11, ANN).block(WAIT);
        assertThat(shell).isNotNull();
        String much = "x".repeat(2 << 20);
        for (int i = 0; i < 5; i++) {
            device.publish(DATA, List.of(much), null).block(WAIT);
        }
        device.publish(DATA, List.of("TERMINAL_EOF"), null).block(WAIT);
        // Its answer comes behind all that.
        assertThat(cloud.call("wamp.session.count", null, null).block(WAIT)).isNotNull();
        int shown = shell.output()
                .map(bytes -> bytes.length)
                .reduce(0, Integer::sum)
                .blockOptional(WAIT)
                .orElseThrow();
        assertThat(shown).isEqualTo(4 << 20);
    }
}
