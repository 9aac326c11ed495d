package dev.muster.apps.reagent;

import dev.muster.apps.AppKey;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppState;
import dev.muster.apps.AppUpdateStatus;
import dev.muster.apps.InstallationCommand;
import dev.muster.apps.InstallationCommand.ReportAppPorts;
import dev.muster.apps.InstallationCommand.ReportAppState;
import dev.muster.apps.PortRule;
import dev.muster.apps.ReleaseKey;
import dev.muster.apps.reagent.CloudProcedures.Answering;
import dev.muster.registry.DeviceId;
import dev.muster.wamp.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What agents ask and tell about apps (contract C.2, D.2, D.4). */
final class AppProcedures {

    private static final Logger LOG = LoggerFactory.getLogger(AppProcedures.class);
    private static final int WORD_MAX = 64;

    private final ReagentPorts ports;
    private final AgentPushes pushes;
    private final RegistryTokens tokens;
    private final TunnelPorts tunnels;
    private final ReportPace reports;
    private final ReportPace questions;

    AppProcedures(
            ReagentPorts ports,
            AgentPushes pushes,
            RegistryTokens tokens,
            TunnelPorts tunnels,
            ReportPace reports,
            ReportPace questions) {
        this.ports = ports;
        this.pushes = pushes;
        this.tokens = tokens;
        this.tunnels = tunnels;
        this.reports = reports;
        this.questions = questions;
    }

    Map<String, Answering> all() {
        Map<String, Answering> all = new LinkedHashMap<>();
        all.put("reswarm.containers.get_requested_app_states", this::wanted);
        all.put("reswarm.containers.update_app_on_device", this::report);
        all.put("reswarm.containers.get_registry_token", this::registryToken);
        return all;
    }

    /**
     * All that the device should know. It removes what is not in the list: whatever keeps the list from being whole
     * is an error, and there is no other place from which a list could come.
     */
    private Mono<Payload> wanted(Asking asking) {
        asking.settled();
        // Without one the agent goes on with what it has, and does not ask again before its next start.
        Mono<Payload> list = Mono.defer(() -> list(asking))
                .doOnError(failure -> pushes.missed(asking.device(), asking.session()))
                .doOnCancel(() -> pushes.missed(asking.device(), asking.session()));
        return questions.paced(asking.device(), list);
    }

    private Mono<Payload> list(Asking asking) {
        AgentPushes.Told before = pushes.asked(asking.device(), asking.session());
        return ports.orders()
                .all(asking.device())
                .map(Answers::of)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("no list for " + asking.device())))
                .doOnNext(all -> pushes.told(asking.device(), before));
    }

    /** A report is the truth, whatever was expected. It has an answer when it is durable: the agent waits for that. */
    private Mono<Payload> report(Asking asking) {
        Said said = asking.settled();
        AppKey app = new AppKey(said.key("app_key"));
        AppStage stage = stage(said.text("stage", WORD_MAX));
        InstallationCommand command;
        if (said.has("state")) {
            command = state(asking, said, app, stage);
        } else if (said.has("ports")) {
            command = new ReportAppPorts(asking.device(), app, stage, ports(asking.device(), said));
        } else {
            throw Answers.invalid("A report has a 'state' or 'ports'.");
        }
        if (ports.catalogue().keyed(app) == null) {
            // Nobody here could tell what it is, so there is nothing to keep. To the agent an error is a failed app.
            LOG.debug("{} reports app {}, which is not known", asking.device(), app);
            return Mono.just(Payload.NONE);
        }
        Mono<Payload> kept = Mono.fromFuture(() -> ports.commands().<Object>send(command, asking.provenance()), true)
                .retryWhen(Retry.backoff(4, Duration.ofMillis(200)).filter(Answers::isPassing))
                .thenReturn(Payload.NONE);
        return reports.paced(asking.device(), kept);
    }

    private ReportAppState state(Asking asking, Said said, AppKey app, AppStage stage) {
        long release = said.keyOr("release_key", 0);
        return new ReportAppState(
                asking.device(),
                app,
                stage,
                state(said.text("state", WORD_MAX)),
                release == 0 ? null : new ReleaseKey(release),
                AppUpdateStatus.of(said.text("updateStatus", WORD_MAX)),
                ports.clock().instant());
    }

    private static AppStage stage(String word) {
        for (AppStage each : AppStage.values()) {
            if (each.name().equals(word)) {
                return each;
            }
        }
        throw Answers.invalid("'stage' is DEV or PROD.");
    }

    private static AppState state(String word) {
        for (AppState each : AppState.values()) {
            if (each.name().equals(word)) {
                return each;
            }
        }
        throw Answers.invalid("'state' is no state of an app.");
    }

    private List<PortRule> ports(DeviceId device, Said said) {
        List<PortRule> rules = new ArrayList<>();
        for (Object each : said.list("ports", PortRule.COUNT_MAX)) {
            rules.add(port(device, Said.of(each)));
        }
        return rules;
    }

    private PortRule port(DeviceId device, Said said) {
        int published = said.whole("host_port", 0, 65_535);
        int remote = said.whole("remote_port", 0, 65_535);
        return new PortRule(
                said.text("name", PortRule.TEXT_MAX),
                said.whole("port", 0, 65_535),
                protocol(said.text("protocol", WORD_MAX)),
                said.flag("main"),
                said.flag("active"),
                said.flag("public"),
                said.text("local_ip", PortRule.TEXT_MAX),
                tunnels.isAlien(device, remote) ? 0 : remote,
                said.text("remote_port_environment", PortRule.TEXT_MAX),
                published == 0 ? null : published);
    }

    private static PortRule.Protocol protocol(String word) {
        if (word.isEmpty()) {
            return PortRule.Protocol.HTTP;
        }
        for (PortRule.Protocol each : PortRule.Protocol.values()) {
            if (each.wireName().equals(word)) {
                return each;
            }
        }
        throw Answers.invalid("'protocol' is http, https, tcp or udp.");
    }

    /** What the agent shows to the registry of images, beside its secret. */
    private Mono<Payload> registryToken(Asking asking) {
        Said said = asking.settled();
        long account = said.keyOr("callerID", asking.agent().account());
        return tokens.login(asking.agent(), account).map(Answers::of);
    }
}
