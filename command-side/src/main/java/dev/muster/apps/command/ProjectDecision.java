package dev.muster.apps.command;

import dev.muster.apps.AppsRefusal;
import dev.muster.apps.ProjectCommand;
import dev.muster.apps.ProjectCommand.ChangeProject;
import dev.muster.apps.ProjectCommand.CreateProject;
import dev.muster.apps.ProjectCommand.RemoveProject;
import dev.muster.apps.ProjectEvent;
import dev.muster.apps.ProjectEvent.ProjectChanged;
import dev.muster.apps.ProjectEvent.ProjectCreated;
import dev.muster.apps.ProjectEvent.ProjectRemoved;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects.Project;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a command about a project: an event, none, or a refusal. */
final class ProjectDecision {

    static final int NAME_LENGTH_MAX = 128;

    private ProjectDecision() {}

    /** @param project as it is; null while there is none */
    static List<ProjectEvent> decide(ProjectCommand command, @Nullable Project project) {
        return switch (command) {
            case CreateProject c -> created(c, project);
            case ChangeProject c -> changed(c, onlyKnown(c, project));
            case RemoveProject c -> removed(c, onlyKnown(c, project));
        };
    }

    /** As it is before anything happened: the main one is there. */
    static @Nullable Project initial(ProjectKey key) {
        return key.equals(ProjectKey.MAIN) ? Project.MAIN : null;
    }

    private static List<ProjectEvent> created(CreateProject c, @Nullable Project project) {
        String name = checked("name", c.name());
        String owner = checked("owner", c.owner());
        if (project == null) {
            return List.of(new ProjectCreated(c.project(), name, owner));
        }
        if (project.name().equals(name) && project.owner().equals(owner)) {
            return List.of();
        }
        throw AppsRefusal.PROJECT_EXISTS.because("There is another project " + c.project() + ".");
    }

    private static List<ProjectEvent> changed(ChangeProject c, Project project) {
        Versions.onlyExpected(c.expectedVersion(), project.version());
        String name = c.name() == null ? project.name() : checked("name", c.name());
        String owner = c.owner() == null ? project.owner() : checked("owner", c.owner());
        boolean same = project.name().equals(name) && project.owner().equals(owner);
        return same ? List.of() : List.of(new ProjectChanged(c.project(), name, owner));
    }

    private static List<ProjectEvent> removed(RemoveProject c, Project project) {
        Versions.onlyExpected(c.expectedVersion(), project.version());
        if (c.project().equals(ProjectKey.MAIN)) {
            throw AppsRefusal.PROJECT_IN_USE.because("The main project stays.");
        }
        return List.of(new ProjectRemoved(c.project()));
    }

    private static Project onlyKnown(ProjectCommand c, @Nullable Project project) {
        if (project == null) {
            throw AppsRefusal.PROJECT_UNKNOWN.because("There is no project " + c.project() + ".");
        }
        return project;
    }

    private static String checked(String member, String text) {
        boolean fits = !text.isBlank()
                && text.length() <= NAME_LENGTH_MAX
                && text.chars().noneMatch(Character::isISOControl)
                && Sendable.isWhole(text);
        if (!fits) {
            throw AppsRefusal.PROJECT_INVALID.about(member, "'" + member + "' is no name.");
        }
        return text.strip();
    }
}
