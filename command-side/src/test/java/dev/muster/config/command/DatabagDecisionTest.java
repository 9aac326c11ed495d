package dev.muster.config.command;

import static dev.muster.config.command.ConfigHouse.FLEET;
import static dev.muster.config.command.ConfigHouse.NET;
import static dev.muster.config.command.ConfigHouse.ROBOT;
import static dev.muster.kernel.command.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand.ForgetSecrets;
import dev.muster.config.DatabagCommand.RevertDatabag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagEvent;
import dev.muster.config.DatabagId;
import dev.muster.config.Delta;
import dev.muster.config.Json;
import dev.muster.config.Profile;
import dev.muster.kernel.KernelRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What may be written, what history tells of it, and what it never tells. */
class DatabagDecisionTest {

    private final ConfigHouse house = new ConfigHouse();
    private final List<Databag> past = new ArrayList<>();
    private Databag state = Databag.EMPTY;

    private List<DatabagEvent> write(DatabagId id, Map<String, String> values) {
        return took(
                id,
                DatabagDecision.write(
                        new WriteView(id, Profile.CONFDB, "all", values, null),
                        state,
                        house.registries.needed(NET),
                        house.seals));
    }

    private List<DatabagEvent> revert(long version) {
        return took(
                ROBOT,
                DatabagDecision.revert(
                        new RevertDatabag(ROBOT, version, null),
                        state,
                        house.registries.needed(NET),
                        house.databags,
                        house.seals));
    }

    private List<DatabagEvent> took(DatabagId id, List<DatabagEvent> events) {
        for (DatabagEvent event : events) {
            state = state.after(event);
            past.add(state);
        }
        house.knows(id, past);
        return events;
    }

    private String opened() {
        return state.opened(ROBOT, house.seals).toString();
    }

    @Test
    void aWriteTellsWhatChangedInStorage() {
        assertThat(write(ROBOT, Map.of("host", "\"x\"")).getFirst().changes())
                .containsExactly(Delta.set("host", Json.of("x")));
        assertThat(write(ROBOT, Map.of("host", "\"x\""))).isEmpty();
        assertThat(write(ROBOT, Map.of("host", "null")).getFirst().changes()).containsExactly(Delta.removed("host"));
        assertThat(state.version()).isEqualTo(2);
    }

    @Test
    void requiredMembersMayComeInSeparatePairsOfOneWrite() {
        write(ROBOT, Map.of("a", "1", "b", "2"));
        assertThat(opened()).isEqualTo("{\"pair\":{\"a\":1,\"b\":2}}");
    }

    @Test
    void aDeviceMustBeWholeButAWishMayBeAPart() {
        assertThat(assertRefused(ConfigRefusal.VALUE_INVALID, () -> write(ROBOT, Map.of("a", "1")))
                        .details())
                .containsEntry("at", "pair");
        assertThat(write(FLEET, Map.of("a", "1"))).hasSize(1);
    }

    @Test
    void aRefusedWriteChangesNothing() {
        assertRefused(ConfigRefusal.VALUE_INVALID, () -> write(ROBOT, Map.of("host", "\"x\"", "port", "0")));
        assertThat(state).isEqualTo(Databag.EMPTY);
    }

    @Test
    void secretsAreSealedInEventsAndOpenForDecisions() {
        List<DatabagEvent> events = write(
                ROBOT, new TreeMap<>(Map.of("wifi.ssid", "\"home\"", "wifi.key", "\"hunter2\"", "pin", "\"4711\"")));
        assertThat(events.getFirst().changes().stream()
                        .map(Delta::value)
                        .toList()
                        .toString())
                .doesNotContain("hunter2", "4711")
                .contains("home");
        assertThat(state.sealed()).containsOnlyKeys("wifi.key", "wifi.pin");
        assertThat(opened()).isEqualTo("{\"wifi\":{\"key\":\"hunter2\",\"pin\":\"4711\",\"ssid\":\"home\"}}");
        assertThat(write(ROBOT, Map.of("wifi.key", "\"hunter2\""))).isEmpty();
        write(ROBOT, Map.of("wifi.key", "null"));
        assertThat(opened()).isEqualTo("{\"wifi\":{\"pin\":\"4711\",\"ssid\":\"home\"}}");
    }

