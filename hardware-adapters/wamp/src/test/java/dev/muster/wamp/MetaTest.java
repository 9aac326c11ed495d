package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the router tells of itself, and what it can be asked: contract C.4, vectors G-24 and G-25. */
class MetaTest {

    private static final String LOG = "reswarm.logs." + TestRouter.SERIAL + ".prod_7_hello";

    private final TestRouter house = new TestRouter();
    private final Peer agent = house.join("2-3");
    private final Peer viewer = house.join("ann");

    @Test
    void vectorG24() {
        long created = agent.subscribe("wamp.subscription.on_create", "{}");
        long deleted = agent.subscribe("wamp.subscription.on_delete", "{}");
        long log = viewer.subscribe(LOG, "{}");
        agent.hears("[36," + created + ",1,{},[" + viewer.session + ",{\"id\":" + log
                + ",\"created\":\"2026-01-01T00:00:00.000Z\",\"uri\":\"" + LOG + "\",\"match\":\"exact\"}]]");
        agent.says("[16,80,{},\"" + LOG + "\",[\"line 1\\nline 2\"]]");
        assertThat(viewer.next()).endsWith(",{},[\"line 1\\nline 2\"]]");
        viewer.says("[34,9," + log + "]").hears("[35,9]");
        assertThat(agent.next())
                .startsWith("[36," + deleted + ",")
                .endsWith(",{},[" + viewer.session + "," + log + "]]");
        agent.hearsNothing();
    }

    @Test
    void vectorG25() {
        assertThat(agent.ask("wamp.subscription.match", "[\"" + LOG + "\"]")).isEqualTo("[null]");
        long exact = viewer.subscribe(LOG, "{}");
        assertThat(agent.ask("wamp.subscription.match", "[\"" + LOG + "\"]")).isEqualTo("[[" + exact + "]]");
        long prefix = viewer.subscribe("reswarm.logs.", "{\"match\":\"prefix\"}");
        assertThat(agent.ask("wamp.subscription.match", "[\"" + LOG + "\"]"))
                .isEqualTo("[[" + exact + "," + prefix + "]]");
        viewer.breaksOff();
        assertThat(agent.ask("wamp.subscription.match", "[\"" + LOG + "\"]")).isEqualTo("[null]");
    }

    /** Else a device could ask whether somebody looks at another one. */
    @Test
    void whoLooksAtOthersIsNotSaid() {
        String others = "reswarm.logs.other.prod_7_hello";
        house.forbidden.put("HEAR " + others, true);
        viewer.subscribe(others, "{}");
        viewer.subscribe(LOG, "{}");
        assertThat(agent.ask("wamp.subscription.match", "[\"" + others + "\"]")).isEqualTo("[null]");
        assertThat(agent.ask("wamp.subscription.match", "[\"" + LOG + "\"]")).isNotEqualTo("[null]");
    }

    @Test
    void aTestamentIsShort() {
        agent.says("[48,7,{},\"wamp.session.add_testament\",[\"a.b\",[\"" + "x".repeat(100_000) + "\"],{}]]");
        assertThat(agent.next()).startsWith("[8,48,7,{},\"wamp.error.invalid_argument\"");
        assertThat(agent.ask("wamp.session.add_testament", "[\"a.b\",[\"short\"],{}]"))
                .isNotEmpty();
    }

    /** Somebody without a subject: they hear of everything. */
    private Peer watcher() {
        house.known.put("watcher", new Credentials("person", "watcher-secret", null, true, null));
        return house.join("watcher");
    }

    @Test
    void subscriptionsAreToldInOrder() {
        Peer watcher = watcher();
        for (String event : new String[] {"on_create", "on_subscribe", "on_unsubscribe", "on_delete"}) {
            watcher.subscribe("wamp.subscription." + event, "{}");
        }
        long topic = viewer.subscribe("a.b", "{}");
        assertThat(watcher.next()).contains("\"uri\":\"a.b\"");
        assertThat(watcher.next()).endsWith("[" + viewer.session + "," + topic + "]]");
        Peer second = house.join("bob");
        second.subscribe("a.b", "{}");
        assertThat(watcher.next()).endsWith("[" + second.session + "," + topic + "]]");
        viewer.breaksOff();
        assertThat(watcher.next()).endsWith("[" + viewer.session + "," + topic + "]]");
        watcher.hearsNothing();
        second.breaksOff();
        assertThat(watcher.heard).hasSize(2).allMatch(it -> it.endsWith("[" + second.session + "," + topic + "]]"));
    }

