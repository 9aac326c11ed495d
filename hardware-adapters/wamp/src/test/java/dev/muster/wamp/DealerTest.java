package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Who answers for what: registrations, patterns, several callees. Contract B.4, vector G-7, trap I.7. */
class DealerTest {

    private static final String FIRST = "re.mgmt." + TestRouter.SERIAL + ".wamp_connection_established";

    private final TestRouter house = new TestRouter();
    private final Peer ann = house.join("ann");
    private final Peer bob = house.join("bob");
    private long calls;

    private void call(String procedure) {
        ann.says("[48," + ++calls + ",{},\"" + procedure + "\"]");
    }

    /** Whether it is bob who is asked; answers. */
    private static boolean isAsked(Peer peer) {
        JsonNode invocation = peer.heard.isEmpty() ? null : peer.nextNode();
        if (invocation == null) {
            return false;
        }
        assertThat(invocation.get(0).asInt()).isEqualTo(68);
        peer.says("[70," + invocation.get(1).asLong() + ",{}]");
        return true;
    }

    @Test
    void vectorG7() {
        ann.says("[64,1,{},\"" + FIRST + "\"]");
        assertThat(ann.next()).startsWith("[65,1,");
        bob.says("[64,1,{},\"" + FIRST + "\"]");
        bob.hears("[8,64,1,{},\"wamp.error.procedure_already_exists\"]");
        ann.says("[64,2,{},\"" + FIRST + "\"]");
        ann.hears("[8,64,2,{},\"wamp.error.procedure_already_exists\"]");
    }

    @Test
    void aCallIsAnswered() {
        long registration = bob.register("a.b", "{}");
        ann.says("[48,7,{},\"a.b\",[1],{\"k\":2}]");
        bob.hears("[68,1," + registration + ",{\"caller\":" + ann.session
                + ",\"caller_authid\":\"ann\",\"caller_authrole\":\"person\"},[1],{\"k\":2}]");
        bob.says("[70,1,{},[3],{\"l\":4}]");
        ann.hears("[50,7,{},[3],{\"l\":4}]");
        ann.says("[48,8,{},\"a.b\"]");
        bob.next();
        bob.says("[8,68,2,{},\"wamp.error.canceled\",[{\"error\":\"why\"}]]");
        ann.hears("[8,48,8,{},\"wamp.error.canceled\",[{\"error\":\"why\"}]]");
    }

    @Test
    void anAnswerIsPassedOnAsItCame() {
        bob.register("a.b", "{}");
        String[] payloads = {"", ",[]", ",[null]", ",[[]]", ",[],{}"};
        for (int i = 0; i < payloads.length; i++) {
            call("a.b");
            bob.next();
            bob.says("[70," + (i + 1) + ",{}" + payloads[i] + "]");
            ann.hears("[50," + (i + 1) + ",{}" + payloads[i] + "]");
        }
    }

    @Test
    void numbersOfInvocationsOnlyGrow() {
        bob.register("a.b", "{}");
        bob.register("a.c", "{}");
        long last = 0;
        for (int i = 0; i < 50; i++) {
            (i % 3 == 0 ? house.join("eve") : ann)
                    .says("[48," + (1000 + i) + ",{},\"a." + (i % 2 == 0 ? "b" : "c") + "\"]");
            long number = bob.nextNode().get(1).asLong();
            assertThat(number).isGreaterThan(last);
            last = number;
            if (i % 5 == 0) {
                bob.says("[70," + number + ",{}]");
            }
        }
    }

    @Test
    void nobodyAnswers() {
        call("no.such");
        assertThat(ann.next()).startsWith("[8,48,1,{},\"wamp.error.no_such_procedure\"");
        call("wamp.no.such");
        assertThat(ann.next()).startsWith("[8,48,2,{},\"wamp.error.no_such_procedure\"");
        call("a b");
        ann.hears("[8,48,3,{},\"wamp.error.invalid_uri\"]");
    }

    @Test
    void itCanBeTakenBack() {
        long registration = bob.register("a.b", "{}");
        ann.says("[66,1," + registration + "]").hears("[8,66,1,{},\"wamp.error.no_such_registration\"]");
        bob.says("[66,1," + registration + "]").hears("[67,1]");
        call("a.b");
        assertThat(ann.next()).contains("no_such_procedure");
        assertThat(ann.register("a.b", "{}")).isNotEqualTo(registration);
    }

    @Test
    void byForceItIsTakenOver() {
        long old = bob.register("a.b", "{\"force_reregister\":true}");
        long now = ann.register("a.b", "{\"force_reregister\":true}");
        assertThat(now).isNotEqualTo(old);
        bob.hears("[67,0,{\"registration\":" + old + ",\"reason\":\"wamp.error.unregistered\"}]");
        house.join("eve").says("[48,1,{},\"a.b\"]");
        bob.hearsNothing();
        assertThat(isAsked(ann)).isTrue();
        long again = ann.register("a.b", "{\"force_reregister\":true}");
        assertThat(again).isNotEqualTo(now);
        ann.hearsNothing();
    }

