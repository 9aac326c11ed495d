package dev.muster.apps.reagent;

import dev.muster.apps.AgentStatus;
import dev.muster.apps.AppAgentCommand;
import dev.muster.apps.AppAgentCommand.NoteAgentGone;
import dev.muster.apps.AppAgentCommand.ReportAgentStatus;
import dev.muster.apps.AppAgents.AppAgent;
import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Heard;
import dev.muster.wamp.LocalSession;
import dev.muster.wamp.Match;
import dev.muster.wamp.WampFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Which agents are here. Agents say how they are, and never that they go: that follows from the end of their session,
 * and only where no later session has reported since.
 */
final class AgentPresence {

    /** What the router publishes for an agent when its session ended. */
    static final String TESTAMENT = "reswarm.api.testament_device";

    private static final Logger LOG = LoggerFactory.getLogger(AgentPresence.class);
    private static final int AT_ONCE = 32;

    private final ReagentPorts ports;
    private final InTurn turns = new InTurn();
    private final Map<DeviceId, Live> live = new ConcurrentHashMap<>();
    private final Map<Long, Live> bySession = new ConcurrentHashMap<>();
    private final List<Consumer<Live>> leaving = new CopyOnWriteArrayList<>();
    private volatile @Nullable LocalSession watch;
    private volatile boolean isClosed;

    /**
     * An open session of an agent.
     *
     * @param session the router's number
     */
    record Live(DeviceId device, String serial, String authid, long session) {}

    AgentPresence(ReagentPorts ports) {
        this.ports = ports;
    }

    /** Hears from now on who comes and goes, and puts right what a server that is no more has left behind. */
    void begin(LocalSession session) {
        watch = session;
        heeds(session, "wamp.session.on_join", this::joined);
        heeds(session, "wamp.session.on_leave", heard -> {
            if (heard.payload().arg(0) instanceof Long gone) {
                left(gone);
            }
        });
        heeds(session, TESTAMENT, this::testified);
        // Sessions of whoever served before are over. One of another node is put right by its next word, within half a
        // minute.
        List<AppAgent> stale = new ArrayList<>();
        for (AppAgent agent : ports.agents().all()) {
            if (agent.status().isOnline()) {
                stale.add(agent);
            }
        }
        var unused = Flux.fromIterable(stale)
                .flatMap(agent -> gone(agent.device(), agent.session()), AT_ONCE)
                .subscribe();
    }

    private static void heeds(LocalSession watch, String topic, Consumer<Heard> listener) {
        var unused = watch.subscribe(topic, Match.EXACT)
                .subscribe(
                        heard -> {
                            try {
                                listener.accept(heard);
                            } catch (RuntimeException failure) {
                                LOG.error("{} could not be heeded", topic, failure);
                            }
                        },
                        over -> LOG.debug("{} is heeded no more", topic, over));
    }

    /** Is called, on a thread that must not wait, with each session that ended. */
    void onLeave(Consumer<Live> listener) {
        leaving.add(listener);
    }

    private void joined(Heard heard) {
        if (!(heard.payload().arg(0) instanceof Map<?, ?> who)
                || !DeviceRights.DEVICE.equals(who.get("authrole"))
                || !(who.get("session") instanceof Long session)
                || !(who.get("authid") instanceof String authid)) {
            return;
        }
        SignedInAs name = SignedInAs.read(authid);
        AppAgent agent = name == null ? null : ports.agents().keyed(name.key());
        if (name == null || agent == null) {
            sendAway(session);
            return;
        }
        Live now = new Live(agent.device(), agent.serial(), authid, session);
        bySession.put(session, now);
        live.put(agent.device(), now);
        ports.heartbeats().heard(agent.device(), ports.clock().instant());
        if (ports.agents().keyed(name.key()) == null) {
            // Its enrolment ended after it had come in and before it was to be seen here.
            sendAway(session);
        }
    }

    private void sendAway(long session) {
        LocalSession by = watch;
        if (by != null) {
            var unused = by.call(
                            "wamp.session.kill",
                            List.of(session),
                            Map.of("message", "The device may not sign in any more."))
                    .subscribe(done -> {}, over -> LOG.debug("Session {} is over already", session, over));
        }
    }

