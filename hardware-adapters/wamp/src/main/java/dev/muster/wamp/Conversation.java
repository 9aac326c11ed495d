package dev.muster.wamp;

import dev.muster.wamp.Authenticator.Found;
import dev.muster.wamp.Authenticator.Refusal;
import dev.muster.wamp.Message.Abort;
import dev.muster.wamp.Message.Authenticate;
import dev.muster.wamp.Message.Challenge;
import dev.muster.wamp.Message.Goodbye;
import dev.muster.wamp.Message.Hello;
import dev.muster.wamp.Message.Welcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * One connection from outside, from its first word on: who it is, that it proves it, and then what it says. On the
 * router's thread alone.
 */
final class Conversation {

    private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
    private static final int AUTHID_MAX = 255;

    private enum Stage {
        GREETING,
        LOOKING_UP,
        PROVING,
        OPEN,
        OVER
    }

    /** Who says to be there, until it is proven. */
    private record Guest(Realm realm, String authid, Features features) {}

    /** What somebody has to prove. */
    private record Proof(Guest guest, Credentials credentials, long session, String challenge) {}

    private final House house;
    private final Map<String, Realm> realms;
    private final Link link;
    private Stage stage = Stage.GREETING;
    private @Nullable Disposable waiting;
    private @Nullable Proof proof;
    private @Nullable Realm realm;
    private @Nullable Session session;

    Conversation(House house, Map<String, Realm> realms, Link link) {
        this.house = house;
        this.realms = realms;
        this.link = link;
    }

    /** The connection is there. */
    void begin() {
        expect("HELLO");
    }

    private void expect(String what) {
        waits(house.after(house.settings().helloTimeout(), () -> violated("No " + what + " in time.")));
    }

    private void waits(@Nullable Disposable next) {
        Disposable before = waiting;
        waiting = next;
        if (before != null) {
            before.dispose();
        }
    }

    /** A message came. */
    void heard(Message message) {
        house.metrics().messages.increment();
        try {
            switch (stage) {
                case GREETING -> greeted(message);
                case LOOKING_UP -> early(message);
                case PROVING -> proven(message);
                case OPEN -> open(message);
                case OVER -> {
                    // It is on its way out.
                }
            }
        } catch (ProtocolViolation e) {
            violated(e.text());
        } catch (RuntimeException e) {
            LOG.error("A message could not be worked on", e);
            abort("wamp.error.internal_error", "The router failed.");
        }
    }

    /** Something came that is no message, or not now. */
    void violated(String text) {
        if (stage != Stage.OVER) {
            house.metrics().violations.increment();
            abort("wamp.error.protocol_violation", text);
        }
    }

    /** The connection is gone. */
    void brokeOff() {
        over();
    }

    /** Ends it from this side; the server stops. */
    void stop() {
        if (stage != Stage.OVER) {
            if (realm != null && session != null) {
                realm.end(session, "wamp.close.system_shutdown", "The server stops.");
                over();
            } else {
                abort("wamp.close.system_shutdown", "The server stops.");
            }
        }
    }

    private void greeted(Message message) {
        if (!(message instanceof Hello hello)) {
            early(message);
            return;
        }
        Features features = Features.of(hello.details());
        Realm wanted = realms.get(hello.realm());
        if (wanted == null) {
            refuse("wamp.error.no_such_realm", "There is no such realm.");
        } else if (!(hello.details().get("authmethods") instanceof List<?> methods)
                || !methods.contains(Wampcra.METHOD)) {
            refuse("wamp.error.no_matching_auth_method", "Sessions begin with wampcra here.");
        } else if (!(hello.details().get("authid") instanceof String authid) || authid.length() > AUTHID_MAX) {
            refuse("wamp.error.no_such_principal", "Nobody comes in without a name.");
        } else {
            lookUp(new Guest(wanted, authid, features));
        }
    }

    /** Between HELLO and its answer nothing is said but that it is over. */
    private void early(Message message) {
        if (message instanceof Abort) {
            link.end();
            over();
            return;
        }
        throw new ProtocolViolation(message.getClass().getSimpleName() + " before there is a session.");
    }

    private void lookUp(Guest guest) {
        stage = Stage.LOOKING_UP;
        waits(Mono.defer(() -> house.authenticator().find(guest.realm.name, guest.authid))
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .timeout(house.settings().credentialsTimeout(), house.engine().timer())
                .subscribe(
                        found -> house.loop().execute(() -> found(guest, found.orElse(null))),
                        failure -> house.loop().execute(() -> notFound(failure))));
    }

