package dev.muster.apps.reagent;

import static dev.muster.apps.reagent.Fakes.AGENT;
import static dev.muster.apps.reagent.Fakes.port;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.wamp.Credentials;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Who may come in, and whether that still holds when they have proved it. */
class AgentAuthenticatorTest {

    private final AtomicReference<AppAgent> known = new AtomicReference<>(AGENT);
    private final AgentAuthenticator authenticator = new AgentAuthenticator(
            port(AppAgents.class, Map.of("keyed", arguments -> known.get())),
            port(AgentSecrets.class, Map.of("find", arguments -> Optional.of("secret of " + arguments[1]))));

    private static AppAgent with(String secretId) {
        return new AppAgent(
                AGENT.device(),
                AGENT.project(),
                AGENT.key(),
                AGENT.serial(),
                secretId,
                AGENT.account(),
                AGENT.status(),
                AGENT.session(),
                AGENT.tunnelCapable(),
                AGENT.system(),
                AGENT.enrolledAt(),
                AGENT.statusSince(),
                2);
    }

    @Test
    void whatWasFoundHoldsUntilTheSecretIsAnotherOrTheAgentIsGone() {
        assertThat(authenticator.find("realm1", "1-3").block(Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(Credentials.class, found -> {
                    assertThat(found.key()).isEqualTo("secret of " + AGENT.secretId());
                    assertThat(found.subject()).isEqualTo(AGENT.serial());
                    assertThat(found.isAlone()).isTrue();
                    assertThat(found.toString()).doesNotContain("secret of");
                    assertThat(found.holds().getAsBoolean()).isTrue();
                    known.set(with("another"));
                    assertThat(found.holds().getAsBoolean()).isFalse();
                    known.set(null);
                    assertThat(found.holds().getAsBoolean()).isFalse();
                });
    }

    @Test
    void whoeverIsNobodyIsRefusedFromMemory() {
        known.set(null);
        assertThat(authenticator.find("realm1", "1-3").blockOptional(Duration.ofSeconds(10)))
                .isEmpty();
        assertThat(authenticator.find("realm1", "system").blockOptional(Duration.ofSeconds(10)))
                .isEmpty();
    }
}
