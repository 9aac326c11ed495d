package dev.muster.wamp;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What sessions from outside may do. Asked for every request, so it answers from memory, on the router's thread. */
public interface Authorizer {

    enum Action {
        CALL,
        REGISTER,
        SUBSCRIBE,
        PUBLISH
    }

    /** @param match how the URI is meant; {@link Match#EXACT} for calls and publications */
    boolean may(Identity who, Action action, String uri, Match match);

    /**
     * Whether somebody who is subscribed to an event of the router itself is told of this one: thousands of agents hear
     * the same few topics, and each needs hardly anything of them.
     *
     * @param topic such as {@code wamp.subscription.on_create}
     * @param about the URI of the subscription or registration that it is about
     */
    default boolean hears(Identity who, String topic, String about) {
        return true;
    }

    /**
     * Of whom alone it is asked whether they hear it ({@link Identity#subject}), so that not all who are subscribed
     * need be gone through each time anybody comes or goes. Null when all have to be asked.
     */
    default @Nullable Set<String> hearers(String topic, String about) {
        return null;
    }
}
