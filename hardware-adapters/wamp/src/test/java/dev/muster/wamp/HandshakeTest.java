package dev.muster.wamp;

import static dev.muster.wamp.TestRouter.AGENT_ROLES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.wamp.Authenticator.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** From the first word to the welcome: contract B.3, vectors G-1 to G-6. */
class HandshakeTest {

    private static final String HELLO =
            "[1,\"realm1\",{\"authid\":\"2-3\",\"authmethods\":[\"wampcra\"],\"roles\":" + AGENT_ROLES + "}]";
    private static final String VIOLATION = "wamp.error.protocol_violation";

    private final TestRouter house = new TestRouter(TestRouter.settings());

    private static void isAborted(Peer peer, String reason) {
        JsonNode abort = peer.nextNode();
        assertThat(abort.get(0).asInt()).as("%s", abort).isEqualTo(3);
        assertThat(abort.get(2).asString()).isEqualTo(reason);
        assertThat(abort.get(1).get("message").asString()).isNotEmpty();
        assertThat(peer.isEnded).isTrue();
        peer.hearsNothing();
    }

    private static String hello(String authid) {
        return HELLO.replace("2-3", authid);
    }

    @Test
    void aDeviceProvesItselfAndIsWelcome() {
        Peer peer = house.connect().says(HELLO);
        peer.hears("[4,\"wampcra\",{\"challenge\":" + Peer.JSON.writeValueAsString(WampcraTest.CHALLENGE) + "}]");
        peer.says("[5,\"GllEhC5naGvzAMMq+D90Q5NRJftwRiZyTfZAuSDCeso=\",{}]");
        JsonNode welcome = peer.nextNode();
        assertThat(welcome.get(0).asInt()).isEqualTo(2);
        assertThat(welcome.get(1).asLong()).isEqualTo(4711);
        JsonNode details = welcome.get(2);
        assertThat(details.get("authid").asString()).isEqualTo("2-3");
        assertThat(details.get("authrole").asString()).isEqualTo("swarm_device");
        assertThat(details.get("authmethod").asString()).isEqualTo("wampcra");
        JsonNode broker = details.get("roles").get("broker").get("features");
        assertThat(broker.get("subscription_meta_api").asBoolean()).isTrue();
        assertThat(broker.get("publisher_exclusion").asBoolean()).isTrue();
        JsonNode dealer = details.get("roles").get("dealer").get("features");
        for (String feature : new String[] {
            "caller_identification", "call_canceling", "registration_meta_api", "session_meta_api", "testament_meta_api"
        }) {
            assertThat(dealer.get(feature).asBoolean()).as(feature).isTrue();
        }
    }

    @Test
    void aSaltedSecretIsProvenAsWell() {
        house.known.put(
                "2-3",
                Credentials.salted("swarm_device", TestRouter.SECRET, WampcraTest.SALTING, true, TestRouter.SERIAL));
        Peer peer = house.connect().says(HELLO);
        JsonNode extra = peer.nextNode().get(2);
        assertThat(extra.get("challenge").asString()).isEqualTo(WampcraTest.CHALLENGE);
        assertThat(extra.get("salt").asString()).isEqualTo("salt123");
        assertThat(extra.get("iterations").asInt()).isEqualTo(1000);
        assertThat(extra.get("keylen").asInt()).isEqualTo(32);
        peer.says("[5,\"LRfOZcoaYDEZ+XqfM7NZCRC6Up5WPpd2sXOMXgLalYA=\",{}]");
        assertThat(peer.nextNode().get(0).asInt()).isEqualTo(2);
    }

    @Test
    void aWrongSignatureIsToldInTheWordsThatStopAgents() {
        Peer peer = house.connect().says(HELLO);
        peer.next();
        peer.says("[5,\"AAAA\",{}]");
        peer.hears("[3,{\"message\":\"WAMP-CRA client signature is invalid\"},\"wamp.error.not_authorized\"]");
        assertThat(peer.isEnded).isTrue();
        assertThat(house.router.metrics().sessions()).isZero();
    }

