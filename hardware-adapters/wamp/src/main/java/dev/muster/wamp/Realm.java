package dev.muster.wamp;

import dev.muster.wamp.Message.Goodbye;
import dev.muster.wamp.Session.Testament;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A room of its own: who is in it can reach each other and nobody else. On the router's thread alone. */
final class Realm {

    private static final Logger LOG = LoggerFactory.getLogger(Realm.class);

    final String name;
    final Sessions sessions = new Sessions(this::end);
    final Broker broker;
    final Dealer dealer;
    final Calls calls;
    private final House house;
    private final MetaEvents meta;
    private final Takeovers takeovers;

    Realm(String name, House house) {
        this.name = name;
        this.house = house;
        this.broker = new Broker(house);
        this.meta = broker.meta();
        this.dealer = new Dealer(house, meta);
        this.calls = new Calls(house, dealer, new MetaProcedures(house, sessions, broker, dealer));
        this.takeovers = new Takeovers(house.settings());
    }

    /**
     * Makes way for a session that is about to come: older ones of whoever it is end, whatever name they came under.
     * False when that happened too often, and then they stay.
     */
    boolean makeWay(String authid, @Nullable String subject) {
        String owner = Sessions.owner(authid, subject);
        List<Session> older = sessions.of(owner);
        if (older.isEmpty()) {
            return true;
        }
        if (!takeovers.takes(owner, house.clock().instant())) {
            LOG.warn("{} comes again and again while it is there: two seem to have the same secret", authid);
            return false;
        }
        house.metrics().takeovers.increment();
        older.forEach(session -> end(session, "wamp.close.killed", "A newer session of the same name took over."));
        return true;
    }

    /** Ends all sessions of a subject. */
    void dismiss(String subject, String why) {
        sessions.of(Sessions.owner("", subject)).forEach(session -> end(session, "wamp.close.killed", why));
    }

    /** It is in; the first thing that it hears is its welcome. */
    void join(Session session, Message.@Nullable Welcome welcome) {
        sessions.add(session);
        if (!session.isLocal) {
            house.metrics().sessions.incrementAndGet();
        }
        if (welcome != null) {
            session.say(welcome);
        }
        meta.joined(session);
    }

    /** Ends a session from this side. Its way is closed at once: agents leave it open, and would never be done with it. */
    void end(Session session, String reason, String text) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("message", text);
        session.say(new Goodbye(details, reason));
        session.link.end();
        leave(session);
    }

    /** The session is over, for whatever reason. What it left to be said is said in any case. */
    void leave(Session session) {
        if (!sessions.remove(session)) {
            return;
        }
        session.goes();
        if (!session.isLocal) {
            house.metrics().sessions.decrementAndGet();
        }
        dealer.leave(session);
        broker.leave(session);
        calls.leave(session);
        testify(session);
        meta.left(session);
    }

    private void testify(Session session) {
        List<Testament> all = new ArrayList<>(session.testaments);
        session.testaments.clear();
        all.stream().filter(Testament::isDetached).forEach(each -> testify(session, each));
        all.stream().filter(each -> !each.isDetached()).forEach(each -> testify(session, each));
    }

    private void testify(Session session, Testament testament) {
        try {
            var unused = broker.publish(session, testament.topic(), testament.options(), testament.payload());
        } catch (WampFailure e) {
            LOG.warn("A testament of {} could not be published: {}", session.identity.authid(), e.getMessage());
        }
    }
}