    @Test
    void registrationsAreToldInOrder() {
        Peer watcher = watcher();
        for (String event : new String[] {"on_create", "on_register", "on_unregister", "on_delete"}) {
            watcher.subscribe("wamp.registration." + event, "{}");
        }
        long procedure = viewer.register("a.b", "{}");
        assertThat(watcher.next())
                .endsWith("[" + viewer.session + ",{\"id\":" + procedure
                        + ",\"created\":\"2026-01-01T00:00:00.000Z\",\"uri\":\"a.b\",\"match\":\"exact\","
                        + "\"invoke\":\"single\"}]]");
        assertThat(watcher.next()).endsWith("[" + viewer.session + "," + procedure + "]]");
        viewer.says("[66,9," + procedure + "]").next();
        assertThat(watcher.heard).hasSize(2).allMatch(it -> it.endsWith("[" + viewer.session + "," + procedure + "]]"));
    }

    @Test
    void whoeverComesAndGoesIsTold() {
        long join = viewer.subscribe("wamp.session.on_join", "{}");
        long leave = viewer.subscribe("wamp.session.on_leave", "{}");
        Peer bob = house.join("bob");
        assertThat(viewer.next())
                .startsWith("[36," + join + ",")
                .contains("\"session\":" + bob.session)
                .contains("\"authid\":\"bob\",\"authrole\":\"person\",\"authmethod\":\"wampcra\"");
        bob.breaksOff();
        assertThat(viewer.next())
                .startsWith("[36," + leave + ",")
                .endsWith(",{},[" + bob.session + ",\"bob\",\"person\"]]");
        viewer.hearsNothing();
    }

    @Test
    void whatIsNotForSomebodyIsNotTold() {
        agent.subscribe("wamp.subscription.on_create", "{}");
        house.forbidden.put("HEAR reswarm.logs.other.prod_7_hello", true);
        viewer.subscribe("reswarm.logs.other.prod_7_hello", "{}");
        agent.hearsNothing();
        viewer.subscribe(LOG, "{}");
        assertThat(agent.heard).hasSize(1);
    }

    /** Thousands are subscribed to each of these, and it happens dozens of times when one of them comes or goes. */
    @Test
    void notEverybodyIsAskedWhetherTheyHear() {
        house.known.put("2-4", new Credentials("swarm_device", "2-4-secret", null, true, "s-4"));
        Peer other = house.join("2-4");
        agent.subscribe("wamp.subscription.on_create", "{}");
        other.subscribe("wamp.subscription.on_create", "{}");
        house.asked.clear();
        viewer.subscribe(LOG, "{}");
        assertThat(agent.next()).contains(LOG);
        other.hearsNothing();
        assertThat(house.asked).containsExactly(TestRouter.SERIAL);
        house.forbidden.put("HEAR " + LOG + "-2", true);
        viewer.subscribe(LOG + "-2", "{}");
        agent.hearsNothing();
    }

    @Test
    void theRoutersOwnTopicsAreNotTold() {
        agent.subscribe("wamp.subscription.on_create", "{}");
        viewer.subscribe("wamp.session.on_join", "{}");
        agent.hearsNothing();
    }

    @Test
    void sessionsAreCountedListedAndShown() {
        assertThat(viewer.ask("wamp.session.count", "[]")).isEqualTo("[2]");
        assertThat(viewer.ask("wamp.session.count", "[[\"person\"]]")).isEqualTo("[1]");
        assertThat(viewer.ask("wamp.session.list", "[]")).isEqualTo("[[" + agent.session + "," + viewer.session + "]]");
        assertThat(viewer.ask("wamp.session.list", "[[\"swarm_device\"]]")).isEqualTo("[[" + agent.session + "]]");
        assertThat(viewer.ask("wamp.session.get", "[" + agent.session + "]"))
                .startsWith("[{\"session\":" + agent.session + ",\"authid\":\"2-3\",\"authrole\":\"swarm_device\"")
                .doesNotContain(TestRouter.SERIAL);
    }

