package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Agents that come again while their old session is there, and two devices with one secret: contract B.6, trap I.5. */
class TakeoverTest {

    private static final String FIRST = "re.mgmt." + TestRouter.SERIAL + ".wamp_connection_established";

    private final TestRouter house = new TestRouter(TestRouter.settings("takeoversMax", 3));

    @Test
    void theOlderSessionIsOverBeforeTheNewOneRegisters() {
        Peer ghost = house.join("2-3");
        ghost.register(FIRST, "{}");
        Peer agent = house.join("2-3");
        ghost.hears("[6,{\"message\":\"A newer session of the same name took over.\"},\"wamp.close.killed\"]");
        assertThat(ghost.isEnded).isTrue();
        // Without force, as agents do it: eight times "already exists" in a row and they stop.
        agent.register(FIRST, "{}");
        assertThat(house.router.metrics().sessions()).isEqualTo(1);
        assertThat(house.router.metrics().takeovers()).isEqualTo(1);
    }

    /** Devices come under the number of whatever project they believe to be in. */
    @Test
    void oneSubjectHasOneSessionUnderWhateverName() {
        house.known.put("9-3", new Credentials("swarm_device", "9-3-secret", null, true, TestRouter.SERIAL));
        Peer before = house.join("2-3");
        before.register(FIRST, "{}");
        Peer moved = house.join("9-3");
        assertThat(before.isEnded).isTrue();
        moved.register(FIRST, "{}");
        assertThat(house.router.metrics().sessions()).isEqualTo(1);
        moved.breaksOff();
        assertThat(house.router.metrics().sessions()).isZero();
    }

    @Test
    void aNameIsNotTakenForASubject() {
        house.known.put(TestRouter.SERIAL, new Credentials("person", TestRouter.SERIAL + "-secret", null, true, null));
        Peer agent = house.join("2-3");
        house.join(TestRouter.SERIAL);
        assertThat(agent.isEnded).isFalse();
        house.router.dismiss("realm1", TestRouter.SERIAL, "Enough.");
        agent.hears("[6,{\"message\":\"Enough.\"},\"wamp.close.killed\"]");
        assertThat(agent.isEnded).isTrue();
        assertThat(house.router.metrics().sessions()).isEqualTo(1);
    }

    @Test
    void whatAGhostStillSaysIsNotHeard() {
        Peer ghost = house.join("2-3");
        Peer listener = house.join("ann");
        listener.subscribe("reswarm.logs.a.b", "{}");
        Peer agent = house.join("2-3");
        ghost.next();
        ghost.says("[16,1,{},\"reswarm.logs.a.b\",[\"line\"]]");
        ghost.says("[64,2,{},\"" + FIRST + "\"]");
        ghost.breaksOff();
        listener.hearsNothing();
        ghost.hearsNothing();
        agent.register(FIRST, "{}");
    }

    @Test
    void whoeverHasNotProvenThemselvesEndsNobody() {
        Peer agent = house.join("2-3");
        Peer thief = house.connect()
                .says("[1,\"realm1\",{\"authid\":\"2-3\",\"authmethods\":[\"wampcra\"],\"roles\":{\"caller\":{}}}]");
        thief.next();
        thief.says("[5,\"AAAA\",{}]");
        agent.hearsNothing();
        assertThat(agent.isEnded).isFalse();
    }

    @Test
    void twoDevicesWithOneSecretDoNotKickEachOtherForEver() {
        house.join("2-3");
        for (int i = 0; i < 3; i++) {
            house.join("2-3");
        }
        Peer oneTooMany = comesAgain();
        assertThat(oneTooMany.next())
                .contains("muster.error.secret_in_two_places")
                .doesNotContain("signature");
        assertThat(oneTooMany.isEnded).isTrue();
        assertThat(house.router.metrics().sessions()).isEqualTo(1);
        house.pass(Duration.ofSeconds(61));
        Peer later = house.join("2-3");
        later.register(FIRST, "{}");
    }

    private Peer comesAgain() {
        Peer peer = house.connect()
                .says("[1,\"realm1\",{\"authid\":\"2-3\",\"authmethods\":[\"wampcra\"],\"roles\":{\"caller\":{}}}]");
        String challenge = peer.nextNode().get(2).get("challenge").asString();
        return peer.says("[5,\"" + Wampcra.signature(TestRouter.SECRET, challenge) + "\",{}]");
    }

    @Test
    void reconnectingAfterABreakIsNoTakeover() {
        for (int i = 0; i < 20; i++) {
            house.join("2-3").breaksOff();
        }
        assertThat(house.router.metrics().takeovers()).isZero();
        assertThat(house.router.metrics().sessions()).isZero();
    }

    @Test
    void peopleMayHaveSeveralSessions() {
        Peer one = house.join("ann");
        Peer two = house.join("ann");
        assertThat(one.isEnded).isFalse();
        assertThat(two.ask("wamp.session.count", "[]")).isEqualTo("[2]");
    }
}
