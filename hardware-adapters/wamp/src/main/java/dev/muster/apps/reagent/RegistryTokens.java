package dev.muster.apps.reagent;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What agents show to the registry of images as their name, beside their secret as the password: who the device is, for
 * whom it asks, and until when. It is proved with the device's secret and kept nowhere; another secret ends it.
 */
final class RegistryTokens {

    private static final Pattern SHAPE =
            Pattern.compile("([1-9][0-9]{0,17})\\.([1-9][0-9]{0,17})\\.([1-9][0-9]{0,11})\\.([A-Za-z0-9_-]{43})");

    private final AppAgents agents;
    private final AgentSecrets secrets;
    private final Duration life;
    private final Clock clock;

    RegistryTokens(AppAgents agents, AgentSecrets secrets, Duration life, Clock clock) {
        this.agents = agents;
        this.secrets = secrets;
        this.life = life;
        this.clock = clock;
    }

    /**
     * Somebody at the registry.
     *
     * @param account for whom the device asks
     */
    record Guest(AppAgent agent, long account) {}

    Mono<String> login(AppAgent agent, long account) {
        return secret(agent).map(secret -> {
            String said = agent.key() + "." + account + "."
                    + clock.instant().plus(life).getEpochSecond();
            return said + "." + proof(secret, said);
        });
    }

    /** Empty for whoever proves nothing. */
    Mono<Guest> guest(String login, String password) {
        Matcher parts = SHAPE.matcher(login);
        AppAgent agent = parts.matches() ? agents.keyed(new AgentKey(Long.parseLong(parts.group(1)))) : null;
        return agent == null ? Mono.empty() : secret(agent).mapNotNull(secret -> guest(agent, parts, secret, password));
    }

    private @Nullable Guest guest(AppAgent agent, Matcher parts, String secret, String password) {
        String said = parts.group(1) + "." + parts.group(2) + "." + parts.group(3);
        boolean isProved = Proofs.isSame(secret, password) & Proofs.isSame(proof(secret, said), parts.group(4));
        boolean isInTime = clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts.group(3))));
        return isProved && isInTime ? new Guest(agent, Long.parseLong(parts.group(2))) : null;
    }

    private static String proof(String secret, String said) {
        return Proofs.of(secret, "muster/registry/v1:" + said);
    }

    private Mono<String> secret(AppAgent agent) {
        return Mono.fromCallable(() -> secrets.find(agent.device(), agent.secretId()))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(Mono::justOrEmpty);
    }
}