    @Test
    void aSessionIsKilled() {
        viewer.says("[48,1,{},\"wamp.session.kill\",[" + agent.session
                + "],{\"reason\":\"a.reason\",\"message\":\"Go.\"}]");
        viewer.hears("[50,1,{}]");
        agent.hears("[6,{\"message\":\"Go.\"},\"a.reason\"]");
        assertThat(agent.isEnded).isTrue();
        assertThat(viewer.ask("wamp.session.list", "[]")).isEqualTo("[[" + viewer.session + "]]");
        viewer.says("[48,2,{},\"wamp.session.kill\",[" + agent.session + "]]");
        viewer.hears("[8,48,2,{},\"wamp.error.no_such_session\"]");
        viewer.says("[48,3,{},\"wamp.session.kill\",[" + viewer.session + "]]");
        assertThat(viewer.next()).startsWith("[8,48,3,{},\"wamp.error.no_such_session\"");
    }

    @Test
    void subscriptionsAreListedAndShown() {
        long exact = viewer.subscribe("a.b", "{}");
        long prefix = viewer.subscribe("a.b", "{\"match\":\"prefix\"}");
        long wildcard = agent.subscribe("a..c", "{\"match\":\"wildcard\"}");
        assertThat(viewer.ask("wamp.subscription.list", "[]"))
                .isEqualTo("[{\"exact\":[" + exact + "],\"prefix\":[" + prefix + "],\"wildcard\":[" + wildcard + "]}]");
        assertThat(viewer.ask("wamp.subscription.lookup", "[\"a.b\"]")).isEqualTo("[" + exact + "]");
        assertThat(viewer.ask("wamp.subscription.lookup", "[\"a.b\",{\"match\":\"prefix\"}]"))
                .isEqualTo("[" + prefix + "]");
        assertThat(viewer.ask("wamp.subscription.lookup", "[\"a.c\"]")).isEqualTo("[null]");
        assertThat(viewer.ask("wamp.subscription.get", "[" + prefix + "]"))
                .isEqualTo("[{\"id\":" + prefix
                        + ",\"created\":\"2026-01-01T00:00:00.000Z\",\"uri\":\"a.b\",\"match\":\"prefix\"}]");
        assertThat(viewer.ask("wamp.subscription.list_subscribers", "[" + wildcard + "]"))
                .isEqualTo("[[" + agent.session + "]]");
        assertThat(viewer.ask("wamp.subscription.count_subscribers", "[" + exact + "]"))
                .isEqualTo("[1]");
    }

    @Test
    void registrationsAreListedAndShown() {
        long exact = viewer.register("a.b", "{\"invoke\":\"random\"}");
        long prefix = viewer.register("a", "{\"match\":\"prefix\"}");
        assertThat(viewer.ask("wamp.registration.list", "[]"))
                .isEqualTo("[{\"exact\":[" + exact + "],\"prefix\":[" + prefix + "],\"wildcard\":[]}]");
        assertThat(viewer.ask("wamp.registration.lookup", "[\"a.b\"]")).isEqualTo("[" + exact + "]");
        assertThat(viewer.ask("wamp.registration.match", "[\"a.x\"]")).isEqualTo("[" + prefix + "]");
        assertThat(viewer.ask("wamp.registration.match", "[\"b\"]")).isEqualTo("[null]");
        assertThat(viewer.ask("wamp.registration.get", "[" + exact + "]")).contains("\"invoke\":\"random\"");
        assertThat(viewer.ask("wamp.registration.list_callees", "[" + exact + "]"))
                .isEqualTo("[[" + viewer.session + "]]");
        assertThat(viewer.ask("wamp.registration.count_callees", "[" + exact + "]"))
                .isEqualTo("[1]");
    }

