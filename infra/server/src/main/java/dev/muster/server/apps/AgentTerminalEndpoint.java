package dev.muster.server.apps;

import dev.muster.apps.AgentLink;
import dev.muster.apps.AgentLink.TerminalSession;
import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppName;
import dev.muster.apps.AppStage;
import dev.muster.apps.ContainerName;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Refused;
import dev.muster.registry.DeviceId;
import dev.muster.server.security.Standing;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.WebsocketServerSpec;

/**
 * Shells on devices and in containers, through WebSockets. A page of the console comes with its session, every other
 * program with its token. What is refused is refused in plain HTTP before the protocol is switched; but a browser keeps
 * that from its page, so a page gets it as the reason of a close.
 */
@RestController
public class AgentTerminalEndpoint implements ApplicationListener<ContextClosedEvent> {

    private static final String TALK = "A WebSocket. Binary messages are what the shell reads and writes; a text"
            + " message {\"rows\": 24, \"columns\": 80} sets its size, as 'rows' and 'columns' in the query do at the"
            + " start. It closes with 1000 when the shell is over, with 4401 or 4403 when whoever opened it may no"
            + " longer. A page of a browser, which cannot see an answer in HTTP, is refused by a close with 4000 more"
            + " than the status would have been.";
    /** Of one message: a good deal of pasted text. */
    private static final int FRAME_MAX = 64 * 1024;

    private final AppCatalogue catalogue;
    private final ObjectProvider<AgentLink> link;
    private final Set<TerminalTalk> talks = ConcurrentHashMap.newKeySet();
    private final WebSocketService sockets = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
            () -> WebsocketServerSpec.builder().maxFramePayloadLength(FRAME_MAX)));
    private volatile boolean isClosed;

    public AgentTerminalEndpoint(AppCatalogue catalogue, ObjectProvider<AgentLink> link) {
        this.catalogue = catalogue;
        this.link = link;
    }

    @GetMapping("/api/v1/devices/{id}/terminal")
    @Requires(Permission.APPS_SHELL)
    @Operation(summary = "A root shell of a device", description = TALK)
    public Mono<Void> ofDevice(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer rows,
            @RequestParam(required = false) @Nullable Integer columns,
            ServerWebExchange exchange) {
        return open(new DeviceId(id), null, ScreenSize.of(rows, columns), exchange);
    }

    @GetMapping("/api/v1/devices/{id}/apps/{app}/terminal")
    @Requires(Permission.APPS_SHELL)
    @Operation(
            summary = "A shell in a container of an app on a device",
            description = TALK + " 'stage' is prod, which is the default, or dev; 'container' is one of a composition.")
    public Mono<Void> inContainer(
            @PathVariable String id,
            @PathVariable String app,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String container,
            @RequestParam(required = false) @Nullable Integer rows,
            @RequestParam(required = false) @Nullable Integer columns,
            ServerWebExchange exchange) {
        AppCatalogue.App known = catalogue.needed(new AppName(app));
        String name = ContainerName.within(stage(stage), known, container);
        return open(new DeviceId(id), name, ScreenSize.of(rows, columns), exchange);
    }

    private static AppStage stage(@Nullable String word) {
        if (word == null) {
            return AppStage.PROD;
        }
        for (AppStage each : AppStage.values()) {
            if (each.name().equalsIgnoreCase(word)) {
                return each;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because("'stage' is prod or dev.");
    }

    private Mono<Void> open(
            DeviceId device, @Nullable String container, @Nullable ScreenSize size, ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        if (!"websocket".equalsIgnoreCase(headers.getUpgrade())) {
            throw KernelRefusal.INVALID_REQUEST.because("A shell is spoken to through a WebSocket.");
        }
        OwnPage.only(headers);
        Mono<Void> talked = Mono.zip(Caller.current(), Standing.current())
                .flatMap(who -> terminal(device, container, who.getT1())
                        .flatMap(terminal -> talked(terminal, size, who.getT2(), exchange)));
        return headers.getOrigin() == null
                ? talked
                : talked.onErrorResume(
                        failure -> Refused.in(failure).isPresent(), failure -> closed(failure, exchange));
    }

    private Mono<TerminalSession> terminal(DeviceId device, @Nullable String container, Caller who) {
        AgentLink agents = link.getIfAvailable();
        return agents == null || isClosed
                ? Mono.error(KernelRefusal.OVERLOADED.because("No shell can be opened at the moment."))
                : agents.terminal(device, container, who);
    }

    private Mono<Void> closed(Throwable failure, ServerWebExchange exchange) {
        return sockets.handleRequest(exchange, socket -> socket.close(ShellClose.broken(failure)));
    }

    /** Completes when the protocol is switched, or could not be; the talk goes on after that. */
    private Mono<Void> talked(
            TerminalSession terminal, @Nullable ScreenSize size, Standing standing, ServerWebExchange exchange) {
        AtomicBoolean hasBegun = new AtomicBoolean();
        return sockets.handleRequest(exchange, socket -> {
                    hasBegun.set(true);
                    TerminalTalk talk = new TerminalTalk(terminal, size, standing);
                    talks.add(talk);
                    if (isClosed) {
                        talk.end();
                    }
                    return talk.on(socket).doFinally(signal -> {
                        talks.remove(talk);
                        close(terminal);
                    });
                })
                .doFinally(signal -> {
                    if (!hasBegun.get()) {
                        close(terminal);
                    }
                });
    }

    private static void close(TerminalSession terminal) {
        var unused = terminal.close().onErrorComplete().subscribe();
    }

    /** The server waits for whatever is open, and a shell has no end of its own. */
    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        isClosed = true;
        talks.forEach(TerminalTalk::end);
    }
}
