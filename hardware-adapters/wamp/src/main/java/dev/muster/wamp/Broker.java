package dev.muster.wamp;

import dev.muster.wamp.Authorizer.Action;
import dev.muster.wamp.Message.Event;
import dev.muster.wamp.Message.Publish;
import dev.muster.wamp.Message.Published;
import dev.muster.wamp.Message.Subscribe;
import dev.muster.wamp.Message.Subscribed;
import dev.muster.wamp.Message.Unsubscribe;
import dev.muster.wamp.Message.Unsubscribed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who hears what in one realm. On the router's thread alone. */
final class Broker {

    private final House house;
    private final MetaEvents meta;
    final PatternTable<Subscription> patterns = new PatternTable<>();
    final Map<Long, Subscription> byId = new HashMap<>();
    private long lastId;

    Broker(House house, Sessions sessions) {
        this.house = house;
        this.meta = new MetaEvents(this, house, sessions);
    }

    /** What the router itself tells in this realm. */
    MetaEvents meta() {
        return meta;
    }

    void subscribe(Session session, Subscribe wish) {
        Match match = Options.match(wish.options());
        String topic = wish.topic();
        if (!Uris.isPattern(topic, match)) {
            throw new WampFailure(WampFailure.INVALID_URI, Payload.NONE);
        }
        house.allow(session, Action.SUBSCRIBE, topic, match);
        Subscription known = patterns.get(topic, match);
        if (known != null && known.subscribers.contains(session)) {
            session.say(new Subscribed(wish.request(), known.id));
            return;
        }
        if (!session.isLocal && session.subscriptions.size() >= house.settings().subscriptionsMax()) {
            throw new WampFailure(WampFailure.UNAVAILABLE, "So many subscriptions one session cannot have.");
        }
        Subscription subscription = known;
        if (subscription == null) {
            subscription =
                    new Subscription(++lastId, topic, match, house.clock().instant());
            patterns.put(topic, match, subscription);
            byId.put(subscription.id, subscription);
        }
        subscription.subscribers.add(session);
        session.subscriptions.put(subscription.id, subscription);
        session.say(new Subscribed(wish.request(), subscription.id));
        if (known == null) {
            meta.subscriptionCreated(session, subscription);
        }
        meta.subscribed(session, subscription);
    }

    void unsubscribe(Session session, Unsubscribe wish) {
        Subscription subscription = session.subscriptions.remove(wish.subscription());
        if (subscription == null) {
            throw new WampFailure(WampFailure.NO_SUCH_SUBSCRIPTION, Payload.NONE);
        }
        session.say(new Unsubscribed(wish.request()));
        left(session, subscription);
    }

    /** The session is gone. */
    void leave(Session session) {
        List<Subscription> all = new ArrayList<>(session.subscriptions.values());
        session.subscriptions.clear();
        all.forEach(subscription -> left(session, subscription));
    }

    private void left(Session session, Subscription subscription) {
        subscription.subscribers.remove(session);
        boolean isLast = subscription.subscribers.isEmpty();
        if (isLast) {
            patterns.remove(subscription.uri, subscription.match);
            byId.remove(subscription.id);
        }
        meta.unsubscribed(session, subscription);
        if (isLast) {
            meta.subscriptionDeleted(session, subscription);
        }
    }

    void publish(Session session, Publish wish) {
        house.metrics().publications.increment();
        String topic = wish.topic();
        if (!Uris.isUri(topic) || Uris.isReserved(topic)) {
            throw new WampFailure(WampFailure.INVALID_URI, Payload.NONE);
        }
        house.allow(session, Action.PUBLISH, topic, Match.EXACT);
        long publication = publish(session, topic, wish.options(), wish.payload());
        if (acknowledges(wish)) {
            session.say(new Published(wish.request(), publication));
        }
    }

    /** Whether whoever published wants to know what became of it. */
    static boolean acknowledges(Publish wish) {
        return Boolean.TRUE.equals(wish.options().get("acknowledge"));
    }

    /** Publishes for a session, also for one that is gone. Returns the number of the publication. */
    long publish(Session session, String topic, Map<String, @Nullable Object> options, Payload payload) {
        Audience audience = Audience.of(options, session.id());
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (Options.flag(options, "disclose_me", false)) {
            session.disclose(details, "publisher");
        }
        Options.passThrough(options, details);
        // This house always knows who tells it something: what a device says of itself counts, of others it does not.
        Map<String, @Nullable Object> disclosed = new LinkedHashMap<>(details);
        session.disclose(disclosed, "publisher");
        long publication = house.chance().publication();
        for (Subscription subscription : patterns.matching(topic)) {
            Outgoing event = event(subscription, topic, publication, details, payload);
            Outgoing local = event(subscription, topic, publication, disclosed, payload);
            deliver(subscription, event, local, audience);
        }
        return publication;
    }

    private void deliver(Subscription subscription, Outgoing event, Outgoing local, Audience audience) {
        for (Session each : subscription.subscribers) {
            if (audience.includes(each) && !each.tell(each.isLocal ? local : event)) {
                house.metrics().eventsDropped.increment();
            }
        }
    }

    /** Whoever hears several topics through one subscription is told which one it was. */
    static Outgoing event(
            Subscription subscription,
            String topic,
            long publication,
            Map<String, @Nullable Object> details,
            Payload payload) {
        Map<String, @Nullable Object> told = details;
        if (subscription.match != Match.EXACT) {
            told = new LinkedHashMap<>(details);
            told.put("topic", topic);
        }
        return new Outgoing(new Event(subscription.id, publication, told, payload));
    }
}
