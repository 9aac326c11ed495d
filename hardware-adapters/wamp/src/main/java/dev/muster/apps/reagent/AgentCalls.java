package dev.muster.apps.reagent;

import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.Refused;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Payload;
import dev.muster.wamp.WampFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Calls to agents, made as {@code system}: the one name that agents believe when it says for whom it asks. What they
 * answer with when something fails is in their words, one URI for all of it.
 */
final class AgentCalls {

    static final String REQUEST_APP_STATE = "request_app_state";
    /** Characters of an agent's words that are passed on. */
    private static final int WORDS_MAX = 2_000;

    private final LocalSession session;

    AgentCalls(LocalSession session) {
        this.session = session;
    }

    /** What is registered and published by an agent itself begins with this. */
    static String own(AppAgent agent) {
        return "re.mgmt." + agent.serial() + ".";
    }

    /** @param procedure its last part */
    Mono<Answer> ask(AppAgent agent, String procedure, List<?> args, Map<String, ?> kwargs, Duration wait) {
        return call(agent, own(agent) + procedure, args, kwargs, wait);
    }

    /** @param uri all of it */
    Mono<Answer> call(AppAgent agent, String uri, List<?> args, Map<String, ?> kwargs, Duration wait) {
        return session.call(uri, args, kwargs)
                .timeout(
                        wait,
                        Mono.error(() -> AppsRefusal.AGENT_SILENT.because("The agent of device '" + agent.device()
                                + "' did not answer within " + wait.toSeconds() + " s.")))
                .onErrorMap(WampFailure.class, failure -> refusal(agent, failure))
                .map(AgentCalls::answer);
    }

    /** Values may be null inside, as in every answer of an agent. */
    @SuppressWarnings("NullAway")
    private static Answer answer(Payload payload) {
        List<Object> args = Collections.unmodifiableList(new ArrayList<>(payload.list()));
        Map<String, Object> kwargs = Collections.unmodifiableMap(new LinkedHashMap<>(payload.map()));
        return new Answer(args, kwargs);
    }

    private static Refused refusal(AppAgent agent, WampFailure failure) {
        String words = words(failure.payload().arg(0));
        // Agents tell their failures in an object; whoever else says that a call came to nothing says so in a sentence.
        boolean isTheirs = failure.payload().arg(0) instanceof Map<?, ?>;
        if (!isTheirs
                && (failure.uri().equals(WampFailure.NO_SUCH_PROCEDURE)
                        || failure.uri().equals(WampFailure.CANCELED))) {
            return AppsRefusal.AGENT_OFFLINE.because(
                    "The agent of device '" + agent.device() + "' is not there, or not ready yet.");
        }
        if (!isTheirs && failure.uri().equals(WampFailure.UNAVAILABLE)) {
            // The router's word: it has not even heard of it.
            return AppsRefusal.AGENT_SILENT.because(
                    "The agent of device '" + agent.device() + "' takes nothing more at the moment.");
        }
        return AppsRefusal.AGENT_FAILED.because(words == null ? failure.uri() : words);
    }

    private static @Nullable String words(@Nullable Object told) {
        Object words = told instanceof Map<?, ?> error ? error.get("error") : told;
        if (!(words instanceof String text) || text.isBlank()) {
            return null;
        }
        return text.length() <= WORDS_MAX ? text : text.substring(0, WORDS_MAX);
    }
}
