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
    /** Those from outside. */
    private final Map<String, List<Session>> byAuthid = new LinkedHashMap<>();

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

    /** Those from outside that have this name, from the oldest on. */
    List<Session> named(String authid) {
        return List.copyOf(byAuthid.getOrDefault(authid, List.of()));
    }

    void add(Session session) {
        byId.put(session.id(), session);
        if (!session.isLocal) {
            byAuthid.computeIfAbsent(session.identity.authid(), authid -> new ArrayList<>(1))
                    .add(session);
        }
    }

    /** False when it was not among them. */
    boolean remove(Session session) {
        if (!byId.remove(session.id(), session)) {
            return false;
        }
        byAuthid.computeIfPresent(session.identity.authid(), (authid, all) -> {
            all.remove(session);
            return all.isEmpty() ? null : all;
        });
        return true;
    }

    void end(Session session, String reason, String text) {
        ending.end(session, reason, text);
    }
}
