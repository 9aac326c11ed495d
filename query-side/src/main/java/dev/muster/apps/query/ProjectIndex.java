package dev.muster.apps.query;

import dev.muster.apps.ProjectEvent;
import dev.muster.apps.ProjectEvent.ProjectChanged;
import dev.muster.apps.ProjectEvent.ProjectCreated;
import dev.muster.apps.ProjectEvent.ProjectRemoved;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Projects, folded from the log. The main one is there from the start. */
public final class ProjectIndex implements Fold, Projects {

    private final Map<ProjectKey, Project> projects =
            new ConcurrentSkipListMap<>(Map.of(ProjectKey.MAIN, Project.MAIN));

    @Override
    public String name() {
        return "app-projects";
    }

    @Override
    public void apply(Recorded recorded) {
        if (!(recorded.event() instanceof ProjectEvent event)) {
            return;
        }
        long version = recorded.sequence() + 1;
        switch (event) {
            case ProjectCreated e -> projects.put(e.project(), new Project(e.project(), e.name(), e.owner(), version));
            case ProjectChanged e -> projects.put(e.project(), new Project(e.project(), e.name(), e.owner(), version));
            case ProjectRemoved e -> projects.remove(e.project());
        }
    }

    @Override
    public @Nullable Project find(ProjectKey key) {
        return projects.get(key);
    }

    @Override
    public @Nullable Project named(String name) {
        return projects.values().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<Project> all() {
        return List.copyOf(projects.values());
    }
}
