package dev.muster.apps.query.http;

import dev.muster.apps.AgentLink;
import dev.muster.apps.AgentLink.Answer;
import dev.muster.apps.AgentLink.LogItem;
import dev.muster.apps.AppAgents;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppName;
import dev.muster.apps.AppStage;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.ContainerName;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Logs of apps and agents. They are kept on the devices: what was is asked of the device, what is comes while somebody
 * looks.
 */
@RestController
@RequestMapping("/api/v1/devices/{id}")
public class AgentLogReads {

    private static final int TAIL_MAX = 5_000;
    private static final int STREAMS_MAX = 500;
    private static final int TIME_MAX = 64;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final AppAgents agents;
    private final AppCatalogue catalogue;
    private final ObjectProvider<AgentLink> link;
    private final AtomicInteger streams = new AtomicInteger();

    public AgentLogReads(AppAgents agents, AppCatalogue catalogue, ObjectProvider<AgentLink> link) {
        this.agents = agents;
        this.catalogue = catalogue;
        this.link = link;
    }

    /** Says no type of its own: so it is also for those who do not say what they accept. */
    @GetMapping("/apps/{app}/logs")
    @Requires(Permission.APPS_READ)
    @Operation(
            summary = "What an app on a device has written, as the device kept it",
            description = "'tail' is how many lines (200, at most 5000), 'offset' how many to leave out behind them;"
                    + " 'since' and 'until' are times as RFC 3339, seconds, or how long ago such as 30m."
                    + " Where text/event-stream is accepted, this is the live log instead.")
    public Mono<Object> history(
            @PathVariable String id,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String container,
            @RequestParam(required = false) @Nullable Integer tail,
            @RequestParam(required = false) @Nullable Integer offset,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false, defaultValue = "true") boolean timestamps) {
        Map<String, Object> question = window(tail, since, until);
        question.put("containerName", container(app, stage, container));
        question.put("timestamps", timestamps);
        if (offset != null) {
            question.put("offset", within(offset, "offset", 0, Integer.MAX_VALUE));
        }
        return asked(new DeviceId(id), "query_app_logs", question);
    }

    @GetMapping(path = "/apps/{app}/logs", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Permission.APPS_READ)
    @Operation(
            summary = "What an app on a device writes, live",
            description = "Events are lines, message (of the agent), cleared, transfer and missed, which tells a reader"
                    + " who is too slow how much that was. It goes on while the device is away.")
    public Flux<ServerSentEvent<Object>> live(
            @PathVariable String id,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String container) {
        DeviceId device = new DeviceId(id);
        agents.needed(device);
        String log = container(app, stage, container);
        return Flux.using(this::opened, line -> events(line.logs(device, log)), line -> streams.decrementAndGet());
    }

    @GetMapping("/agent/logs")
    @Requires(Permission.APPS_READ)
    @Operation(
            summary = "What a device's agent has written",
            description = "'level' leaves out what is less than it: trace, debug, info (usual), warn, error, fatal or"
                    + " panic.")
    public Mono<Object> ofAgent(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer tail,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String level) {
        Map<String, Object> question = window(tail, since, until);
        if (level != null) {
            if (!List.of("trace", "debug", "info", "warn", "error", "fatal", "panic")
                    .contains(level)) {
                throw KernelRefusal.INVALID_REQUEST.because("'level' is no level of a log.");
            }
            question.put("level", level);
        }
        return asked(new DeviceId(id), "query_device_logs", question);
    }

    private Mono<Object> asked(DeviceId device, String procedure, Map<String, Object> question) {
        agents.needed(device);
        return Caller.current()
                .flatMap(caller -> line().call(device, procedure, List.of(question), Map.of(), caller))
                .map(AgentLogReads::first);
    }

    private static Object first(Answer answer) {
        Object first = answer.args().isEmpty() ? null : answer.args().getFirst();
        if (first == null) {
            throw AppsRefusal.AGENT_ODD.because("The agent answered nothing.");
        }
        return first;
    }

    private AgentLink line() {
        AgentLink found = link.getIfAvailable();
        if (found == null) {
            throw AppsRefusal.AGENT_OFFLINE.because("Agents are not spoken to by this server.");
        }
        return found;
    }

    private AgentLink opened() {
        AgentLink found = line();
        if (streams.incrementAndGet() > STREAMS_MAX) {
            streams.decrementAndGet();
            throw KernelRefusal.OVERLOADED.because("There are " + STREAMS_MAX + " live logs already.");
        }
        return found;
    }

    private static Flux<ServerSentEvent<Object>> events(Flux<LogItem> items) {
        Sinks.Empty<Void> over = Sinks.empty();
        Flux<ServerSentEvent<Object>> live = items.map(AgentLogReads::event).doFinally(signal -> over.tryEmitEmpty());
        Flux<ServerSentEvent<Object>> heartbeats = Flux.interval(HEARTBEAT)
                .onBackpressureDrop()
                .map(tick -> ServerSentEvent.builder().comment("still here").build())
                .takeUntilOther(over.asMono());
        // At once, so that whoever looks knows that it begins.
        return Flux.merge(Flux.just(ServerSentEvent.builder().comment("live").build()), live, heartbeats);
    }

    private static ServerSentEvent<Object> event(LogItem item) {
        String name =
                switch (item) {
                    case LogItem.Lines ignored -> "lines";
                    case LogItem.Message ignored -> "message";
                    case LogItem.Cleared ignored -> "cleared";
                    case LogItem.Transfer ignored -> "transfer";
                    case LogItem.Missed ignored -> "missed";
                };
        return ServerSentEvent.<Object>builder(item).event(name).build();
    }

    /** Which log is meant: a container's, or with stage {@code publish} that of building and pushing a release. */
    private String container(String app, @Nullable String stage, @Nullable String container) {
        AppCatalogue.App known = catalogue.needed(new AppName(app));
        if ("publish".equals(stage)) {
            return ContainerName.ofPublishing(known);
        }
        for (AppStage each : AppStage.values()) {
            if (stage != null && each.name().equalsIgnoreCase(stage)) {
                return ContainerName.within(each, known, container);
            }
        }
        if (stage != null) {
            throw KernelRefusal.INVALID_REQUEST.because("'stage' is prod, dev or publish.");
        }
        return ContainerName.within(AppStage.PROD, known, container);
    }

    private static Map<String, Object> window(@Nullable Integer tail, @Nullable String since, @Nullable String until) {
        Map<String, Object> question = new LinkedHashMap<>();
        if (tail != null) {
            question.put("tail", within(tail, "tail", 1, TAIL_MAX));
        }
        time(question, "since", since);
        time(question, "until", until);
        return question;
    }

    private static void time(Map<String, Object> question, String name, @Nullable String text) {
        if (text != null) {
            if (text.isBlank() || text.length() > TIME_MAX) {
                throw KernelRefusal.INVALID_REQUEST.because("'" + name + "' is a time, or how long ago.");
            }
            question.put(name, text);
        }
    }

    private static int within(int number, String name, int min, int max) {
        if (number < min || number > max) {
            throw KernelRefusal.INVALID_REQUEST.because("'" + name + "' is from " + min + " to " + max + ".");
        }
        return number;
    }
}
