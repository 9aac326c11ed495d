package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hears what: the broker of the basic profile, and patterns, audiences and disclosure of the advanced one. */
class BrokerTest {

    private final TestRouter house = new TestRouter();
    private final Peer ann = house.join("ann");
    private final Peer bob = house.join("bob");

    @Test
    void whoeverIsSubscribedHearsWhatIsPublished() {
        long topic = bob.subscribe("a.b", "{}");
        ann.says("[16,1,{},\"a.b\",[1,2.5,\"x\",null],{\"k\":{\"deep\":[true]}}]");
        bob.hears("[36," + topic + ",1,{},[1,2.5,\"x\",null],{\"k\":{\"deep\":[true]}}]");
        ann.hearsNothing();
        ann.says("[16,2,{},\"a.c\",[1]]");
        bob.hearsNothing();
    }

    @Test
    void aPayloadIsPassedOnAsItCame() {
        long topic = bob.subscribe("a.b", "{}");
        ann.says("[16,1,{},\"a.b\"]");
        bob.hears("[36," + topic + ",1,{}]");
        ann.says("[16,2,{},\"a.b\",[]]");
        bob.hears("[36," + topic + ",2,{},[]]");
        ann.says("[16,3,{},\"a.b\",[7.0,7,18446744073709551615,-1,1e3,\"\\u0000z!\",\"é\\n\"]]");
        bob.hears("[36," + topic + ",3,{},[7.0,7,18446744073709551615,-1,1000.0,\"\\u0000z!\",\"é\\n\"]]");
        ann.says("[16,4,{},\"a.b\",[],{}]");
        bob.hears("[36," + topic + ",4,{},[],{}]");
    }

    @Test
    void whoeverWantsToKnowIsTold() {
        ann.says("[16,1,{\"acknowledge\":true},\"a.b\"]").hears("[17,1,1]");
        ann.says("[16,2,{\"acknowledge\":false},\"a.b\"]").hearsNothing();
    }

    @Test
    void whoeverPublishesHearsItOnlyIfTheyWant() {
        long topic = ann.subscribe("a.b", "{}");
        ann.says("[16,1,{},\"a.b\"]").hearsNothing();
        ann.says("[16,2,{\"exclude_me\":false},\"a.b\"]").hears("[36," + topic + ",2,{}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | true",
                "{\"exclude\":[BOB]} | false",
                "{\"exclude\":[1]} | true",
                "{\"eligible\":[BOB]} | true",
                "{\"eligible\":[1]} | false",
                "{\"eligible\":[]} | false",
                "{\"exclude_authid\":[\"bob\"]} | false",
                "{\"exclude_authid\":[\"ann\"]} | true",
                "{\"eligible_authid\":[\"bob\"]} | true",
                "{\"eligible_authid\":[\"eve\"]} | false",
                "{\"exclude_authrole\":[\"person\"]} | false",
                "{\"eligible_authrole\":[\"person\"]} | true",
                "{\"eligible_authrole\":[\"swarm_device\"]} | false",
                "{\"eligible_authid\":[\"bob\"],\"exclude\":[BOB]} | false",
            })
    void anAudienceIsChosen(String options, boolean hears) {
        bob.subscribe("a.b", "{}");
        ann.says("[16,1," + options.replace("BOB", "" + bob.session) + ",\"a.b\"]");
        assertThat(bob.heard).hasSize(hears ? 1 : 0);
    }

