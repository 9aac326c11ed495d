package dev.muster.apps.query.http;

import dev.muster.apps.AppAgents;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.apps.Projects.Project;
import dev.muster.apps.query.http.AppViews.ProjectList;
import dev.muster.apps.query.http.AppViews.ProjectView;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Projects and how many devices are in them. */
@RestController
@RequestMapping("/api/v1/projects")
public class ProjectReads {

    private final Projects projects;
    private final AppAgents agents;
    private final Offload offload;

    public ProjectReads(Projects projects, AppAgents agents, Offload offload) {
        this.projects = projects;
        this.agents = agents;
        this.offload = offload;
    }

    @GetMapping
    @Requires(Permission.APPS_READ)
    @Operation(summary = "All projects, by key")
    public Mono<ProjectList> list() {
        return offload.ask(
                () -> new ProjectList(projects.all().stream().map(this::view).toList()));
    }

    @GetMapping("/{key}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "One project")
    public Mono<ResponseEntity<ProjectView>> one(
            @PathVariable String key,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        ProjectKey project = ProjectKey.parse(key);
        return offload.ask(() -> {
            ProjectView view = view(projects.needed(project));
            return Conditional.answer(ifNoneMatch, view.revision() + "-" + view.agents(), view);
        });
    }

    private ProjectView view(Project project) {
        return ProjectView.of(project, agents.in(project.key()).size());
    }
}