    private void notFound(Throwable failure) {
        if (stage == Stage.LOOKING_UP) {
            LOG.warn("Credentials could not be looked up", failure);
            refuse(WampFailure.UNAVAILABLE, "Nobody can be recognised at the moment; come again.");
        }
    }

    private void found(Guest guest, @Nullable Found found) {
        if (stage != Stage.LOOKING_UP) {
            return;
        }
        switch (found) {
            case null -> refuse("wamp.error.no_such_principal", "There is nobody of this name.");
            case Refusal refusal -> refuse(WampFailure.NOT_AUTHORIZED, refusal.text());
            case Credentials credentials -> challenge(guest, credentials);
        }
    }

    private void challenge(Guest guest, Credentials credentials) {
        long id = house.chance().session();
        while (guest.realm.sessions.find(id) != null) {
            id = house.chance().session();
        }
        Map<String, @Nullable Object> said = new LinkedHashMap<>();
        said.put("authid", guest.authid);
        said.put("authrole", credentials.authrole());
        said.put("authmethod", Wampcra.METHOD);
        said.put("authprovider", house.settings().authprovider());
        said.put("session", id);
        said.put("nonce", house.chance().nonce());
        said.put("timestamp", MetaProcedures.time(house.clock().instant()));
        String challenge = StreamWriter.json(said);
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        extra.put("challenge", challenge);
        Credentials.Salting salting = credentials.salting();
        if (salting != null) {
            extra.put("salt", salting.salt());
            extra.put("iterations", (long) salting.iterations());
            extra.put("keylen", (long) salting.keyLength());
        }
        proof = new Proof(guest, credentials, id, challenge);
        stage = Stage.PROVING;
        say(new Challenge(Wampcra.METHOD, extra));
        expect("AUTHENTICATE");
    }

    private void proven(Message message) {
        Proof asked = proof;
        if (!(message instanceof Authenticate answer) || asked == null) {
            early(message);
            return;
        }
        if (!Wampcra.isSigned(asked.credentials.key(), asked.challenge, answer.signature())) {
            refuse(WampFailure.NOT_AUTHORIZED, Wampcra.WRONG_SIGNATURE);
        } else if (!asked.credentials.holds().getAsBoolean()) {
            refuse(WampFailure.NOT_AUTHORIZED, "This was changed a moment ago; come again.");
        } else {
            welcome(asked);
        }
    }

    private void welcome(Proof proven) {
        Guest guest = proven.guest;
        Credentials credentials = proven.credentials;
        if (credentials.isAlone() && !guest.realm.makeWay(guest.authid, credentials.subject())) {
            refuse(
                    "muster.error.secret_in_two_places",
                    "Sessions of this name come too often: is its file on two devices?");
            return;
        }
        if (house.metrics().sessions() >= house.settings().sessionsMax()) {
            refuse(WampFailure.UNAVAILABLE, "There are too many sessions; come again.");
            return;
        }
        Identity identity = new Identity(
                proven.session,
                guest.realm.name,
                guest.authid,
                credentials.authrole(),
                Wampcra.METHOD,
                house.settings().authprovider(),
                credentials.subject());
        Session opened = new Session(identity, guest.features, false, link, house.metrics(), this::tooSlow);
        proof = null;
        realm = guest.realm;
        session = opened;
        stage = Stage.OPEN;
        waits(null);
        guest.realm.join(opened, new Welcome(proven.session, Welcomes.details(identity)));
    }

    private void open(Message message) {
        Session here = session;
        Realm in = realm;
        if (here == null || in == null || here.isGone()) {
            return;
        }
        switch (message) {
            case Goodbye goodbye -> {
                here.say(new Goodbye(Map.of(), "wamp.close.goodbye_and_out"));
                link.end();
                over();
            }
            case Abort abort -> {
                link.end();
                over();
            }
            default -> Routing.route(in, here, message);
        }
    }

    /** Later, as whoever just said something to it is in the midst of something. */
    private void tooSlow(Session slow) {
        house.loop().execute(() -> {
            LOG.info("{} does not take what is said to it", slow.identity.authid());
            link.end();
            over();
        });
    }

    private void refuse(String reason, String text) {
        house.metrics().refusals.increment();
        abort(reason, text);
    }

    private void abort(String reason, String text) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("message", text);
        say(new Abort(details, reason));
        link.end();
        over();
    }

    /** One that has no room now never will: it is ended when its time is over. */
    private void say(Message message) {
        var unused = link.offer(new Outgoing(message));
    }

    private void over() {
        stage = Stage.OVER;
        proof = null;
        waits(null);
        if (realm != null && session != null) {
            realm.leave(session);
        }
    }
}