    /** Between the challenge and its answer lie seconds, if somebody wants that. */
    @Test
    void aSecretThatWasReplacedMeanwhileLetsNobodyIn() {
        AtomicBoolean holds = new AtomicBoolean(true);
        house.known.put(
                "2-3", new Credentials("swarm_device", TestRouter.SECRET, null, true, TestRouter.SERIAL, holds::get));
        Peer peer = house.connect().says(HELLO);
        peer.next();
        holds.set(false);
        peer.says("[5,\"GllEhC5naGvzAMMq+D90Q5NRJftwRiZyTfZAuSDCeso=\",{}]");
        assertThat(peer.next()).contains("wamp.error.not_authorized").doesNotContain("signature");
        assertThat(peer.isEnded).isTrue();
        assertThat(house.router.metrics().sessions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "blocked", "broken", "late"})
    void whoeverMayComeAgainIsToldInOtherWords(String who) {
        house.known.put("blocked", new Refusal("This device is blocked."));
        if (who.equals("broken")) {
            house.lookUp = Mono.error(new IllegalStateException("no store"));
        } else if (who.equals("late")) {
            house.lookUp = Mono.never();
        }
        Peer peer = house.connect().says(hello(who));
        house.pass(RouterSettings.DEFAULTS.credentialsTimeout());
        String abort = peer.next();
        assertThat(abort)
                .startsWith("[3,{\"message\":")
                .doesNotContain("signature")
                .doesNotContain("no store");
        assertThat(peer.isEnded).isTrue();
        assertThat(house.router.metrics().refusals()).isEqualTo(1);
    }

    @Test
    void anAnswerThatComesAfterTheConnectionIsGoneIsForNobody() {
        reactor.core.publisher.Sinks.One<Authenticator.Found> store = reactor.core.publisher.Sinks.one();
        house.lookUp = store.asMono();
        Peer peer = house.connect().says(HELLO);
        peer.breaksOff();
        store.tryEmitValue(house.known.get("2-3"));
        peer.hearsNothing();
    }

    @Test
    void whoeverSaysNothingIsEnded() {
        Peer silent = house.connect();
        house.pass(Duration.ofMillis(6_900));
        silent.hearsNothing();
        house.pass(Duration.ofMillis(200));
        isAborted(silent, VIOLATION);
        Peer unproven = house.connect().says(HELLO);
        unproven.next();
        house.pass(Duration.ofSeconds(8));
        isAborted(unproven, VIOLATION);
    }

    @Test
    void whoeverIsInMayBeSilent() {
        Peer peer = house.join("2-3");
        house.pass(Duration.ofHours(1));
        peer.hearsNothing();
        assertThat(peer.isEnded).isFalse();
    }

