package dev.muster.apps.command.http;

import dev.muster.apps.AppAgentCommand.EndEnrolment;
import dev.muster.apps.AppAgentCommand.MoveAgent;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.apps.command.AgentFile;
import dev.muster.apps.command.AgentOffice;
import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.Positions;
import dev.muster.registry.DeviceId;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Orders about the agent of a device: the program that runs its apps. */
@RestController
@RequestMapping("/api/v1/devices/{id}/agent")
public class AgentsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);
    private static final String ROUTER = "/wamp";

    private final Commands commands;
    private final AgentOffice office;
    private final Projects projects;
    private final Positions positions;

    public AgentsEndpoint(Commands commands, AgentOffice office, Projects projects, Positions positions) {
        this.commands = commands;
        this.office = office;
        this.projects = projects;
        this.positions = positions;
    }

    /** @param project key of a project; none for the main one */
    public record AgentProject(@Nullable Long project) {}

    @PostMapping
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Let a device's agent sign in; answers the file that it is started with",
            description = "The file holds the agent's secret and is shown this once: only a new secret gives another.")
    public Mono<ResponseEntity<String>> enrol(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable AgentProject request,
            ServerWebExchange exchange) {
        DeviceId device = new DeviceId(id);
        Long asked = request == null ? null : request.project();
        ProjectKey project = asked == null ? ProjectKey.MAIN : new ProjectKey(asked);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Caller.current())
                .flatMap(caller -> office.enrol(device, project, reached(exchange), caller))
                .map(file -> answer(HttpStatus.CREATED, file));
    }

    @PostMapping("/secret")
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary = "Give an agent another secret; answers its new file, and the old one is worth nothing any more")
    public Mono<ResponseEntity<String>> rotate(@PathVariable String id, ServerWebExchange exchange) {
        DeviceId device = new DeviceId(id);
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.defer(() -> office.rotate(device, reached(exchange))))
                .map(file -> answer(HttpStatus.OK, file));
    }

    /** The router's address for whoever asks; a proxy in front says when it is the one that is spoken to in secret. */
    private static String reached(ServerWebExchange exchange) {
        URI asked = exchange.getRequest().getURI();
        boolean isSecret = "https".equalsIgnoreCase(asked.getScheme())
                || "https".equalsIgnoreCase(exchange.getRequest().getHeaders().getFirst("X-Forwarded-Proto"));
        return (isSecret ? "wss://" : "ws://") + asked.getRawAuthority() + ROUTER;
    }

    /** Nobody between here and whoever asked may keep it. */
    private static ResponseEntity<String> answer(HttpStatus status, AgentFile file) {
        return ResponseEntity.status(status)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file.name() + "\"")
                .body(file.content());
    }

    @PutMapping("/project")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Move an agent to another project; it needs no new file")
    public Mono<Void> move(@PathVariable String id, @RequestBody AgentProject request) {
        DeviceId device = new DeviceId(id);
        ProjectKey project = new ProjectKey(Given.required(request.project(), "project"));
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
            projects.needed(project);
            return commands.<Object>send(new MoveAgent(device, project)).then();
        }));
    }

    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(
            summary =
                    "Let an agent sign in no more; its secrets are destroyed, and what its device reported is history")
    public Mono<Void> end(@PathVariable String id) {
        return commands.<Object>send(new EndEnrolment(new DeviceId(id))).then();
    }
}