    @ParameterizedTest
    @CsvSource({
        "wamp.session.get, [1], no_such_session",
        "wamp.session.get, [], invalid_argument",
        "wamp.session.get, [\"x\"], invalid_argument",
        "wamp.session.list, [7], invalid_argument",
        "wamp.subscription.match, [], invalid_argument",
        "wamp.subscription.get, [99], no_such_subscription",
        "wamp.subscription.list_subscribers, [99], no_such_subscription",
        "wamp.registration.get, [99], no_such_registration",
        "wamp.registration.count_callees, [99], no_such_registration",
        "wamp.subscription.lookup, [7], invalid_argument",
        "wamp.nothing, [], no_such_procedure",
    })
    void whatCannotBeAnsweredIsRefused(String procedure, String args, String error) {
        viewer.says("[48,1,{},\"" + procedure + "\"," + args + "]");
        assertThat(viewer.next()).startsWith("[8,48,1,{},\"wamp.error." + error + "\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void vectorG9AndWhatIsLeftToBeSaid(boolean isPolite) {
        String gone = "{\"swarm_key\":2,\"device_key\":3,\"serial_number\":\"" + TestRouter.SERIAL
                + "\",\"wamp_session_id\":4711}";
        viewer.subscribe("reswarm.api.testament_device", "{}");
        long leave = viewer.subscribe("wamp.session.on_leave", "{}");
        agent.says("[48,3,{},\"wamp.session.add_testament\",[\"reswarm.api.testament_device\",[" + gone + "],{}]]");
        assertThat(agent.next()).matches("\\[50,3,\\{},\\[\\d+]]");
        viewer.hearsNothing();
        if (isPolite) {
            agent.says("[6,{},\"wamp.close.close_realm\"]");
        } else {
            agent.breaksOff();
        }
        assertThat(viewer.next()).endsWith(",{},[" + gone + "]]");
        assertThat(viewer.next()).startsWith("[36," + leave + ",");
        agent.breaksOff();
        viewer.hearsNothing();
    }

    @Test
    void aTestamentIsReadWhenASessionIsTakenOverToo() {
        viewer.subscribe("a.will", "{}");
        agent.ask("wamp.session.add_testament", "[\"a.will\",[1],{}]");
        house.join("2-3");
        assertThat(viewer.next()).endsWith("[1]]");
    }

    @Test
    void testamentsHaveScopesAndCanBeTakenBack() {
        viewer.subscribe("a.will", "{}");
        agent.ask("wamp.session.add_testament", "[\"a.will\",[\"destroyed\"],{}]");
        agent.ask("wamp.session.add_testament", "[\"a.will\",[\"detached\"],{}],{\"scope\":\"detached\"}");
        agent.ask("wamp.session.add_testament", "[\"a.will\",[],{\"k\":1}]");
        agent.breaksOff();
        assertThat(viewer.next()).endsWith("[\"detached\"]]");
        assertThat(viewer.next()).endsWith("[\"destroyed\"]]");
        assertThat(viewer.next()).endsWith("{},[],{\"k\":1}]");
        Peer again = house.join("2-3");
        again.ask("wamp.session.add_testament", "[\"a.will\",[1],{}]");
        again.ask("wamp.session.add_testament", "[\"a.will\",[2],{}],{\"scope\":\"detached\"}");
        again.ask("wamp.session.flush_testaments", "[]");
        again.breaksOff();
        assertThat(viewer.next()).endsWith("[2]]");
        viewer.hearsNothing();
    }

    @Test
    void aTestamentIsForThoseItIsMeantFor() {
        Peer bob = house.join("bob");
        viewer.subscribe("a.will", "{}");
        bob.subscribe("a.will", "{}");
        agent.ask(
                "wamp.session.add_testament",
                "[\"a.will\",[1],{}],{\"publish_options\":{\"eligible_authid\":[\"bob\"]}}");
        agent.breaksOff();
        viewer.hearsNothing();
        assertThat(bob.heard).hasSize(1);
    }

    @Test
    void notEverythingCanBeLeft() {
        house.forbidden.put("PUBLISH a.forbidden", true);
        String[] refused = {
            "[\"a.forbidden\",[],{}]",
            "[\"wamp.session.on_leave\",[],{}]",
            "[\"a b\",[],{}]",
            "[\"a.b\",7,{}]",
            "[\"a.b\",[],[]]",
            "[]",
            "[\"a.b\",[],{}],{\"scope\":\"other\"}",
            "[\"a.b\",[],{}],{\"publish_options\":{\"exclude\":7}}"
        };
        for (int i = 0; i < refused.length; i++) {
            agent.says("[48," + (i + 1) + ",{},\"wamp.session.add_testament\"," + refused[i] + "]");
            assertThat(agent.next()).as(refused[i]).startsWith("[8,48," + (i + 1) + ",{},\"wamp.error.");
        }
        for (int i = 0; i < RouterSettings.DEFAULTS.testamentsMax(); i++) {
            agent.ask("wamp.session.add_testament", "[\"a.b\",[],{}]");
        }
        agent.says("[48,99,{},\"wamp.session.add_testament\",[\"a.b\",[],{}]]");
        assertThat(agent.next()).startsWith("[8,48,99,{},\"wamp.error.unavailable\"");
    }
}
