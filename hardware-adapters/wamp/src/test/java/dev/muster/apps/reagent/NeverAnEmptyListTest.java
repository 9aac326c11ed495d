package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.CloudWorld.DEVICE;
import static dev.muster.apps.reagent.CloudWorld.release;
import static dev.muster.apps.reagent.Frames.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppFace;
import dev.muster.apps.AppState;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.KernelRefusal;
import dev.muster.testing.Changed;
import dev.muster.wamp.AgentWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/**
 * {@code [[]]} makes an agent remove all its apps (trap I.3). It is said in one case alone, and each way in which the
 * list could be missing, late or somebody else's is an ERROR, upon which the agent leaves everything as it is.
 */
class NeverAnEmptyListTest {

    private static final String LIST = "reswarm.containers.get_requested_app_states";
    private static final String OWN = "[{'device_key':3}]";

    @TempDir
    private Path folder;

    private CloudWorld world;

    @BeforeEach
    void start() {
        world = CloudWorld.start(folder, Changed.copy(CloudWorld.SETTINGS, "answerMax", Duration.ofMillis(500)));
        // An app that would be lost.
        world.offers(AppFace.PLAIN, release(70, "1.0.0", null));
        world.wants(AppTarget.RUNNING, CloudWorld.reported(AppState.RUNNING, 70));
    }

    @AfterEach
    void close() throws Exception {
        world.close();
    }

    private static String refused(AgentWire agent) {
        agent.says(call(44, LIST, OWN));
        return agent.hearsError(44);
    }

    @Test
    void itIsSaidWhereNothingIsWantedAndNothingIsThere() {
        AgentWire agent = world.agent();
        agent.says(call(44, LIST, OWN));
        assertThat(agent.next()).startsWith("[50,44,{},[[{");
        world.memory.installed = List.of();
        agent.says(call(45, LIST, OWN));
        agent.hears("[50,45,{},[[]]]");
    }

    /** Ways in which the list does not come about. */
    enum Trouble {
        BEHIND("wamp.error.unavailable", () -> Mono.error(KernelRefusal.NOT_CAUGHT_UP.because("still reading"))),
        OUT_OF_SERVICE("wamp.error.runtime_error", () -> Mono.error(AppsRefusal.AGENT_UNKNOWN.because("gone"))),
        NO_SECRET("wamp.error.runtime_error", () -> Mono.error(new IllegalStateException("the vault is sealed"))),
        NO_CATALOGUE("wamp.error.runtime_error", () -> {
            throw new IllegalStateException("the catalogue is broken");
        }),
        NO_LIST("wamp.error.runtime_error", Mono::empty),
        NO_END("wamp.error.unavailable", Mono::never),
        NO_FORM_ON_THE_WIRE("wamp.error.runtime_error", () -> Mono.just(List.of(Map.of("app_key", new Object()))));

        private final String error;
        private final Supplier<Mono<List<Map<String, Object>>>> list;

        Trouble(String error, Supplier<Mono<List<Map<String, Object>>>> list) {
            this.error = error;
            this.list = list;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverKeepsTheListFromBeingWholeIsAnError(Trouble trouble) {
        world.memory.list = trouble.list;
        assertThat(refused(world.agent())).contains("\"" + trouble.error + "\"").doesNotContain("vault", "catalogue");
    }

    /** Before anybody else is asked: what is compared with later is looked up first. */
    @Test
    void aMemoryThatFailsIsAnError() {
        AgentWire agent = world.agent();
        world.memory.memoryFault = new IllegalStateException("no memory");
        assertThat(refused(agent)).doesNotContain("no memory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "[null]",
                "[[]]",
                "['3']",
                "[3]",
                "[true]",
                "[{'device_key':4}]",
                "[{'device_key':'4'}]",
                "[{'device_key':-3}]",
                "[{'device_key':3.5}]",
                "[{'device_key':true}]",
                "[{'device_key':[3]}]",
                "[{'device_key':3,'swarm_key':9}]",
                "[{'device_key':3,'swarm_key':'nine'}]",
                "[],{'device_key':3}"
            })
    void whatIsNoQuestionAboutItselfIsAnError(String args) {
        AgentWire agent = world.agent();
        agent.says(call(44, LIST, args));
        agent.hearsError(44);
    }

    /** What a device is not told for sure is not told at all: what it has differs from project to project. */
    @Test
    void whoBelievesToBeInAnotherProjectIsToldNothing() {
        AgentWire agent = world.agent();
        world.memory.agents.put(DEVICE, CloudWorld.agentOf(9));
        assertThat(refused(agent)).contains("wamp.error.not_authorized");
    }

    @Test
    void whoMayNotSignInAnyMoreIsToldNothing() {
        AgentWire agent = world.agent();
        world.memory.agents.clear();
        assertThat(refused(agent)).contains("wamp.error.not_authorized");
    }

    @Test
    void aServerThatHasNotReadItsHistoryAnswersNobody() throws Exception {
        world.close();
        world = CloudWorld.unready(folder);
        AgentWire agent = world.router.connect().signsIn("2-3", CloudWorld.SECRET);
        assertThat(refused(agent)).contains("wamp.error.no_such_procedure");
    }

    @Test
    void aServerThatStopsMeanwhileIsAnError() throws Exception {
        world.close();
        world = CloudWorld.start(folder);
        CountDownLatch isAsked = new CountDownLatch(1);
        world.memory.list = () -> {
            isAsked.countDown();
            return Mono.never();
        };
        AgentWire agent = world.agent();
        agent.says(call(44, LIST, OWN));
        assertThat(isAsked.await(CloudWorld.WAIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        world.cloud.close();
        agent.hearsError(44);
        assertThat(refused(agent)).contains("wamp.error.no_such_procedure");
    }

    /** No other frame has a list in it that an agent could take for its apps. */
    @Test
    void afterAnErrorTheWholeListIsStillToBeHad() {
        AgentWire agent = world.agent();
        world.memory.list = Mono::empty;
        refused(agent);
        world.memory.list = null;
        agent.says(call(45, LIST, OWN));
        assertThat(agent.next()).startsWith("[50,45,{},[[{\"app_key\":7,");
    }
}
