package dev.muster.apps.command;

import dev.muster.apps.AppWish;
import dev.muster.apps.AppWishCommand;
import dev.muster.apps.AppWishCommand.AdoptRelease;
import dev.muster.apps.AppWishCommand.InheritApp;
import dev.muster.apps.AppWishCommand.WantApp;
import dev.muster.apps.AppWishEvent;
import dev.muster.apps.AppWishEvent.AppInherited;
import dev.muster.apps.AppWishEvent.AppWanted;
import dev.muster.apps.AppsRefusal;
import dev.muster.config.JsonFault;
import dev.muster.config.JsonReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from a command about the wanted state of an app in a place: an event, none, or a refusal. */
final class AppWishDecision {

    private static final int VERSION_LENGTH_MAX = 128;

    private AppWishDecision() {}

    /** @param last what the place said last; null when it never said anything */
    static List<AppWishEvent> decide(AppWishCommand command, @Nullable AppWishEvent last) {
        long version = last == null ? 0 : last.version();
        return switch (command) {
            case WantApp c -> {
                Versions.onlyExpected(c.expectedVersion(), version);
                check(c.wish());
                yield wanted(c, c.wish(), c.account(), last);
            }
            case InheritApp c -> {
                Versions.onlyExpected(c.expectedVersion(), version);
                yield last instanceof AppWanted
                        ? List.of(new AppInherited(c.app(), c.place(), version + 1))
                        : List.of();
            }
            case AdoptRelease c -> {
                AppWanted before = last instanceof AppWanted wanted ? wanted : null;
                AppWish wish = (before == null ? AppWish.NOTHING : before.wish()).adopting(c.version(), c.target());
                check(wish);
                yield wanted(c, wish, before == null || c.target() != null ? c.account() : before.account(), last);
            }
        };
    }

    private static List<AppWishEvent> wanted(
            AppWishCommand c, AppWish wish, long account, @Nullable AppWishEvent last) {
        boolean same = last instanceof AppWanted before && before.wish().equals(wish);
        long version = last == null ? 0 : last.version();
        return same ? List.of() : List.of(new AppWanted(c.app(), c.place(), version + 1, wish, account));
    }

    private static void check(AppWish wish) {
        String version = wish.version();
        if (version != null && (version.isEmpty() || version.length() > VERSION_LENGTH_MAX)) {
            throw AppsRefusal.WISH_INVALID.about("version", "That is no version.");
        }
        if (wish.environment().size() + wish.secrets().size() > AppWish.PARAMETERS_MAX) {
            throw AppsRefusal.WISH_INVALID.about(
                    "environment", "At most " + AppWish.PARAMETERS_MAX + " parameters in one place.");
        }
        long length = 0;
        for (String name : wish.environment().keySet()) {
            AppFaceRules.onlyParameter(name, "environment", AppsRefusal.WISH_INVALID);
            String json = wish.environment().getOrDefault(name, "null");
            length += json.length();
            onlyJson(name, json);
            if (wish.secrets().containsKey(name)) {
                throw AppsRefusal.WISH_INVALID.about("environment", "'" + name + "' is there twice.");
            }
        }
        for (var secret : wish.secrets().entrySet()) {
            AppFaceRules.onlyParameter(secret.getKey(), "environment", AppsRefusal.WISH_INVALID);
            length += secret.getValue().length();
        }
        if (length > AppWish.VALUES_LENGTH_MAX) {
            throw AppsRefusal.WISH_INVALID.about(
                    "environment",
                    "All values of one place have at most " + AppWish.VALUES_LENGTH_MAX + " characters.");
        }
        AppFaceRules.onlyPorts(wish.ports(), AppsRefusal.WISH_INVALID);
    }

    private static void onlyJson(String name, String json) {
        try {
            AppFaceRules.onlySendable(JsonReader.read(json), name, "environment", AppsRefusal.WISH_INVALID);
        } catch (JsonFault fault) {
            throw AppsRefusal.WISH_INVALID.about("environment", "'" + name + "' is no JSON.");
        }
    }
}
