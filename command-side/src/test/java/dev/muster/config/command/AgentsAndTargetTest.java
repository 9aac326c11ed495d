package dev.muster.config.command;

import static dev.muster.kernel.command.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.AgentCommand.RegisterAgent;
import dev.muster.config.AgentCommand.RemoveAgent;
import dev.muster.config.AgentCommand.ReportConfig;
import dev.muster.config.AgentEvent.AgentRegistered;
import dev.muster.config.AgentEvent.AgentRemoved;
import dev.muster.config.AgentEvent.ConfigReported;
import dev.muster.config.ConfigRefusal;
import dev.muster.config.TargetCommand.SetTarget;
import dev.muster.config.TargetEvent.TargetChanged;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Agents of the configuration server and their target as aggregates. */
class AgentsAndTargetTest {

    private static final DeviceId ID = new DeviceId("5faaacfc-0663-437c-a2fe-10901154a214");
    private static final AgentRegistered REGISTERED = new AgentRegistered(ID, 7, "10.0.0.1", "ssh-rsa AAAA", "amd64");

    private final AggregateTestFixture<RegisteredAgent> agents = new AggregateTestFixture<>(RegisteredAgent.class);
    private final AggregateTestFixture<SharedTarget> targets = new AggregateTestFixture<>(SharedTarget.class);

    private static RegisterAgent register(String arch) {
        return new RegisterAgent(ID, 7, "10.0.0.1", "ssh-rsa AAAA", arch);
    }

    @Nested
    class AnAgent {

        @Test
        void isRegistered() {
            agents.givenNoPriorActivity()
                    .when(register("amd64"))
                    .expectEvents(REGISTERED)
                    .expectResultMessagePayload(1L);
        }

        @Test
        void isRegisteredOnce() {
            agents.given(REGISTERED).when(register("amd64")).expectNoEvents().expectSuccessfulHandlerExecution();
        }

        @Test
        void isNotReplaced() {
            refused(agents.given(REGISTERED).when(register("arm64")), ConfigRefusal.REJECTED);
        }

        @Test
        void reportsWhatItHas() {
            agents.given(REGISTERED)
                    .when(new ReportConfig(ID, "{\"a\":1}"))
                    .expectEvents(new ConfigReported(ID, 2, "{\"a\":1}"))
                    .expectResultMessagePayload(2L);
        }

        @Test
        void tellsNothingNewByOtherWordsForTheSame() {
            agents.given(REGISTERED, new ConfigReported(ID, 2, "{\"a\":1,\"b\":[2]}"))
                    .when(new ReportConfig(ID, "{\"b\":[2.0],\"a\":1}"))
                    .expectNoEvents()
                    .expectResultMessagePayload(2L);
        }

        @Test
        void hasNothingAtFirst() {
            agents.given(REGISTERED)
                    .when(new ReportConfig(ID, "{}"))
                    .expectNoEvents()
                    .expectResultMessagePayload(1L);
        }

        @Test
        void thatNobodyKnowsReportsNothing() {
            refused(agents.givenNoPriorActivity().when(new ReportConfig(ID, "{}")), ConfigRefusal.AGENT_UNKNOWN);
        }

        @Test
        void reportsAnObjectOfBoundedSize() {
            refused(agents.given(REGISTERED).when(new ReportConfig(ID, "[]")), ConfigRefusal.BAD_REQUEST);
            refused(agents.given(REGISTERED).when(new ReportConfig(ID, "{")), ConfigRefusal.BAD_REQUEST);
            String large = "{\"a\":\"" + "x".repeat(ObjectText.LENGTH_MAX) + "\"}";
            refused(agents.given(REGISTERED).when(new ReportConfig(ID, large)), ConfigRefusal.TOO_LARGE);
        }

        @Test
        void isRemovedOnce() {
            agents.given(REGISTERED).when(new RemoveAgent(ID)).expectEvents(new AgentRemoved(ID));
            refused(
                    agents.given(REGISTERED, new AgentRemoved(ID)).when(new RemoveAgent(ID)),
                    ConfigRefusal.AGENT_UNKNOWN);
            refused(
                    agents.given(REGISTERED, new AgentRemoved(ID)).when(new ReportConfig(ID, "{}")),
                    ConfigRefusal.AGENT_UNKNOWN);
        }
    }

    @Nested
    class TheTarget {

        @Test
        void isSetAsAWhole() {
            targets.given(new TargetChanged(1, "{\"a\":1}"))
                    .when(new SetTarget("{\"b\":2}", null))
                    .expectEvents(new TargetChanged(2, "{\"b\":2}"))
                    .expectResultMessagePayload(2L);
        }

        @Test
        void mayBeSetToNothing() {
            targets.givenNoPriorActivity().when(new SetTarget("{}", 0L)).expectEvents(new TargetChanged(1, "{}"));
        }

        @Test
        void doesNotChangeByTheSameText() {
            targets.given(new TargetChanged(1, "{\"a\":1}"))
                    .when(new SetTarget("{\"a\":1}", null))
                    .expectNoEvents()
                    .expectResultMessagePayload(1L);
        }

        @Test
        void isShownAsItWasWrittenLast() {
            targets.given(new TargetChanged(1, "{\"a\":3}"))
                    .when(new SetTarget("{\"a\":3.0}", null))
                    .expectEvents(new TargetChanged(2, "{\"a\":3.0}"));
        }

        @Test
        void isNotOverwrittenUnseen() {
            refused(
                    targets.given(new TargetChanged(1, "{}")).when(new SetTarget("{\"a\":1}", 0L)),
                    KernelRefusal.VERSION_LOST);
        }

        @Test
        void isAnObject() {
            refused(targets.givenNoPriorActivity().when(new SetTarget("null", null)), ConfigRefusal.BAD_REQUEST);
            refused(targets.givenNoPriorActivity().when(new SetTarget("{\"a\":}", null)), ConfigRefusal.BAD_REQUEST);
        }
    }

    @Test
    void valuesStayOutOfLogs() {
        assertThat(new SetTarget("{\"k\":\"secret\"}", null).toString()).doesNotContain("secret");
        assertThat(new ReportConfig(ID, "{\"k\":\"secret\"}").toString()).doesNotContain("secret");
    }
}