    @Test
    void thereIsOneRealmAndOneWayIn() {
        isAborted(house.connect().says(HELLO.replace("realm1", "realm2")), "wamp.error.no_such_realm");
        isAborted(house.connect().says(HELLO.replace("wampcra", "ticket")), "wamp.error.no_matching_auth_method");
        isAborted(
                house.connect().says("[1,\"realm1\",{\"roles\":" + AGENT_ROLES + "}]"),
                "wamp.error.no_matching_auth_method");
        isAborted(
                house.connect().says("[1,\"realm1\",{\"authmethods\":[\"wampcra\"],\"roles\":" + AGENT_ROLES + "}]"),
                "wamp.error.no_such_principal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,\"realm1\",{}]",
                "[1,\"realm1\",{\"roles\":{}}]",
                "[1,\"realm1\"]",
                "[1,7,{}]",
                "[48,1,{},\"a.b\"]",
                "[5,\"AAAA\",{}]",
                "[99,1]",
                "[2,1,{}]",
                "[]",
                "{}",
                "[\"1\"]",
                "nonsense",
                "[1,\"realm1\",{}] []",
                "[1,\"realm1\",{}"
            })
    void whatIsNoHelloEndsIt(String words) {
        isAborted(house.connect().says(words), VIOLATION);
        assertThat(house.router.metrics().violations()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,\"realm1\",{\"authid\":\"2-3\",\"authmethods\":[\"wampcra\"],\"roles\":{\"caller\":{}}}]",
                "[5,\"AAAA\",{}]",
                "[48,1,{}]",
                "[48,1,{},\"a.b\",[],{},7]",
                "[48,1,[],\"a.b\"]",
                "[48,1,null,\"a.b\"]",
                "[48,0,{},\"a.b\"]",
                "[48,-1,{},\"a.b\"]",
                "[48,1.5,{},\"a.b\"]",
                "[48,\"1\",{},\"a.b\"]",
                "[48,9007199254740993,{},\"a.b\"]",
                "[48,99999999999999999999999,{},\"a.b\"]",
                "[48,1,{},\"a.b\",{}]",
                "[48,1,{},\"a.b\",[],[]]",
                "[36,1,1,{}]",
                "[68,1,1,{}]",
                "[70,1,{}]",
                "[8,68,1,{},\"a.b\"]",
                "[8,48,1,{},\"a.b\"]",
                "[1000000,1]",
                "[24]",
                "[48,1,{},\"a.b\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]"
                        + "]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"
            })
    void whatNoClientSaysEndsASession(String words) {
        Peer other = house.join("ann");
        Peer peer = house.join("2-3");
        isAborted(peer.says(words), VIOLATION);
        assertThat(house.router.metrics().sessions()).isEqualTo(1);
        assertThat(other.ask("wamp.session.count", "[]")).isEqualTo("[1]");
    }

    @Test
    void theGreatestNumberIsANumber() {
        Peer peer = house.join("2-3");
        peer.says("[48,9007199254740992,{},\"a.b\"]");
        assertThat(peer.next()).startsWith("[8,48,9007199254740992,{},\"wamp.error.no_such_procedure\"");
    }

    @Test
    void aFarewellIsAnsweredAndTheWayIsClosed() {
        Peer peer = house.join("2-3");
        peer.says("[6,{},\"wamp.close.close_realm\"]");
        peer.hears("[6,{},\"wamp.close.goodbye_and_out\"]");
        assertThat(peer.isEnded).isTrue();
        assertThat(house.router.metrics().sessions()).isZero();
        peer.says("[48,1,{},\"a.b\"]");
        peer.hearsNothing();
    }

    @Test
    void whoeverGivesUpIsGone() {
        Peer early = house.connect().says("[3,{},\"wamp.error.whatever\"]");
        early.hearsNothing();
        assertThat(early.isEnded).isTrue();
        Peer late = house.join("2-3");
        late.says("[3,{},\"wamp.error.whatever\"]");
        assertThat(late.isEnded).isTrue();
        assertThat(house.router.metrics().sessions()).isZero();
    }

    @Test
    void moreSessionsThanThereMayBeComeAgainLater() {
        TestRouter small = new TestRouter(TestRouter.settings("sessionsMax", 1));
        small.join("ann");
        Peer bob = small.connect().says(hello("bob"));
        String challenge = bob.nextNode().get(2).get("challenge").asString();
        bob.says("[5,\"" + Wampcra.signature("bob-secret", challenge) + "\",{}]");
        isAborted(bob, "wamp.error.unavailable");
    }

    @Test
    void whenTheServerStopsAllAreSentAway() {
        Peer in = house.join("2-3");
        Peer knocking = house.connect();
        house.router.close();
        in.hears("[6,{\"message\":\"The server stops.\"},\"wamp.close.system_shutdown\"]");
        assertThat(in.isEnded).isTrue();
        isAborted(knocking, "wamp.close.system_shutdown");
    }
}
