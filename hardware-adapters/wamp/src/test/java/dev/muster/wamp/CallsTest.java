package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call is answered once: cancelled, timed out, in pieces, and when somebody goes. */
class CallsTest {

    private final TestRouter house = new TestRouter(TestRouter.settings("callsMax", 3));
    private final Peer ann = house.join("ann");
    private final Peer bob = house.join("bob");

    @BeforeEach
    void offer() {
        bob.register("a.b", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mode\":\"killnowait\"}", "{}"})
    void theAnswerIsNotWaitedFor(String options) {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        ann.says("[49,1," + options + "]").hears("[8,48,1,{},\"wamp.error.canceled\"]");
        bob.hears("[69,1,{\"mode\":\"killnowait\",\"reason\":\"wamp.error.canceled\"}]");
        bob.says("[8,68,1,{},\"wamp.error.canceled\"]");
        ann.hearsNothing();
        assertThat(bob.isEnded).isFalse();
    }

    @Test
    void theAnswerIsNotWanted() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        ann.says("[49,1,{\"mode\":\"skip\"}]").hears("[8,48,1,{},\"wamp.error.canceled\"]");
        bob.hearsNothing();
        bob.says("[70,1,{},[1]]");
        ann.hearsNothing();
        assertThat(bob.isEnded).isFalse();
    }

    @Test
    void theAnswerIsWaitedFor() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        ann.says("[49,1,{\"mode\":\"kill\"}]").hearsNothing();
        bob.hears("[69,1,{\"mode\":\"kill\",\"reason\":\"wamp.error.canceled\"}]");
        bob.says("[8,68,1,{},\"wamp.error.canceled\",[\"stopped\"]]");
        ann.hears("[8,48,1,{},\"wamp.error.canceled\",[\"stopped\"]]");
    }

    @Test
    void whoeverCannotBeInterruptedIsNot() {
        Peer old = house.connect()
                .says("[1,\"realm1\",{\"authid\":\"eve\",\"authmethods\":[\"wampcra\"],\"roles\":{\"callee\":{}}}]");
        String challenge = old.nextNode().get(2).get("challenge").asString();
        old.says("[5,\"" + Wampcra.signature("eve-secret", challenge) + "\",{}]")
                .next();
        old.register("a.old", "{}");
        ann.says("[48,1,{},\"a.old\"]");
        old.next();
        ann.says("[49,1,{\"mode\":\"kill\"}]").hears("[8,48,1,{},\"wamp.error.canceled\"]");
        old.hearsNothing();
    }

    @Test
    void whatIsAnsweredCannotBeCancelled() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        bob.says("[70,1,{}]");
        ann.hears("[50,1,{}]");
        ann.says("[49,1,{}]").hearsNothing();
        ann.says("[49,77,{}]").hearsNothing();
        bob.hearsNothing();
    }

    @Test
    void aCallHasAnEnd() {
        ann.says("[48,1,{\"timeout\":500},\"a.b\"]");
        assertThat(bob.next()).contains("\"timeout\":500");
        house.pass(Duration.ofMillis(499));
        ann.hearsNothing();
        house.pass(Duration.ofMillis(2));
        ann.hears("[8,48,1,{},\"wamp.error.timeout\"]");
        bob.hears("[69,1,{\"mode\":\"killnowait\",\"reason\":\"wamp.error.timeout\"}]");
        bob.says("[70,1,{}]");
        ann.hearsNothing();
    }

    @Test
    void anAnswerInTimeIsTheOnlyOne() {
        ann.says("[48,1,{\"timeout\":500},\"a.b\"]");
        bob.next();
        bob.says("[70,1,{}]");
        ann.hears("[50,1,{}]");
        house.pass(Duration.ofSeconds(1));
        ann.hearsNothing();
        bob.hearsNothing();
        ann.says("[48,2,{\"timeout\":-1},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,48,2,{},\"wamp.error.invalid_argument\"");
    }

    @Test
    void resultsMayComeInPieces() {
        ann.says("[48,1,{\"receive_progress\":true},\"a.b\"]");
        assertThat(bob.next()).contains("\"receive_progress\":true");
        bob.says("[70,1,{\"progress\":true},[1]]");
        bob.says("[70,1,{\"progress\":true},[2]]");
        bob.says("[70,1,{},[3]]");
        ann.hears("[50,1,{\"progress\":true},[1]]")
                .hears("[50,1,{\"progress\":true},[2]]")
                .hears("[50,1,{},[3]]");
        bob.says("[70,1,{\"progress\":true},[4]]");
        ann.hearsNothing();
    }

    @Test
    void whoeverDoesNotWantPiecesGetsTheLastOne() {
        ann.says("[48,1,{},\"a.b\"]");
        assertThat(bob.next()).doesNotContain("receive_progress");
        bob.says("[70,1,{\"progress\":true},[1]]");
        ann.hearsNothing();
        bob.says("[70,1,{},[2]]");
        ann.hears("[50,1,{},[2]]");
    }

    @Test
    void argumentsMayComeInPieces() {
        ann.says("[48,1,{\"progress\":true},\"a.b\",[1]]");
        assertThat(bob.next())
                .startsWith("[68,1,")
                .contains("\"progress\":true")
                .endsWith(",[1]]");
        ann.says("[48,1,{\"progress\":true},\"a.b\",[2]]");
        assertThat(bob.next())
                .startsWith("[68,1,")
                .contains("\"progress\":true")
                .endsWith(",[2]]");
        ann.says("[48,1,{},\"a.b\",[3]]");
        assertThat(bob.next()).startsWith("[68,1,").doesNotContain("progress").endsWith(",[3]]");
        bob.says("[70,1,{},[6]]");
        ann.hears("[50,1,{},[6]]");
        // One more was on its way when the answer came.
        ann.says("[48,1,{\"progress\":true},\"a.b\",[4]]").hearsNothing();
        bob.hearsNothing();
    }

    @Test
    void aNumberIsUsedOnce() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        ann.says("[48,1,{},\"a.b\"]");
        assertThat(ann.next()).endsWith("\"wamp.error.protocol_violation\"]");
        assertThat(ann.isEnded).isTrue();
    }

    @Test
    void whenTheCalleeGoesTheCallerIsTold() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        bob.breaksOff();
        assertThat(ann.next()).startsWith("[8,48,1,{},\"wamp.error.canceled\",[");
        ann.says("[48,2,{},\"a.b\"]");
        assertThat(ann.next()).contains("no_such_procedure");
    }

    @Test
    void whenTheCallerGoesTheCalleeIsTold() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        ann.breaksOff();
        bob.hears("[69,1,{\"mode\":\"killnowait\",\"reason\":\"wamp.error.canceled\"}]");
        bob.says("[70,1,{}]");
        assertThat(bob.isEnded).isFalse();
    }

    @Test
    void whoeverCallsThemselvesIsAnswered() {
        bob.says("[48,1,{},\"a.b\"]");
        assertThat(bob.next()).startsWith("[68,1,");
        bob.says("[70,1,{},[1]]").hears("[50,1,{},[1]]");
        bob.says("[48,2,{},\"a.b\"]").next();
        bob.breaksOff();
        bob.hearsNothing();
    }

    @Test
    void soManyCallsAreUnderWayAndNoMore() {
        for (int i = 1; i <= 3; i++) {
            ann.says("[48," + i + ",{},\"a.b\"]").hearsNothing();
        }
        ann.says("[48,4,{},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,48,4,{},\"wamp.error.unavailable\"");
        Peer eve = house.join("eve");
        eve.says("[48,1,{},\"a.b\"]");
        assertThat(eve.next()).startsWith("[8,48,1,{},\"wamp.error.unavailable\"");
        bob.says("[70,2,{}]");
        ann.hears("[50,2,{}]");
        eve.says("[48,2,{},\"a.b\"]").hearsNothing();
    }

    @Test
    void whoeverTakesNoCallsIsNotWaitedFor() {
        bob.takesNothing = true;
        ann.says("[48,1,{},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,48,1,{},\"wamp.error.unavailable\"");
        bob.takesNothing = false;
        ann.says("[48,2,{},\"a.b\"]").hearsNothing();
        // A number was left out, and they still grow.
        assertThat(bob.next()).startsWith("[68,2,");
        assertThat(bob.isEnded).isFalse();
    }

    @Test
    void anErrorWithoutANameGetsOne() {
        ann.says("[48,1,{},\"a.b\"]");
        bob.next();
        bob.says("[8,68,1,{},\"not a uri\",[1]]");
        ann.hears("[8,48,1,{},\"wamp.error.runtime_error\",[1]]");
    }

    @Test
    void whatIsEncryptedIsPassedThrough() {
        ann.says("[48,1,{\"ppt_scheme\":\"x_custom\",\"ppt_serializer\":\"cbor\"},\"a.b\",[\"...\"]]");
        assertThat(bob.next()).contains("\"ppt_scheme\":\"x_custom\",\"ppt_serializer\":\"cbor\"");
        bob.says("[70,1,{\"ppt_scheme\":\"x_custom\"},[\"...\"]]");
        ann.hears("[50,1,{\"ppt_scheme\":\"x_custom\"},[\"...\"]]");
    }
}
