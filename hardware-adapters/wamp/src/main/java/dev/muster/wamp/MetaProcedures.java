package dev.muster.wamp;

import dev.muster.wamp.Authorizer.Action;
import dev.muster.wamp.Session.Testament;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the router itself (WAMP §11.2, §11.7, and testaments as Crossbar has them). What is not there is
 * null where a client asks whether something is: agents take an empty list for somebody who listens.
 */
final class MetaProcedures {

    /** It is kept for as long as its session is open. */
    private static final int TESTAMENT_BYTES_MAX = 64 * 1024;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final House house;
    private final Sessions sessions;
    private final Broker broker;
    private final Dealer dealer;

    MetaProcedures(House house, Sessions sessions, Broker broker, Dealer dealer) {
        this.house = house;
        this.sessions = sessions;
        this.broker = broker;
        this.dealer = dealer;
    }

    /** @throws WampFailure when there is no such procedure, or its arguments are none */
    Payload call(Session caller, String uri, Payload given) {
        MetaArguments args = new MetaArguments(given);
        return switch (uri) {
            case "wamp.session.count" -> Payload.of((long) roles(args).size());
            case "wamp.session.list" ->
                Payload.of(roles(args).stream().map(Session::id).toList());
            case "wamp.session.get" -> Payload.of(details(session(args)));
            case "wamp.session.kill" -> kill(caller, args);
            case "wamp.session.add_testament" -> addTestament(caller, args);
            case "wamp.session.flush_testaments" -> {
                boolean isDetached = args.isDetached();
                caller.testaments.removeIf(each -> each.isDetached() == isDetached);
                yield Payload.NONE;
            }
            case "wamp.subscription.list" -> Payload.of(listed(broker.patterns, it -> it.id));
            case "wamp.subscription.lookup" -> {
                Subscription found = broker.patterns.get(args.text(0), args.match(1));
                yield Payload.of(found == null ? null : found.id);
            }
            case "wamp.subscription.match" -> {
                String topic = args.text(0);
                // Who looks at what of others is told to nobody, as it is not by the events of the same.
                boolean isTold = caller.isLocal || house.hears(caller, uri, topic);
                List<Long> found = !isTold
                        ? List.of()
                        : broker.patterns.matching(topic).stream()
                                .map(it -> it.id)
                                .toList();
                yield Payload.of(found.isEmpty() ? null : found);
            }
            case "wamp.subscription.get" -> Payload.of(details(subscription(args)));
            case "wamp.subscription.list_subscribers" ->
                Payload.of(subscription(args).subscribers().stream()
                        .map(Session::id)
                        .toList());
            case "wamp.subscription.count_subscribers" ->
                Payload.of((long) subscription(args).subscribers().size());
            case "wamp.registration.list" -> Payload.of(listed(dealer.patterns, it -> it.id));
            case "wamp.registration.lookup" -> {
                Registration found = dealer.patterns.get(args.text(0), args.match(1));
                yield Payload.of(found == null ? null : found.id);
            }
            case "wamp.registration.match" -> {
                Registration found = dealer.patterns.closest(args.text(0));
                yield Payload.of(found == null ? null : found.id);
            }
            case "wamp.registration.get" -> Payload.of(details(registration(args)));
            case "wamp.registration.list_callees" ->
                Payload.of(
                        registration(args).callees().stream().map(Session::id).toList());
            case "wamp.registration.count_callees" ->
                Payload.of((long) registration(args).callees().size());
            default -> throw new WampFailure(WampFailure.NO_SUCH_PROCEDURE, "Nobody answers for " + uri + ".");
        };
    }

    private List<Session> roles(MetaArguments args) {
        List<?> wanted = args.listOrNull(0);
        List<Session> found = new ArrayList<>();
        for (Session session : sessions.all()) {
            if (wanted == null || wanted.contains(session.identity.authrole())) {
                found.add(session);
            }
        }
        return found;
    }

