package dev.muster.wamp;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** One pattern of topics, and who is subscribed to it. It is there while anybody is. */
final class Subscription {

    final long id;
    final String uri;
    final Match match;
    final Instant created;
    final Set<Session> subscribers = new LinkedHashSet<>(2);

    Subscription(long id, String uri, Match match, Instant created) {
        this.id = id;
        this.uri = uri;
        this.match = match;
        this.created = created;
    }
}
