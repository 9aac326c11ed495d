package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of a project. {@link ProjectKey#MAIN} is there without being made. */
public sealed interface ProjectCommand extends AggregateCommand {

    ProjectKey project();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "app-project/" + project();
    }

    /**
     * Makes a project. Saying it again with the same facts changes nothing. Answers whether it is new.
     *
     * @param owner whom devices are told that the project belongs to: a name for people to read on devices, such as an
     *     organisation's
     */
    record CreateProject(ProjectKey project, String name, String owner) implements ProjectCommand {}

    /** Null leaves a part alone. Answers the version. */
    record ChangeProject(
            ProjectKey project,
            @Nullable String name,
            @Nullable String owner,
            @Nullable Long expectedVersion) implements ProjectCommand {}

    /** Ends a project that no device is in; {@link ProjectKey#MAIN} stays. */
    record RemoveProject(ProjectKey project, @Nullable Long expectedVersion) implements ProjectCommand {}
}
