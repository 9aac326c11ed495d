package dev.muster.wamp;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who of those that are subscribed is to get an event, by the options of PUBLISH (WAMP §11.4.1, §11.4.2).
 *
 * @param but a session that does not get it; 0 when there is none
 * @param ids the lists that there are; null: all of them, or none is left out
 */
record Audience(
        long but,
        @Nullable Set<Object> exclude,
        @Nullable Set<Object> excludeAuthids,
        @Nullable Set<Object> excludeAuthroles,
        @Nullable Set<Object> ids,
        @Nullable Set<Object> authids,
        @Nullable Set<Object> authroles) {

    /** @throws WampFailure when an option is not what it must be */
    static Audience of(Map<String, @Nullable Object> options, long publisher) {
        boolean excludesMe = Options.flag(options, "exclude_me", true);
        return new Audience(
                excludesMe ? publisher : 0,
                set(options, "exclude", Long.class),
                set(options, "exclude_authid", String.class),
                set(options, "exclude_authrole", String.class),
                set(options, "eligible", Long.class),
                set(options, "eligible_authid", String.class),
                set(options, "eligible_authrole", String.class));
    }

    private static @Nullable Set<Object> set(Map<String, @Nullable Object> options, String name, Class<?> of) {
        Object value = options.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof List<?> list && list.stream().allMatch(of::isInstance)) {
            return new HashSet<>(list);
        }
        throw new WampFailure(WampFailure.INVALID_ARGUMENT, "The option " + name + " is no list of these.");
    }

    boolean includes(Session session) {
        Identity who = session.identity;
        return who.session() != but
                && (exclude == null || !exclude.contains(who.session()))
                && (excludeAuthids == null || !excludeAuthids.contains(who.authid()))
                && (excludeAuthroles == null || !excludeAuthroles.contains(who.authrole()))
                && (ids == null || ids.contains(who.session()))
                && (authids == null || authids.contains(who.authid()))
                && (authroles == null || authroles.contains(who.authrole()));
    }
}
