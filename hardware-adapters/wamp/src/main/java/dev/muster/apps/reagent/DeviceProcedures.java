package dev.muster.apps.reagent;

import dev.muster.apps.AgentPrivilege;
import dev.muster.apps.AgentReadings.Stats;
import dev.muster.apps.AgentStatus;
import dev.muster.apps.AgentSystem;
import dev.muster.apps.AppAgentCommand.ReportAgentSystem;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Projects.Project;
import dev.muster.apps.reagent.CloudProcedures.Answering;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.wamp.Payload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** What agents ask and tell about their device (contract C.2). */
final class DeviceProcedures {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceProcedures.class);
    private static final int WORD_MAX = 64;
    private static final int TEXT_MAX = 4_000;
    /** Agents give a status up after 10 seconds. */
    private static final Duration STATUS_MAX = Duration.ofSeconds(8);

    private final ReagentPorts ports;
    private final ReagentSettings settings;
    private final AgentPresence presence;
    private final ReportPace news;

    /** @param news how often a device may say something new of itself, each of which is kept for ever */
    DeviceProcedures(ReagentPorts ports, ReagentSettings settings, AgentPresence presence, ReportPace news) {
        this.ports = ports;
        this.settings = settings;
        this.presence = presence;
        this.news = news;
    }

    Map<String, Answering> all() {
        Map<String, Answering> all = new LinkedHashMap<>();
        all.put("reswarm.devices.read_device_metadata", this::metadata);
        all.put("reswarm.devices.get_app_cred_key", this::credentialKey);
        all.put("reswarm.devices.update_device_status", this::status);
        all.put("reswarm.devices.update_device_architecture", this::system);
        all.put("reswarm.devices.check_privilege", this::privilege);
        // Of appliances, which have a registry of their own; the one here cleans up by itself.
        all.put("reswarm.registry.run_gc", asking -> Mono.just(Payload.NONE));
        return all;
    }

    /** Where the device belongs. The one thing that is answered to an agent that believes to be elsewhere. */
    private Mono<Payload> metadata(Asking asking) {
        asking.own();
        DeviceFacts facts = ports.devices().facts(asking.device());
        if (facts == null) {
            throw AppsRefusal.AGENT_UNKNOWN.because("The device is out of service.");
        }
        Project project = ports.projects().needed(asking.agent().project());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("device_name", facts.name());
        answer.put("swarm_name", project.name());
        answer.put("ownername", project.owner());
        answer.put("swarm_key", project.key().value());
        return Mono.just(Answers.of(answer));
    }

    private Mono<Payload> credentialKey(Asking asking) {
        return Mono.fromCallable(() -> ports.secrets().credentialKey(asking.device()))
                .subscribeOn(Schedulers.boundedElastic())
                .map(Answers::of);
    }

    /**
     * How the agent is. An error at the end of its start makes it end, and two in a row make it drop its session. So
     * what is no fault of its own is no error: it says the same again in half a minute.
     */
    private Mono<Payload> status(Asking asking) {
        Said said = asking.settled();
        AgentStatus status = status(said.text("status", WORD_MAX));
        boolean tunnelCapable = said.flag("tunnel_capable");
        Stats stats = said.has("stats") ? stats(Said.of(said.members().get("stats"))) : null;
        if (stats != null) {
            ports.readings().heard(asking.device(), stats, ports.clock().instant());
        }
        ports.heartbeats().heard(asking.device(), ports.clock().instant());
        Mono<Payload> kept = presence.reported(asking.agent(), asking.session(), status, tunnelCapable)
                .retryWhen(Retry.backoff(4, Duration.ofMillis(200)).filter(Answers::isPassing))
                .timeout(STATUS_MAX)
                .onErrorResume(DeviceProcedures::isNoFaultOfTheirs, failure -> {
                    LOG.warn("The status of {} could not be kept; it comes again", asking.device(), failure);
                    return Mono.empty();
                })
                .then(Mono.fromSupplier(this::greeting));
        boolean isKnown = AgentPresence.isKnown(asking.agent(), asking.session(), status, tunnelCapable);
        return isKnown ? kept : news.paced(asking.device(), kept);
    }

    private static boolean isNoFaultOfTheirs(Throwable failure) {
        return Exceptions.isRetryExhausted(failure) || Answers.isPassing(failure);
    }

    /** Nothing at all, unless there is an address: agents pass on whatever an object without one lacks. */
    private Payload greeting() {
        String console = settings.console();
        return console == null ? Payload.NONE : Answers.of(Map.of("reswarmBaseURL", console));
    }

    private static AgentStatus status(String word) {
        for (AgentStatus each : AgentStatus.values()) {
            if (each.isOnline() && each.name().equals(word)) {
                return each;
            }
        }
        throw Answers.invalid("'status' is CONFIGURING, CONNECTED or EMERGENCY.");
    }

    private static Stats stats(Said said) {
        return new Stats(
                (int) Math.min(said.amount("cpu_count"), 65_536),
                said.measure("cpu_usage"),
                said.amount("memory_total"),
                said.amount("memory_used"),
                said.amount("memory_available"),
                said.amount("storage_total"),
                said.amount("storage_used"),
                said.amount("storage_free"),
                said.amount("docker_apps_total"),
                said.amount("docker_apps_used"),
                said.amount("docker_apps_free"),
                said.flag("docker_apps_mounted"));
    }

    private Mono<Payload> system(Asking asking) {
        Said said = asking.settled();
        AgentSystem system = new AgentSystem(
                        said.text("os", TEXT_MAX),
                        said.text("arch", TEXT_MAX),
                        said.text("variant", TEXT_MAX),
                        said.text("agent_version", TEXT_MAX))
                .cut();
        if (system.equals(asking.agent().system())) {
            return Mono.just(Payload.NONE);
        }
        Mono<Payload> kept = Mono.fromFuture(
                        () -> ports.commands()
                                .<Object>send(new ReportAgentSystem(asking.device(), system), asking.provenance()),
                        true)
                .thenReturn(Payload.NONE);
        return news.paced(asking.device(), kept);
    }

    /** Whether somebody who calls the device may do that there. A word that means nothing here is nobody's right. */
    private Mono<Payload> privilege(Asking asking) {
        Said said = asking.own();
        boolean isItsOwn = said.text("entity", WORD_MAX).equals("DEVICE")
                && said.key("entity_key") == asking.agent().key().value();
        AgentPrivilege privilege = AgentPrivilege.named(said.text("privilege", WORD_MAX));
        long account = said.keyOr("requestor_account_key", 0);
        boolean may = isItsOwn
                && privilege != null
                && account > 0
                && ports.privileges().may(account, privilege);
        return Mono.just(Answers.of(may));
    }
}
