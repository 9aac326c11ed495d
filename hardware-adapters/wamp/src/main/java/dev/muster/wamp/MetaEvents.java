package dev.muster.wamp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the router itself tells: who came and went, what is listened to, what can be called (WAMP §11.2, §11.7). Nothing
 * is told of what concerns the router's own topics. Whoever is subscribed is told what the authorizer lets them hear,
 * always with all arguments, as agents cannot do with fewer. Code of this process misses none of it, however much there
 * is at once: whoever leaves says so once, and thousands leave when a line breaks.
 */
final class MetaEvents {

    private final Broker broker;
    private final House house;

    MetaEvents(Broker broker, House house) {
        this.broker = broker;
        this.house = house;
    }

    void joined(Session session) {
        tell("wamp.session.on_join", null, MetaProcedures.details(session));
    }

    void left(Session session) {
        Identity who = session.identity;
        tell("wamp.session.on_leave", null, who.session(), who.authid(), who.authrole());
    }

    void subscriptionCreated(Session session, Subscription subscription) {
        tell("wamp.subscription.on_create", subscription.uri, session.id(), MetaProcedures.details(subscription));
    }

    void subscribed(Session session, Subscription subscription) {
        tell("wamp.subscription.on_subscribe", subscription.uri, session.id(), subscription.id);
    }

    void unsubscribed(Session session, Subscription subscription) {
        tell("wamp.subscription.on_unsubscribe", subscription.uri, session.id(), subscription.id);
    }

    void subscriptionDeleted(Session session, Subscription subscription) {
        tell("wamp.subscription.on_delete", subscription.uri, session.id(), subscription.id);
    }

    void registrationCreated(Session session, Registration registration) {
        tell("wamp.registration.on_create", registration.uri, session.id(), MetaProcedures.details(registration));
    }

    void registered(Session session, Registration registration) {
        tell("wamp.registration.on_register", registration.uri, session.id(), registration.id);
    }

    void unregistered(Session session, Registration registration) {
        tell("wamp.registration.on_unregister", registration.uri, session.id(), registration.id);
    }

    void registrationDeleted(Session session, Registration registration) {
        tell("wamp.registration.on_delete", registration.uri, session.id(), registration.id);
    }

    /** @param about a URI that it is about; null when it is about none */
    private void tell(String topic, @Nullable String about, Object... args) {
        if (about != null && Uris.isReserved(about)) {
            return;
        }
        List<Subscription> listened = broker.patterns.matching(topic);
        if (listened.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        long publication = house.chance().publication();
        Payload payload = Payload.of(args);
        for (Subscription subscription : listened) {
            Outgoing event = Broker.event(subscription, topic, publication, details, payload);
            Outgoing local = event.withoutFail();
            for (Session each : about == null ? subscription.subscribers() : subscription.concernedBy(about)) {
                boolean hears = each.isLocal || about == null || house.hears(each, topic, about);
                if (hears && !each.tell(each.isLocal ? local : event)) {
                    house.metrics().eventsDropped.increment();
                }
            }
        }
    }
}
