package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an app in the catalogue. */
public sealed interface AppCommand extends AggregateCommand {

    AppName app();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return app().aggregateId();
    }

    /** Makes an app. The same again changes nothing. Answers the key it has: this one, or the one from before. */
    record CreateApp(AppName app, AppKey key, AppFace face) implements AppCommand {}

    /** Answers the version. Releases that are there keep the composition they were made with. */
    record ChangeApp(AppName app, AppFace face, @Nullable Long expectedVersion) implements AppCommand {}

    /** Takes the app from the catalogue; who asks makes sure before that nobody wants it. */
    record RemoveApp(AppName app, @Nullable Long expectedVersion) implements AppCommand {}

    /**
     * Adds a release. The same again changes nothing. Answers the key it has: this one, or the one from before.
     *
     * @param version a tag of images: 1 to 128 characters of {@code A-Za-z0-9_.-}, not {@code latest}
     * @param architectures for which there are images, such as {@code amd64} and {@code armv7}; none for all, which is
     *     what a composition of public images has
     * @param compose null for the app's own
     * @param offered whether devices that follow the newest release get it; else it is for those it is chosen for, and
     *     for rollouts
     */
    record AddRelease(
            AppName app,
            ReleaseKey release,
            String version,
            List<String> architectures,
            @Nullable String compose,
            String notes,
            boolean offered)
            implements AppCommand {}

    /** There is an image of a release for this architecture too. */
    record NoteArchitecture(AppName app, String version, String architecture) implements AppCommand {}

    /** From now on devices that follow the newest release get it, when it is that. */
    record OfferRelease(AppName app, String version) implements AppCommand {}

    /** Takes a release back: nobody gets it any more; who has it keeps it until there is another. */
    record YankRelease(AppName app, String version, String why) implements AppCommand {}
}