    @Test
    void aDestroyedKeyLeavesNothingToOpenAndANewOneOpensNothingOld() {
        write(ROBOT, Map.of("wifi.key", "\"old\"", "host", "\"x\""));
        house.seals.destroy(ROBOT.layer().keyOwner());
        assertThat(opened()).isEqualTo("{\"host\":\"x\"}");
        write(ROBOT, Map.of("pin", "\"new\""));
        List<DatabagEvent> events = took(ROBOT, DatabagDecision.forget(new ForgetSecrets(ROBOT), state, house.seals));
        assertThat(events.getFirst().changes()).containsExactly(Delta.removed("wifi.key"));
        assertThat(opened()).isEqualTo("{\"host\":\"x\",\"wifi\":{\"pin\":\"new\"}}");
        assertThat(DatabagDecision.forget(new ForgetSecrets(ROBOT), state, house.seals))
                .isEmpty();
    }

    @Test
    void anyPastVersionCanComeBack() {
        write(ROBOT, Map.of("host", "\"one\"", "wifi.key", "\"k\""));
        String first = opened();
        write(ROBOT, Map.of("host", "\"two\"", "port", "80"));
        write(ROBOT, Map.of("wifi.key", "null"));
        revert(1);
        assertThat(opened()).isEqualTo(first);
        assertThat(state.version()).isEqualTo(4);
        assertThat(revert(1)).isEmpty();
        assertRefused(ConfigRefusal.VERSION_UNKNOWN, () -> revert(9));
        assertRefused(ConfigRefusal.VERSION_UNKNOWN, () -> revert(0));
    }

    @Test
    void revertingPastADestroyedKeyKeepsTheSecretOfToday() {
        write(ROBOT, Map.of("host", "\"one\"", "wifi.key", "\"old\""));
        house.seals.destroy(ROBOT.layer().keyOwner());
        write(ROBOT, Map.of("host", "\"two\"", "wifi.key", "\"new\""));
        revert(1);
        assertThat(opened()).isEqualTo("{\"host\":\"one\",\"wifi\":{\"key\":\"new\"}}");
    }

    @Test
    void aWriterWhoSawAnotherVersionIsRefused() {
        write(ROBOT, Map.of("port", "1"));
        assertRefused(
                KernelRefusal.VERSION_LOST,
                () -> DatabagDecision.write(
                        new WriteView(ROBOT, Profile.CONFDB, "all", Map.of("port", "2"), 0L),
                        state,
                        house.registries.needed(NET),
                        house.seals));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertRefused(ConfigRefusal.BAD_REQUEST, () -> write(ROBOT, Map.of("host", "x")));
        assertThat(new WriteView(ROBOT, Profile.CONFDB, "all", Map.of("pin", "\"4711\""), null).toString())
                .doesNotContain("4711");
    }

    /** Whatever was written, folding the deltas gives what was decided, in both profiles. */
    @Test
    void theFoldOfTheDeltasIsWhatWasDecided() {
        String[] requests = {"host", "port", "pair", "a", "b", "wifi", "wifi.ssid", "wifi.key", "pin"};
        String[] values = {
            "null", "\"x\"", "7", "{\"a\":1,\"b\":2}", "{\"ssid\":\"s\",\"key\":\"k\"}", "{\"ssid\":\"t\"}", "\"y\""
        };
        SplittableRandom random = new SplittableRandom(7);
        var definition = house.registries.needed(NET);
        for (int i = 0; i < 3000; i++) {
            Profile profile = random.nextBoolean() ? Profile.CONFDB : Profile.REGISTRY;
            String request = requests[random.nextInt(requests.length)];
            String value = values[random.nextInt(values.length)];
            WriteView write = new WriteView(ROBOT, profile, "all", Map.of(request, value), null);
            Json.Members decided;
            List<DatabagEvent> events;
            try {
                decided = definition
                        .schema(profile)
                        .written(
                                state.opened(ROBOT, house.seals),
                                "all",
                                Map.of(request, dev.muster.config.JsonReader.read(value)));
                events = DatabagDecision.write(write, state, definition, house.seals);
            } catch (dev.muster.kernel.Refused refused) {
                continue;
            }
            for (DatabagEvent event : events) {
                state = state.after(event);
            }
            assertThat(state.opened(ROBOT, house.seals)).as("%s", write).isEqualTo(decided);
        }
    }
}