    private void left(long session) {
        Live gone = bySession.remove(session);
        if (gone == null) {
            return;
        }
        live.remove(gone.device(), gone);
        leaving.forEach(listener -> listener.accept(gone));
        var unused = gone(gone.device(), session).subscribe();
    }

    /** What a session left to be said of itself; of any other it says nothing that counts. */
    private void testified(Heard heard) {
        SignedInAs who = SignedInAs.read(String.valueOf(heard.details().get("publisher_authid")));
        AppAgent agent = who == null ? null : ports.agents().keyed(who.key());
        boolean isItsOwn = heard.payload().arg(0) instanceof Map<?, ?> said
                && new Said(said).number("wamp_session_id") instanceof Long session
                && session.equals(heard.details().get("publisher"));
        if (agent != null && isItsOwn && !bySession.containsKey(publisher(heard))) {
            var unused = gone(agent.device(), publisher(heard)).subscribe();
        }
    }

    private static long publisher(Heard heard) {
        return heard.details().get("publisher") instanceof Long session ? session : 0;
    }

    /** Completes in any case. */
    private Mono<Void> gone(DeviceId device, long session) {
        if (isClosed || session < 1) {
            return Mono.empty();
        }
        return turns.after(device, ordered(device, new NoteAgentGone(device, session)))
                // However long that takes: nobody else would ever say that it went.
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(250))
                        .maxBackoff(Duration.ofSeconds(15))
                        .filter(failure -> !isClosed && Answers.isPassing(failure)))
                .onErrorResume(failure -> {
                    // One that was put out of service has no agent to be away.
                    if (!isClosed && !Refused.is(failure, AppsRefusal.AGENT_UNKNOWN)) {
                        LOG.warn("It could not be noted that the agent of {} went", device, failure);
                    }
                    return Mono.empty();
                });
    }

    /** Whether this is what is known of the agent. */
    static boolean isKnown(AppAgent agent, long session, AgentStatus status, boolean tunnelCapable) {
        return agent.status() == status && agent.session() == session && agent.tunnelCapable() == tunnelCapable;
    }

    /**
     * An agent said how it is; the same again is known and costs nothing. Once begun it goes on, whether anybody waits
     * for it or not: its session may be over by now, and what is noted of that comes after this.
     */
    Mono<Void> reported(AppAgent agent, long session, AgentStatus status, boolean tunnelCapable) {
        if (isKnown(agent, session, status, tunnelCapable)) {
            return Mono.empty();
        }
        DeviceId device = agent.device();
        Mono<Void> kept = turns.after(
                        device, ordered(device, new ReportAgentStatus(device, status, session, tunnelCapable)))
                .doOnSuccess(done -> onlyWhileThere(device, session));
        return Mono.fromFuture(kept::toFuture, true);
    }

    /**
     * A call and the end of its session are heard of in two places, and in any order. So the end may have been noted
     * when there was nothing yet to end; the router knows.
     */
    private void onlyWhileThere(DeviceId device, long session) {
        LocalSession by = watch;
        if (by != null) {
            var unused = by.call("wamp.session.get", List.of(session), null)
                    .then()
                    .onErrorResume(
                            failure -> failure instanceof WampFailure why
                                    && why.uri().equals(WampFailure.NO_SUCH_SESSION),
                            over -> gone(device, session))
                    .subscribe(done -> {}, failure -> LOG.debug("The router is over", failure));
        }
    }

    private Mono<Void> ordered(DeviceId device, AppAgentCommand command) {
        return Mono.fromFuture(() -> ports.commands().<Object>send(command, Asking.provenance(device)), true)
                .then();
    }

    @Nullable
    Live of(DeviceId device) {
        return live.get(device);
    }

    boolean isOnline(DeviceId device) {
        return live.containsKey(device);
    }

    Collection<Live> all() {
        return bySession.values();
    }

    /** From now on it is no news that agents go: this server does. */
    void close() {
        isClosed = true;
    }
}
