package dev.muster.apps.command.http;

import dev.muster.apps.AppAgents;
import dev.muster.apps.AppWishes;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectCommand.ChangeProject;
import dev.muster.apps.ProjectCommand.CreateProject;
import dev.muster.apps.ProjectCommand.RemoveProject;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Given;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.Positions;
import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Numbers;
import io.swagger.v3.oas.annotations.Operation;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Orders about projects: sets of devices that belong together. */
@RestController
@RequestMapping("/api/v1/projects")
public class ProjectsEndpoint {

    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);
    private static final String OWNER_DEFAULT = "muster";

    private final Commands commands;
    private final Numbers numbers;
    private final Projects projects;
    private final AppAgents agents;
    private final AppWishes wishes;
    private final Positions positions;

    public ProjectsEndpoint(
            Commands commands,
            Numbers numbers,
            Projects projects,
            AppAgents agents,
            AppWishes wishes,
            Positions positions) {
        this.commands = commands;
        this.numbers = numbers;
        this.projects = projects;
        this.agents = agents;
        this.wishes = wishes;
        this.positions = positions;
    }

    /** @param owner whom apps on devices are told that the project belongs to */
    public record ProjectRequest(
            @Nullable String name, @Nullable String owner) {}

    /** A project as it was ordered. */
    public record OrderedProject(ProjectKey key) {}

    @PostMapping
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Make a project")
    public Mono<ResponseEntity<OrderedProject>> create(@RequestBody ProjectRequest request) {
        String name = Given.required(request.name(), "name");
        String owner = request.owner() == null ? OWNER_DEFAULT : request.owner();
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
            onlyFree(name);
            return key().flatMap(key -> commands.<Boolean>send(new CreateProject(key, name, owner))
                    .thenReturn(ResponseEntity.created(URI.create("/api/v1/projects/" + key))
                            .body(new OrderedProject(key))));
        }));
    }

    /** The first number is the main project's. */
    private Mono<ProjectKey> key() {
        return numbers.next(Series.APP_PROJECT)
                .map(ProjectKey::new)
                .flatMap(key -> key.equals(ProjectKey.MAIN) ? key() : Mono.just(key));
    }

    private void onlyFree(String name) {
        if (projects.named(name.strip()) != null) {
            throw AppsRefusal.PROJECT_EXISTS.because("There is another project of this name.");
        }
    }

    @PatchMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "Rename a project, or say to whom it belongs")
    public Mono<Void> change(
            @PathVariable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody ProjectRequest request) {
        ProjectKey project = ProjectKey.parse(key);
        Long version = IfMatch.required(ifMatch);
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
            String name = request.name();
            if (name != null && !projects.needed(project).name().equals(name.strip())) {
                onlyFree(name);
            }
            return commands.<Object>send(new ChangeProject(project, name, request.owner(), version))
                    .then();
        }));
    }

    @DeleteMapping("/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Requires(Permission.APPS_WRITE)
    @Operation(summary = "End a project that no device is in")
    public Mono<Void> remove(
            @PathVariable String key, @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        ProjectKey project = ProjectKey.parse(key);
        Long version = IfMatch.required(ifMatch);
        return positions.caughtUp(CATCH_UP_MAX).then(Mono.defer(() -> {
            int inIt = agents.in(project).size();
            if (inIt > 0) {
                throw AppsRefusal.PROJECT_IN_USE.because(
                        inIt + " devices are in project " + project + ".", Map.of("agents", inIt));
            }
            // Else what it says would stay for good, and keep the apps from ever being taken out of the catalogue.
            long says = wishes.at(Place.project(project)).stream()
                    .filter(AppWishes.Placed::says)
                    .count();
            if (says > 0) {
                throw AppsRefusal.PROJECT_IN_USE.because(
                        "Project " + project + " says how " + says + " apps should be.", Map.of("apps", says));
            }
            return commands.<Object>send(new RemoveProject(project, version)).then();
        }));
    }
}
