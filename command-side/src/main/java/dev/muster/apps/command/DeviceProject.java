package dev.muster.apps.command;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.muster.apps.ProjectCommand;
import dev.muster.apps.ProjectCommand.ChangeProject;
import dev.muster.apps.ProjectCommand.CreateProject;
import dev.muster.apps.ProjectCommand.RemoveProject;
import dev.muster.apps.ProjectEvent;
import dev.muster.apps.ProjectEvent.ProjectChanged;
import dev.muster.apps.ProjectEvent.ProjectCreated;
import dev.muster.apps.ProjectEvent.ProjectRemoved;
import dev.muster.apps.Projects.Project;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/** A set of devices that belong together: its name is a part of what apps on them are told. */
public class DeviceProject {

    @AggregateIdentifier
    private @Nullable String id;

    private @Nullable Project project;
    private long version;

    protected DeviceProject() {}

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    boolean handle(CreateProject c) {
        return apply(c);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    long handle(ChangeProject c) {
        apply(c);
        return version;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    void handle(RemoveProject c) {
        apply(c);
    }

    @EventSourcingHandler
    void on(ProjectEvent event) {
        id = "app-project/" + event.project();
        version++;
        project = switch (event) {
            case ProjectCreated e -> new Project(e.project(), e.name(), e.owner(), version);
            case ProjectChanged e -> new Project(e.project(), e.name(), e.owner(), version);
            case ProjectRemoved ignored -> null;
        };
    }

    /** Whether anything happened. */
    private boolean apply(ProjectCommand c) {
        Project now = version == 0 ? ProjectDecision.initial(c.project()) : project;
        List<ProjectEvent> events = ProjectDecision.decide(c, now);
        events.forEach(AggregateLifecycle::apply);
        return !events.isEmpty();
    }
}
