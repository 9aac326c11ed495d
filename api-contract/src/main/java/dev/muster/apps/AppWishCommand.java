package dev.muster.apps;

import dev.muster.kernel.AggregateCommand;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an app in a place: the wanted state. Always that of released apps. */
public sealed interface AppWishCommand extends AggregateCommand {

    AppKey app();

    Place place();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return AppWishEvent.aggregateId(app(), place());
    }

    /**
     * Replaces all that the place says. The same again changes nothing. Answers the version.
     *
     * @param account of whoever wants it: releases are pulled in their name
     * @param expectedVersion the version it must have, 0 for never wanted, or null for any
     */
    record WantApp(
            AppKey app,
            Place place,
            AppWish wish,
            long account,
            @Nullable Long expectedVersion) implements AppWishCommand {}

    /** The place says nothing any more. Saying it again changes nothing. Answers the version. */
    record InheritApp(AppKey app, Place place, @Nullable Long expectedVersion) implements AppWishCommand {}

    /**
     * The place stays with a release from now on, as a rollout wanted it. Answers the version.
     *
     * @param target null to leave it
     */
    record AdoptRelease(
            AppKey app,
            Place place,
            String version,
            @Nullable AppTarget target,
            long account) implements AppWishCommand {}
}
