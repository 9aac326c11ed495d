package dev.muster.server.wiring;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.registry.Heartbeats;
import dev.muster.server.MusterSettings;
import dev.muster.server.Readiness;
import dev.muster.server.http.OwnThreadResponse;
import dev.muster.updates.ActionViews;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.Numbers;
import dev.muster.updates.UrlPasswords;
import dev.muster.updates.ddi.CronWindows;
import dev.muster.updates.ddi.DdiHandler;
import dev.muster.updates.ddi.DdiMetrics;
import dev.muster.updates.ddi.DdiPorts;
import dev.muster.updates.ddi.DdiSettings;
import dev.muster.updates.ddi.Desk;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;

/**
 * The devices' own protocols stand in front of everything else: a poll passes no filter chain, and its authentication
 * is its own.
 */
@Configuration(proxyBeanMethods = false)
class DeviceWiring {

    @Bean
    DdiMetrics ddiMetrics() {
        return new DdiMetrics();
    }

    @Bean
    DdiSettings ddiSettings(MusterSettings settings) {
        DdiSettings usual = DdiSettings.DEFAULTS;
        return new DdiSettings(
                settings.tenant(),
                settings.ddi().trustedProxies().isEmpty()
                        ? usual.trustedProxies()
                        : settings.ddi().trustedProxies(),
                usual.onlyThroughProxies(),
                usual.controllerIdHeader(),
                usual.authorityHeader(),
                usual.fingerprintHeader(),
                usual.readsPerSecond(),
                usual.writesPerSecond(),
                usual.exempt(),
                usual.blackList(),
                usual.bodyBytesMax(),
                usual.messagesMax(),
                usual.historyMax(),
                usual.rangesMax(),
                usual.commandsInFlightMax(),
                usual.commandTimeout(),
                usual.catchUpMax(),
                usual.externalTimeout(),
                usual.externalTrustFor(),
                settings.artifacts().s3() != null && settings.artifacts().s3().presign());
    }

    @Bean
    MaintenanceWindows maintenanceWindows() {
        return new CronWindows();
    }

    @Bean
    Readiness readiness() {
        return new Readiness();
    }

    @Bean
    DeviceWire ddiWire(
            Desk desk,
            Commands commands,
            Positions positions,
            Heartbeats heartbeats,
            Fleet fleet,
            ArtifactStore artifacts,
            UrlPasswords passwords,
            ActionViews actions,
            Numbers numbers,
            MaintenanceWindows windows,
            Clock clock,
            DdiSettings settings,
            DdiMetrics metrics) {
        DdiPorts ports = new DdiPorts(
                commands, positions, heartbeats, fleet, artifacts, passwords, actions, numbers, windows, clock);
        DdiHandler ddi = new DdiHandler(desk, ports, settings, metrics);
        return new DeviceWire() {
            @Override
            public boolean serves(ServerHttpRequest request) {
                return ddi.serves(request);
            }

            @Override
            public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
                return ddi.handle(request, response);
            }
        };
    }

    @Bean
    HttpHandlerDecoratorFactory frontDoor(List<DeviceWire> wires, Readiness readiness) {
        return rest -> new FrontDoor(wires, rest, readiness);
    }

    /** Sorts requests: devices to their protocols, all others to the rest of the house; nobody in before memory is right. */
    private record FrontDoor(List<DeviceWire> wires, HttpHandler rest, Readiness readiness) implements HttpHandler {

        private static final byte[] STARTING =
                "{\"detail\":\"The server is starting.\"}".getBytes(StandardCharsets.UTF_8);

        @Override
        public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
            if (readiness.ready()) {
                ServerHttpResponse answer = OwnThreadResponse.of(response);
                for (DeviceWire wire : wires) {
                    if (wire.serves(request)) {
                        return wire.handle(request, answer);
                    }
                }
                return rest.handle(request, answer);
            }
            String path = request.getPath().value();
            if (path.endsWith("z") && (path.equals("/livez") || path.equals("/readyz") || path.equals("/startupz"))) {
                return rest.handle(request, response);
            }
            response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
            response.getHeaders().set("Retry-After", "1");
            // Some agents stop altogether at a body that is no JSON.
            response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
            if (request.getMethod().equals(HttpMethod.HEAD)) {
                // The body of an answer to HEAD is never written, and then its status would not be either.
                return response.setComplete();
            }
            return response.writeWith(
                    Mono.fromSupplier(() -> response.bufferFactory().wrap(STARTING.clone())));
        }
    }
}
