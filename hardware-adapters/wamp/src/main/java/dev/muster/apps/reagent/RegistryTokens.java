package dev.muster.apps.reagent;

import dev.muster.apps.AgentKey;
import dev.muster.apps.AgentSecrets;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.identity.BearerTokens;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Who signs in to the registry of images. Agents show as their name who the device is, for whom it asks, and until
 * when, which is proved with the device's secret and kept nowhere, and that secret as the password; another secret ends
 * it. People show an API token as the password, under any name.
 */
final class RegistryTokens {

    private static final Pattern SHAPE =
            Pattern.compile("([1-9][0-9]{0,17})\\.([1-9][0-9]{0,17})\\.([1-9][0-9]{0,11})\\.([A-Za-z0-9_-]{43})");
    private static final int TOKEN_LENGTH_MAX = 4096;

    private final AppAgents agents;
    private final AgentSecrets secrets;
    private final BearerTokens people;
    private final Duration life;
    private final Clock clock;

    RegistryTokens(ReagentPorts ports, Duration life) {
        this.agents = ports.agents();
        this.secrets = ports.secrets();
        this.people = ports.people();
        this.life = life;
        this.clock = ports.clock();
    }

    Mono<String> login(AppAgent agent, long account) {
        return secret(agent).map(secret -> {
            String said = agent.key() + "." + account + "."
                    + clock.instant().plus(life).getEpochSecond();
            return said + "." + proof(secret, said);
        });
    }

    /** Empty for whoever proves nothing. */
    Mono<RegistryGuest> guest(String login, String password) {
        Matcher parts = SHAPE.matcher(login);
        return parts.matches() ? device(parts, password) : person(password);
    }

    private Mono<RegistryGuest> person(String token) {
        // Nothing is done here in their name, so nothing of the request is worth remembering.
        return token.length() > TOKEN_LENGTH_MAX
                ? Mono.empty()
                : people.callerOf(token, Map.of()).map(RegistryGuest.Person::new);
    }

    private Mono<RegistryGuest> device(Matcher parts, String password) {
        AppAgent agent = agents.keyed(new AgentKey(Long.parseLong(parts.group(1))));
        return agent == null ? Mono.empty() : secret(agent).mapNotNull(secret -> guest(agent, parts, secret, password));
    }

    private @Nullable RegistryGuest guest(AppAgent agent, Matcher parts, String secret, String password) {
        String said = parts.group(1) + "." + parts.group(2) + "." + parts.group(3);
        boolean isProved = Proofs.isSame(secret, password) & Proofs.isSame(proof(secret, said), parts.group(4));
        boolean isInTime = clock.instant().isBefore(Instant.ofEpochSecond(Long.parseLong(parts.group(3))));
        return isProved && isInTime ? new RegistryGuest.Device(agent, Long.parseLong(parts.group(2))) : null;
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