    private Session session(MetaArguments args) {
        Session session = sessions.find(args.id(0));
        if (session == null) {
            throw new WampFailure(WampFailure.NO_SUCH_SESSION, Payload.NONE);
        }
        return session;
    }

    private Payload kill(Session caller, MetaArguments args) {
        Session session = session(args);
        if (session == caller) {
            throw new WampFailure(WampFailure.NO_SUCH_SESSION, "A session does not end itself in this way.");
        }
        String reason = args.named("reason");
        String text = args.named("message");
        if (reason != null && !Uris.isUri(reason)) {
            throw new WampFailure(WampFailure.INVALID_URI, Payload.NONE);
        }
        sessions.end(session, reason == null ? "wamp.close.killed" : reason, text == null ? "Ended by another." : text);
        return Payload.NONE;
    }

    private Payload addTestament(Session caller, MetaArguments args) {
        String topic = args.text(0);
        if (!Uris.isUri(topic) || Uris.isReserved(topic)) {
            throw new WampFailure(WampFailure.INVALID_URI, Payload.NONE);
        }
        house.allow(caller, Action.PUBLISH, topic, Match.EXACT);
        if (caller.testaments.size() >= house.settings().testamentsMax()) {
            throw new WampFailure(WampFailure.UNAVAILABLE, "So many testaments one session cannot have.");
        }
        Payload payload = args.payload(1);
        if (new Outgoing(new Message.Event(1, 1, Map.of(), payload)).bytes(Codec.JSON).length > TESTAMENT_BYTES_MAX) {
            throw new WampFailure(
                    WampFailure.INVALID_ARGUMENT, "A testament has at most " + TESTAMENT_BYTES_MAX + " bytes.");
        }
        Map<String, @Nullable Object> options = args.publishOptions();
        // Now, as nobody can be told when it is published.
        var unused = Audience.of(options, caller.id());
        caller.testaments.add(new Testament(topic, options, payload, args.isDetached()));
        return Payload.of(house.chance().publication());
    }

    private Subscription subscription(MetaArguments args) {
        Subscription found = broker.byId.get(args.id(0));
        if (found == null) {
            throw new WampFailure(WampFailure.NO_SUCH_SUBSCRIPTION, Payload.NONE);
        }
        return found;
    }

    private Registration registration(MetaArguments args) {
        Registration found = dealer.find(args.id(0));
        if (found == null) {
            throw new WampFailure(WampFailure.NO_SUCH_REGISTRATION, Payload.NONE);
        }
        return found;
    }

    private static <T> Map<String, @Nullable Object> listed(PatternTable<T> patterns, Function<T, Long> ids) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        for (Match match : Match.values()) {
            List<Long> found = new ArrayList<>();
            patterns.forEach(match, each -> found.add(ids.apply(each)));
            all.put(match.wire, found);
        }
        return all;
    }

    static Map<String, @Nullable Object> details(Session session) {
        Identity who = session.identity;
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("session", who.session());
        details.put("authid", who.authid());
        details.put("authrole", who.authrole());
        details.put("authmethod", who.authmethod());
        details.put("authprovider", who.authprovider());
        details.put("transport", Map.of());
        return details;
    }

    static Map<String, @Nullable Object> details(Subscription subscription) {
        return details(subscription.id, subscription.created, subscription.uri, subscription.match);
    }

    static Map<String, @Nullable Object> details(Registration registration) {
        Map<String, @Nullable Object> details =
                details(registration.id, registration.created(), registration.uri, registration.match);
        details.put("invoke", registration.policy.wire);
        return details;
    }

    /** As other routers write it: to the millisecond, also when that is a zero. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private static Map<String, @Nullable Object> details(long id, Instant created, String uri, Match match) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("id", id);
        details.put("created", time(created));
        details.put("uri", uri);
        details.put("match", match.wire);
        return details;
    }
}
