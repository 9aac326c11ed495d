package dev.muster.wamp;

import dev.muster.wamp.Authorizer.Action;
import dev.muster.wamp.Message.Register;
import dev.muster.wamp.Message.Registered;
import dev.muster.wamp.Message.Unregister;
import dev.muster.wamp.Message.Unregistered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who answers for what in one realm. On the router's thread alone. */
final class Dealer {

    private final House house;
    private final MetaEvents meta;
    final PatternTable<Registration> patterns = new PatternTable<>();
    private long lastId;

    Dealer(House house, MetaEvents meta) {
        this.house = house;
        this.meta = meta;
    }

    void register(Session session, Register wish) {
        Match match = Options.match(wish.options());
        String uri = wish.procedure();
        if (!Uris.isPattern(uri, match) || Uris.isReserved(uri)) {
            throw new WampFailure(WampFailure.INVALID_URI, Payload.NONE);
        }
        house.allow(session, Action.REGISTER, uri, match);
        Invoke policy = Invoke.named(wish.options().get("invoke"));
        boolean isForced = Options.flag(wish.options(), "force_reregister", false);
        if (!session.isLocal && session.registrations.size() >= house.settings().registrationsMax()) {
            throw new WampFailure(WampFailure.UNAVAILABLE, "So many registrations one session cannot have.");
        }
        Registration known = patterns.get(uri, match);
        if (known != null && isForced) {
            oust(known, session);
            known = null;
        }
        if (known != null && !known.takes(session, policy)) {
            throw new WampFailure(WampFailure.PROCEDURE_ALREADY_EXISTS, Payload.NONE);
        }
        Registration registration = known;
        if (registration == null) {
            registration =
                    new Registration(++lastId, uri, match, policy, house.clock().instant());
            patterns.put(uri, match, registration);
        }
        registration.add(session);
        session.registrations.add(registration);
        session.say(new Registered(wish.request(), registration.id));
        if (known == null) {
            meta.registrationCreated(session, registration);
        }
        meta.registered(session, registration);
    }

    /** All who answer for it are told that they do not any longer; but for the one who takes it over. */
    private void oust(Registration registration, Session newer) {
        for (Session callee : registration.callees()) {
            callee.registrations.remove(registration);
            if (callee != newer) {
                Map<String, @Nullable Object> details = new LinkedHashMap<>();
                details.put("registration", registration.id);
                details.put("reason", "wamp.error.unregistered");
                callee.say(new Unregistered(0, details));
            }
            left(callee, registration);
        }
    }

    void unregister(Session session, Unregister wish) {
        Registration registration = session.registration(wish.registration());
        if (registration == null || !session.registrations.remove(registration)) {
            throw new WampFailure(WampFailure.NO_SUCH_REGISTRATION, Payload.NONE);
        }
        session.say(new Unregistered(wish.request(), Map.of()));
        left(session, registration);
    }

    /** The one with this number. Rarely asked for, so there is no index of them. */
    @Nullable
    Registration find(long id) {
        Registration[] found = new Registration[1];
        for (Match match : Match.values()) {
            patterns.forEach(match, each -> found[0] = each.id == id ? each : found[0]);
        }
        return found[0];
    }

    /** The session is gone. */
    void leave(Session session) {
        List<Registration> all = List.copyOf(session.registrations);
        session.registrations.clear();
        all.forEach(registration -> left(session, registration));
    }

    private void left(Session session, Registration registration) {
        registration.remove(session);
        boolean isLast = registration.callees().isEmpty();
        if (isLast) {
            patterns.remove(registration.uri, registration.match);
        }
        meta.unregistered(session, registration);
        if (isLast) {
            meta.registrationDeleted(session, registration);
        }
    }
}
