package dev.muster.apps;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to an app in the catalogue. */
public sealed interface AppEvent {

    AppName app();

    record AppCreated(AppName app, AppKey key, AppFace face) implements AppEvent {}

    record AppChanged(AppName app, AppFace face) implements AppEvent {}

    record AppRemoved(AppName app) implements AppEvent {}

    /** @param compose as the release has it for good, whatever becomes of the app's own */
    record ReleaseAdded(
            AppName app,
            ReleaseKey release,
            String version,
            List<String> architectures,
            @Nullable String compose,
            String notes,
            boolean offered)
            implements AppEvent {}

    record ArchitectureNoted(AppName app, String version, String architecture) implements AppEvent {}

    record ReleaseOffered(AppName app, String version) implements AppEvent {}

    record ReleaseYanked(AppName app, String version, String why) implements AppEvent {}
}