    @Test
    void whoeverPublishesIsToldOnlyIfTheyWant() {
        long topic = bob.subscribe("a.b", "{}");
        ann.says("[16,1,{\"disclose_me\":true},\"a.b\"]");
        bob.hears("[36," + topic + ",1,{\"publisher\":" + ann.session
                + ",\"publisher_authid\":\"ann\",\"publisher_authrole\":\"person\"}]");
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, reswarm.logs., reswarm.logs.s.c, true",
        "prefix, reswarm.lo, reswarm.logs.s.c, true",
        "prefix, reswarm.logs.s.c, reswarm.logs.s.c, true",
        "prefix, reswarm.logs.s.c.d, reswarm.logs.s.c, false",
        "prefix, reswarm.x, reswarm.logs.s.c, false",
        "wildcard, reswarm.logs..c, reswarm.logs.s.c, true",
        "wildcard, ..., reswarm.logs.s.c, true",
        "wildcard, reswarm.logs., reswarm.logs.s.c, false",
        "wildcard, reswarm..s.d, reswarm.logs.s.c, false",
        "exact, reswarm.logs.s.c, reswarm.logs.s.c, true",
        "exact, reswarm.logs.s, reswarm.logs.s.c, false",
    })
    void topicsMatchPatterns(String match, String pattern, String topic, boolean hears) {
        long subscription = bob.subscribe(pattern, "{\"match\":\"" + match + "\"}");
        ann.says("[16,1,{},\"" + topic + "\",[7]]");
        if (hears) {
            String details = match.equals("exact") ? "{}" : "{\"topic\":\"" + topic + "\"}";
            bob.hears("[36," + subscription + ",1," + details + ",[7]]");
        }
        bob.hearsNothing();
    }

    @Test
    void whoeverMatchesInSeveralWaysHearsItInEachOfThem() {
        bob.subscribe("a.b", "{}");
        bob.subscribe("a.", "{\"match\":\"prefix\"}");
        bob.subscribe(".b", "{\"match\":\"wildcard\"}");
        ann.says("[16,1,{},\"a.b\"]");
        assertThat(bob.heard).hasSize(3);
    }

    @Test
    void subscribingTwiceIsOneSubscription() {
        long first = bob.subscribe("a.b", "{}");
        assertThat(bob.subscribe("a.b", "{}")).isEqualTo(first);
        assertThat(ann.subscribe("a.b", "{}")).isEqualTo(first);
        assertThat(ann.subscribe("a.b", "{\"match\":\"prefix\"}")).isNotEqualTo(first);
        bob.says("[34,9," + first + "]").hears("[35,9]");
        bob.says("[34,10," + first + "]").hears("[8,34,10,{},\"wamp.error.no_such_subscription\"]");
        house.join("eve").says("[16,1,{},\"a.b\"]");
        bob.hearsNothing();
        assertThat(ann.heard).hasSize(2);
    }

    @Test
    void vectorG8() {
        ann.says("[32,2,{},\"reswarm.device.%d.list/ondestroy\"]");
        assertThat(ann.next()).startsWith("[33,2,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", ".a", "a.", "a b", "a#b", "a.\\tb", "a.\\u2003b"})
    void whatIsNoUriIsRefused(String uri) {
        ann.says("[32,1,{},\"" + uri + "\"]").hears("[8,32,1,{},\"wamp.error.invalid_uri\"]");
        ann.says("[16,2,{\"acknowledge\":true},\"" + uri + "\"]").hears("[8,16,2,{},\"wamp.error.invalid_uri\"]");
        ann.says("[16,3,{},\"" + uri + "\"]").hearsNothing();
    }

    @Test
    void aUriHasAnEnd() {
        String most = "a.".repeat(511) + "ab";
        assertThat(most).hasSize(1024);
        bob.subscribe(most, "{}");
        ann.says("[32,1,{},\"" + most + "c\"]").hears("[8,32,1,{},\"wamp.error.invalid_uri\"]");
    }

    @Test
    void theRoutersOwnTopicsAreNobodyElses() {
        ann.says("[16,1,{\"acknowledge\":true},\"wamp.session.on_join\",[]]")
                .hears("[8,16,1,{},\"wamp.error.invalid_uri\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"exclude_me\":1}",
                "{\"exclude\":7}",
                "{\"exclude\":[\"x\"]}",
                "{\"eligible_authid\":[1]}",
                "{\"disclose_me\":\"yes\"}"
            })
    void anOptionOfTheWrongKindIsRefused(String options) {
        bob.subscribe("a.b", "{}");
        ann.says("[16,1," + options + ",\"a.b\"]").hearsNothing();
        ann.says("[16,2," + options.replace("}", ",\"acknowledge\":true}") + ",\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,16,2,{},\"wamp.error.invalid_argument\"");
        bob.hearsNothing();
        ann.says("[32,3,{\"match\":\"regex\"},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,32,3,{},\"wamp.error.invalid_argument\"");
    }

    @Test
    void whatIsForbiddenIsRefused() {
        house.forbidden.put("SUBSCRIBE a.b", true);
        house.forbidden.put("PUBLISH a.b", true);
        ann.says("[32,1,{},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,32,1,{},\"wamp.error.not_authorized\"");
        ann.says("[16,2,{\"acknowledge\":true},\"a.b\"]");
        assertThat(ann.next()).startsWith("[8,16,2,{},\"wamp.error.not_authorized\"");
    }

    @Test
    void oneSessionHasSoManySubscriptionsAndNoMore() {
        TestRouter small = new TestRouter(TestRouter.settings("subscriptionsMax", 2));
        Peer peer = small.join("ann");
        long first = peer.subscribe("a.1", "{}");
        peer.subscribe("a.2", "{}");
        peer.says("[32,9,{},\"a.3\"]");
        assertThat(peer.next()).startsWith("[8,32,9,{},\"wamp.error.unavailable\"");
        peer.subscribe("a.1", "{}");
        peer.says("[34,10," + first + "]").next();
        peer.subscribe("a.3", "{}");
    }

    @Test
    void whoeverDoesNotKeepUpMissesSomeAndStays() {
        long topic = bob.subscribe("a.b", "{}");
        bob.takesNoEvents = true;
        ann.says("[16,1,{},\"a.b\",[1]]");
        bob.takesNoEvents = false;
        ann.says("[16,2,{},\"a.b\",[2]]");
        bob.hears("[36," + topic + ",2,{},[2]]");
        assertThat(bob.isEnded).isFalse();
        assertThat(house.router.metrics().eventsDropped()).isEqualTo(1);
    }

    @Test
    void whoeverDoesNotEvenTakeAnswersIsEnded() {
        bob.takesNothing = true;
        bob.says("[32,1,{},\"a.b\"]");
        assertThat(bob.isEnded).isTrue();
        assertThat(house.router.metrics().sessionsTooSlow()).isEqualTo(1);
        assertThat(ann.ask("wamp.subscription.match", "[\"a.b\"]")).isEqualTo("[null]");
        assertThat(ann.ask("wamp.session.count", "[]")).isEqualTo("[1]");
    }

    @Test
    void oneEventIsWrittenOnceForAll() {
        Subscription subscription = new Subscription(1, "a.b", Match.EXACT, house.clock.instant());
        Outgoing event = Broker.event(subscription, "a.b", 1, java.util.Map.of(), Payload.of("x"));
        assertThat(event.bytes(Codec.JSON)).isSameAs(event.bytes(Codec.JSON));
        assertThat(event.bytes(Codec.CBOR)).isNotEqualTo(event.bytes(Codec.JSON));
    }
}
