package dev.muster.apps;

/** What happened to a project. */
public sealed interface ProjectEvent {

    ProjectKey project();

    record ProjectCreated(ProjectKey project, String name, String owner) implements ProjectEvent {}

    /** Both are as they are after the change. */
    record ProjectChanged(ProjectKey project, String name, String owner) implements ProjectEvent {}

    record ProjectRemoved(ProjectKey project) implements ProjectEvent {}
}
