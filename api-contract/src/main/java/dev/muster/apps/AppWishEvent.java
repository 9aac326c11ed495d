package dev.muster.apps;

/** What happened to the wanted state of an app in a place. */
public sealed interface AppWishEvent {

    AppKey app();

    Place place();

    /** Counts what was said there, from 1. */
    long version();

    /** @param wish all that the place says from now on; secrets are sealed */
    record AppWanted(AppKey app, Place place, long version, AppWish wish, long account) implements AppWishEvent {}

    record AppInherited(AppKey app, Place place, long version) implements AppWishEvent {}

    /** The identifier of this history. */
    static String aggregateId(AppKey app, Place place) {
        return "app-wish/" + app + "/" + place;
    }
}
