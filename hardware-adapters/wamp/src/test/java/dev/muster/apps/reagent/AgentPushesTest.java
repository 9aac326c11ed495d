package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.Fakes.AGENT;
import static dev.muster.apps.reagent.Fakes.DEVICE;
import static dev.muster.apps.reagent.Fakes.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppFace;
import dev.muster.apps.AppKey;
import dev.muster.apps.AppName;
import dev.muster.apps.AppOrder;
import dev.muster.apps.AppOrders;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.Installations;
import dev.muster.apps.Installations.Installation;
import dev.muster.apps.ReportedApp;
import dev.muster.testing.Changed;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Payload;
import dev.muster.wamp.Procedure;
import dev.muster.wamp.Router;
import dev.muster.wamp.WampFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;

/** What changes reaches devices that are here, also when it did not at once. */
@Timeout(60)
class AgentPushesTest {

    private static final AppKey APP = new AppKey(7);
    private static final Installation WANTED = new Installation(
            DEVICE,
            new AppCatalogue.App(APP, new AppName("hello"), AppFace.PLAIN, List.of(), Instant.EPOCH, 1, false),
            null,
            ReportedApp.unheard(AppStage.PROD),
            null,
            new AppOrder(
                    APP,
                    new AppName("hello"),
                    AppStage.PROD,
                    AppState.UNINSTALLED,
                    AppState.RUNNING,
                    11,
                    11,
                    null,
                    null,
                    "1.0.0",
                    "1.0.0",
                    false,
                    false,
                    new TreeMap<>(),
                    "{}",
                    List.of(),
                    List.of(),
                    null,
                    null,
                    1));

    private final Router router = Fakes.router();
    private final LocalSession cloud = router.join("realm1", "system", "system");
    private final LocalSession device = router.join("realm1", "1-3", DeviceRights.DEVICE);
    private final AtomicInteger heard = new AtomicInteger();
    private final AgentPushes pushes = new AgentPushes(ports(), new AgentCalls(cloud), Duration.ofSeconds(1));

    @BeforeEach
    void begin() {
        pushes.begin();
    }

    @AfterEach
    void end() throws Exception {
        pushes.close();
        device.close();
        cloud.close();
        router.close();
    }

    private static ReagentPorts ports() {
        AutoCloseable nothing = () -> {};
        Map<String, Object> words = Map.of("app_key", 7L);
        return Changed.copy(
                Fakes.PORTS,
                "agents",
                port(AppAgents.class, Map.of("needed", arguments -> AGENT)),
                "installations",
                port(Installations.class, Map.of("of", arguments -> List.of(WANTED), "onChange", arguments -> nothing)),
                "orders",
                port(AppOrders.class, Map.of("one", arguments -> Mono.just(words))));
    }

    private void answers(Procedure procedure) {
        Mono<LocalSession.Offer> offer = device.register("re.mgmt.s-1.request_app_state", call -> {
            heard.incrementAndGet();
            return procedure.invoke(call);
        });
        assertThat(offer.block(Duration.ofSeconds(5))).isNotNull();
    }

    private void untilHeard(int times) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> heard.get() >= times);
    }

    @Test
    void whoGotNoListIsToldAllTheSame() {
        answers(call -> Mono.just(Payload.NONE));
        pushes.missed(DEVICE, 4711);
        untilHeard(1);
    }

    @Test
    void whatWasToldIsNotToldAgain() {
        answers(call -> Mono.just(Payload.NONE));
        AgentPushes.Told before = pushes.asked(DEVICE, 4711);
        pushes.told(DEVICE, before);
        assertThat(before.orders()).hasSize(1);
        pushes.missed(DEVICE, 4711);
        pushes.missed(DEVICE, 4712);
        untilHeard(1);
        assertThat(heard).hasValue(1);
    }

    /** The router's refusal is not the agent's: it has heard nothing. */
    @Test
    void whatDidNotReachTheDeviceIsToldAgain() {
        answers(call -> heard.get() < 5
                ? Mono.error(new WampFailure(WampFailure.UNAVAILABLE, "Whoever answers does not take more calls."))
                : Mono.just(Payload.NONE));
        pushes.told(DEVICE, new AgentPushes.Told(4711, new ConcurrentHashMap<>()));
        // Three at once, and then again after a while.
        untilHeard(5);
    }
}
