package dev.muster.wamp;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions of one realm that are open. On the router's thread alone. */
final class Sessions {

    /** Ends a session: says why, and closes its way. */
    @FunctionalInterface
    interface Ending {
        void end(Session session, String reason, String text);
    }

    private final Map<Long, Session> byId = new LinkedHashMap<>();
    /** Those from outside, by whose they are. */
    private final Map<String, List<Session>> byOwner = new LinkedHashMap<>();

    private final Ending ending;

    Sessions(Ending ending) {
        this.ending = ending;
    }

    Collection<Session> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    @Nullable
    Session find(long id) {
        return byId.get(id);
    }

    /** Those from outside that are somebody's, from the oldest on. */
    List<Session> of(String owner) {
        return List.copyOf(byOwner.getOrDefault(owner, List.of()));
    }

    /**
     * Whose a session is: one subject may come under several names, and several subjects under none that is known here.
     * Neither can be taken for the other.
     */
    static String owner(String authid, @Nullable String subject) {
        return subject == null ? "authid " + authid : "subject " + subject;
    }

    private static String owner(Session session) {
        return owner(session.identity.authid(), session.identity.subject());
    }

    void add(Session session) {
        byId.put(session.id(), session);
        if (!session.isLocal) {
            byOwner.computeIfAbsent(owner(session), owner -> new ArrayList<>(1)).add(session);
        }
    }

    /** False when it was not among them. */
    boolean remove(Session session) {
        if (!byId.remove(session.id(), session)) {
            return false;
        }
        byOwner.computeIfPresent(owner(session), (owner, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
        });
        return true;
    }

    void end(Session session, String reason, String text) {
        ending.end(session, reason, text);
    }
}
