package dev.muster.apps.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.apps.AppsRefusal;
import dev.muster.apps.ProjectCommand.ChangeProject;
import dev.muster.apps.ProjectCommand.CreateProject;
import dev.muster.apps.ProjectCommand.RemoveProject;
import dev.muster.apps.ProjectEvent.ProjectChanged;
import dev.muster.apps.ProjectEvent.ProjectCreated;
import dev.muster.apps.ProjectEvent.ProjectRemoved;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects.Project;
import dev.muster.kernel.KernelRefusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectDecisionTest {

    private static final ProjectKey TWO = new ProjectKey(2);
    private static final Project DEMO = new Project(TWO, "demo", "marko", 1);

    @Test
    void isMadeOnce() {
        CreateProject create = new CreateProject(TWO, " demo ", "marko");
        assertThat(ProjectDecision.decide(create, null)).containsExactly(new ProjectCreated(TWO, "demo", "marko"));
        assertThat(ProjectDecision.decide(create, DEMO)).isEmpty();
        assertRefused(
                AppsRefusal.PROJECT_EXISTS,
                () -> ProjectDecision.decide(new CreateProject(TWO, "other", "marko"), DEMO));
    }

    @Test
    void theMainOneIsThereAndStays() {
        Project main = ProjectDecision.initial(ProjectKey.MAIN);
        assertThat(ProjectDecision.decide(new ChangeProject(ProjectKey.MAIN, "ours", null, 0L), main))
                .containsExactly(new ProjectChanged(ProjectKey.MAIN, "ours", "muster"));
        assertRefused(
                AppsRefusal.PROJECT_IN_USE,
                () -> ProjectDecision.decide(new RemoveProject(ProjectKey.MAIN, null), main));
    }

    @Test
    void nobodyOverwritesWhatTheyHaveNotSeen() {
        assertRefused(
                KernelRefusal.VERSION_LOST, () -> ProjectDecision.decide(new ChangeProject(TWO, "x", null, 7L), DEMO));
        assertThat(ProjectDecision.decide(new RemoveProject(TWO, 1L), DEMO)).containsExactly(new ProjectRemoved(TWO));
        assertRefused(AppsRefusal.PROJECT_UNKNOWN, () -> ProjectDecision.decide(new RemoveProject(TWO, null), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb"})
    void aNameIsReadable(String name) {
        assertRefused(
                AppsRefusal.PROJECT_INVALID, () -> ProjectDecision.decide(new CreateProject(TWO, name, "x"), null));
    }
}
