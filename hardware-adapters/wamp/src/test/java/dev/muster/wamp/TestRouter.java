package dev.muster.wamp;

import dev.muster.testing.Changed;
import dev.muster.testing.HandClock;
import dev.muster.wamp.Authenticator.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A router on which all happens at once, on the thread of the test, with time and chance in its hand. */
final class TestRouter {

    static final String SERIAL = "c6aa09d3-3dbd-4830-a230-bf75cdd7f149";
    static final String SECRET = "3q2+7wAAAAAAAAAAAAAAAA==";
    static final String AGENT_ROLES =
            "{\"publisher\":{\"features\":{}},\"subscriber\":{},\"caller\":{\"features\":{\"call_canceling\":true}},"
                    + "\"callee\":{\"features\":{\"call_canceling\":true,\"call_timeout\":true,"
                    + "\"progressive_call_results\":true,\"progressive_call_invocations\":true}}}";

    final HandClock clock = HandClock.at("2026-01-01T00:00:00Z");
    final VirtualTimeScheduler timer = VirtualTimeScheduler.create();
    final Map<String, Found> known = new HashMap<>();
    /** What somebody must not do, as {@code ACTION uri}. */
    final Map<String, Boolean> forbidden = new HashMap<>();

    /** The subjects of those who were asked. */
    final List<String> asked = new ArrayList<>();

    final FixedChance chance = new FixedChance();
    final Router router;
    Mono<Found> lookUp;

    TestRouter() {
        this(RouterSettings.DEFAULTS);
    }

    TestRouter(RouterSettings settings) {
        Engine engine = new Engine(Runnable::run, Runnable::run, timer, chance, clock);
        Authorizer rights = new Authorizer() {
            @Override
            public boolean may(Identity who, Action action, String uri, Match match) {
                return !forbidden.containsKey(action + " " + uri);
            }

            @Override
            public boolean hears(Identity who, String topic, String about) {
                asked.add(who.subject());
                return !forbidden.containsKey("HEAR " + about);
            }
        };
        router = new Router(
                settings,
                (realm, authid) -> lookUp != null ? lookUp : Mono.justOrEmpty(known.get(authid)),
                rights,
                engine);
        known.put("2-3", new Credentials("swarm_device", SECRET, null, true, SERIAL));
        for (String name : new String[] {"ann", "bob", "eve"}) {
            known.put(name, new Credentials("person", name + "-secret", null, false, null));
        }
    }

    static RouterSettings settings(Object... namesAndValues) {
        return Changed.copy(Changed.copy(RouterSettings.DEFAULTS, "authprovider", "fleet"), namesAndValues);
    }

    /** A connection that has said nothing yet. */
    Peer connect() {
        Peer peer = new Peer(router);
        router.loop().execute(() -> peer.conversation = router.connected(peer));
        return peer;
    }

    /** One that is in. */
    Peer join(String name) {
        String secret = name.equals("2-3") ? SECRET : name + "-secret";
        Peer peer = connect();
        peer.says("[1,\"realm1\",{\"authid\":\"" + name + "\",\"authmethods\":[\"wampcra\"],\"roles\":" + AGENT_ROLES
                + "}]");
        String challenge = peer.nextNode().get(2).get("challenge").asString();
        peer.says("[5,\"" + Wampcra.signature(secret, challenge) + "\",{}]");
        peer.session = peer.nextNode().get(1).asLong();
        return peer;
    }

    void pass(Duration time) {
        clock.advance(time);
        timer.advanceTimeBy(time);
    }

    /** Numbers one after the other. */
    static final class FixedChance implements Chance {

        long session = 4711;
        long publication = 1;
        int below;

        @Override
        public long session() {
            return session++;
        }

        @Override
        public long publication() {
            return publication++;
        }

        @Override
        public String nonce() {
            return "dGVzdC1ub25jZQ==";
        }

        @Override
        public int below(int end) {
            return below % end;
        }
    }
}
