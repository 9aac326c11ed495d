package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.Fakes.AGENT;
import static dev.muster.apps.reagent.Fakes.DEVICE;
import static dev.muster.apps.reagent.Fakes.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentStatus;
import dev.muster.apps.AppAgentCommand.NoteAgentGone;
import dev.muster.apps.AppAgentCommand.ReportAgentStatus;
import dev.muster.apps.AppAgents;
import dev.muster.kernel.Commands;
import dev.muster.testing.Changed;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Router;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A session may end while what it said is still being kept: vector G-32, in the worst order. */
@Timeout(60)
class PresenceTest {

    /** No session has this number. */
    private static final long OVER = 12_345;

    private final List<Object> orders = new CopyOnWriteArrayList<>();
    private final List<CompletableFuture<Object>> answers = new CopyOnWriteArrayList<>();
    private final Router router = Fakes.router();
    private final LocalSession watch = router.join("realm1", "system", "system");
    private final AgentPresence presence = new AgentPresence(ports());

    private ReagentPorts ports() {
        return Changed.copy(
                Fakes.PORTS,
                "commands",
                port(Commands.class, Map.of("send", arguments -> ordered(arguments[0]))),
                "agents",
                port(AppAgents.class, Map.of("all", arguments -> List.of())));
    }

    private CompletableFuture<Object> ordered(Object order) {
        CompletableFuture<Object> answer = new CompletableFuture<>();
        answers.add(answer);
        orders.add(order);
        return answer;
    }

    @BeforeEach
    void begin() {
        presence.begin(watch);
    }

    @AfterEach
    void end() {
        presence.close();
        watch.close();
        router.close();
    }

    private static ReportAgentStatus said(AgentStatus status, long session) {
        return new ReportAgentStatus(DEVICE, status, session, true);
    }

    private void until(int ordered) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> orders.size() >= ordered);
    }

    @Test
    void whatASessionSaidLastDoesNotKeepItHere() {
        var keeping =
                presence.reported(AGENT, OVER, AgentStatus.CONNECTED, true).subscribe();
        until(1);
        answers.getFirst().complete("kept");
        until(2);
        assertThat(orders).containsExactly(said(AgentStatus.CONNECTED, OVER), new NoteAgentGone(DEVICE, OVER));
        assertThat(keeping.isDisposed()).isTrue();
    }

    @Test
    void aSessionThatIsThereStaysThere() {
        long here = watch.identity().session();
        var keeping =
                presence.reported(AGENT, here, AgentStatus.CONNECTED, true).subscribe();
        until(1);
        answers.getFirst().complete("kept");
        var next = presence.reported(AGENT, here, AgentStatus.EMERGENCY, true).subscribe();
        until(2);
        assertThat(orders).containsExactly(said(AgentStatus.CONNECTED, here), said(AgentStatus.EMERGENCY, here));
        answers.getLast().complete("kept");
        assertThat(List.of(keeping, next)).hasSize(2);
    }

    @Test
    void whoDoesNotWaitForAnAnswerDoesNotLetOthersPass() {
        var keeping =
                presence.reported(AGENT, OVER, AgentStatus.CONNECTED, true).subscribe();
        until(1);
        keeping.dispose();
        var next =
                presence.reported(AGENT, OVER + 1, AgentStatus.EMERGENCY, true).subscribe();
        assertThat(orders).containsExactly(said(AgentStatus.CONNECTED, OVER));
        answers.getFirst().complete("kept");
        until(2);
        assertThat(orders).contains(said(AgentStatus.EMERGENCY, OVER + 1));
        next.dispose();
    }

    @Test
    void theSameAgainIsNoOrder() {
        var known = presence.reported(AGENT, AGENT.session(), AGENT.status(), AGENT.tunnelCapable())
                .subscribe();
        assertThat(known.isDisposed()).isTrue();
        assertThat(orders).isEmpty();
    }
}
