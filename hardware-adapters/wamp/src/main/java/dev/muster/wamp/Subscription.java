package dev.muster.wamp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One pattern of topics, and who is subscribed to it. It is there while anybody is. Where the router itself tells what
 * happens to URIs, those who have a subject are found by it: thousands of devices listen, each to what is about itself.
 */
final class Subscription {

    final long id;
    final String uri;
    final Match match;
    final Instant created;
    private final Set<Session> subscribers = new LinkedHashSet<>(2);
    /** Those of the router's own topics; none has a place of its own for those without a subject: they hear all. */
    private final @Nullable Map<String, Set<Session>> bySubject;

    Subscription(long id, String uri, Match match, Instant created) {
        this.id = id;
        this.uri = uri;
        this.match = match;
        this.created = created;
        this.bySubject = Uris.isReserved(uri) ? new HashMap<>() : null;
    }

    Set<Session> subscribers() {
        return subscribers;
    }

    void add(Session session) {
        subscribers.add(session);
        if (bySubject != null) {
            bySubject
                    .computeIfAbsent(subject(session), any -> new LinkedHashSet<>(2))
                    .add(session);
        }
    }

    void remove(Session session) {
        subscribers.remove(session);
        if (bySubject != null) {
            bySubject.computeIfPresent(subject(session), (any, same) -> {
                same.remove(session);
                return same.isEmpty() ? null : same;
            });
        }
    }

    /** Whom it may concern that something happened to a URI: who has no subject, and whose subject is a part of it. */
    List<Session> concernedBy(String about) {
        if (bySubject == null) {
            return List.copyOf(subscribers);
        }
        List<Session> all = new ArrayList<>(bySubject.getOrDefault("", Set.of()));
        for (String part : about.split("\\.", -1)) {
            if (!part.isEmpty()) {
                all.addAll(bySubject.getOrDefault(part, Set.of()));
            }
        }
        return all;
    }

    private static String subject(Session session) {
        String subject = session.identity.subject();
        return subject == null ? "" : subject;
    }
}