    @Test
    void whatWasAskedBeforeItWasTakenOverIsStillAnswered() {
        bob.register("a.b", "{}");
        call("a.b");
        bob.next();
        house.join("eve").register("a.b", "{\"force_reregister\":true}");
        bob.next();
        bob.says("[70,1,{},[\"late\"]]");
        ann.hears("[50,1,{},[\"late\"]]");
    }

    @ParameterizedTest
    @CsvSource({
        "a.b.c, exact",
        "a.b.d, long prefix",
        "a.x.c, close wildcard",
        "b.x.c, wildcard",
        "a.x.d, short prefix",
    })
    void thePatternThatSaysMostIsAsked(String procedure, String expected) {
        List<Long> ids = new ArrayList<>(List.of(
                bob.register("a.b.c", "{}"),
                bob.register("a.b", "{\"match\":\"prefix\"}"),
                bob.register("a", "{\"match\":\"prefix\"}"),
                bob.register("..c", "{\"match\":\"wildcard\"}")));
        List<String> names = new ArrayList<>(List.of("exact", "long prefix", "short prefix", "wildcard"));
        if (expected.equals("close wildcard")) {
            // A prefix goes before a wildcard: without it.
            bob.says("[66,90," + ids.get(2) + "]").next();
            ids.add(bob.register("a..c", "{\"match\":\"wildcard\"}"));
            names.add(expected);
        }
        call(procedure);
        JsonNode invocation = bob.nextNode();
        assertThat(names.get(ids.indexOf(invocation.get(2).asLong()))).isEqualTo(expected);
        assertThat(invocation.get(3).has("procedure")).isEqualTo(!expected.equals("exact"));
        if (!expected.equals("exact")) {
            assertThat(invocation.get(3).get("procedure").asString()).isEqualTo(procedure);
        }
    }

    @ParameterizedTest
    @CsvSource({"first, AAAA", "last, BBBB", "roundrobin, ABAB", "random, BBBB"})
    void severalAnswerForOneProcedure(String policy, String expected) {
        Peer eve = house.join("eve");
        String options = "{\"invoke\":\"" + policy + "\"}";
        long registration = bob.register("a.b", options);
        assertThat(eve.register("a.b", options)).isEqualTo(registration);
        house.chance.below = 1;
        StringBuilder asked = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            call("a.b");
            asked.append(isAsked(bob) ? "A" : isAsked(eve) ? "B" : "-");
        }
        assertThat(asked).hasToString(expected);
        eve.breaksOff();
        call("a.b");
        assertThat(isAsked(bob)).isTrue();
    }

    @Test
    void onlyThoseWhoAgreeAnswerTogether() {
        bob.register("a.b", "{\"invoke\":\"roundrobin\"}");
        ann.says("[64,90,{\"invoke\":\"first\"},\"a.b\"]")
                .hears("[8,64,90,{},\"wamp.error.procedure_already_exists\"]");
        ann.says("[64,91,{},\"a.b\"]").hears("[8,64,91,{},\"wamp.error.procedure_already_exists\"]");
        bob.says("[64,92,{\"invoke\":\"roundrobin\"},\"a.b\"]")
                .hears("[8,64,92,{},\"wamp.error.procedure_already_exists\"]");
        ann.says("[64,93,{\"invoke\":\"sometimes\"},\"a.c\"]");
        assertThat(ann.next()).startsWith("[8,64,93,{},\"wamp.error.invalid_argument\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.mine", "a..b", "a b", ""})
    void whatCannotBeRegistered(String uri) {
        ann.says("[64,1,{},\"" + uri + "\"]").hears("[8,64,1,{},\"wamp.error.invalid_uri\"]");
    }

    @Test
    void whatIsForbiddenIsRefused() {
        house.forbidden.put("REGISTER a.b", true);
        house.forbidden.put("CALL a.c", true);
        house.forbidden.put("CALL wamp.session.kill", true);
        ann.says("[64,1,{},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,64,1,{},\"wamp.error.not_authorized\"");
        bob.register("a.c", "{}");
        ann.says("[48,2,{},\"a.c\"]");
        assertThat(ann.next()).startsWith("[8,48,2,{},\"wamp.error.not_authorized\"");
        ann.says("[48,3,{},\"wamp.session.kill\",[" + bob.session + "]]");
        assertThat(ann.next()).startsWith("[8,48,3,{},\"wamp.error.not_authorized\"");
        bob.hearsNothing();
        assertThat(bob.isEnded).isFalse();
    }

    @Test
    void oneSessionHasSoManyRegistrationsAndNoMore() {
        TestRouter small = new TestRouter(TestRouter.settings("registrationsMax", 1));
        Peer peer = small.join("ann");
        peer.register("a.1", "{}");
        peer.says("[64,9,{},\"a.2\"]");
        assertThat(peer.next()).startsWith("[8,64,9,{},\"wamp.error.unavailable\"");
    }
}
