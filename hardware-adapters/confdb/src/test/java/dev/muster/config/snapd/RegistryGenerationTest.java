package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.view;
import static dev.muster.config.snapd.FakeStore.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The generation of the proof of concept, and the one before, over a socket (contract §15). */
@Timeout(60)
class RegistryGenerationTest {

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse();

    /** The kind of error a vector has → status on the socket. */
    private static final Map<String, Integer> STATUSES =
            Map.of("no-match", 404, "no-data", 404, "bad-request", 400, "validation", 500);

    @AfterEach
    void forget() {
        house.store.forget();
    }

    private static Answer get(Generation generation, String view, String query) {
        return house.local(generation, "GET", view(generation, NETWORK, view) + query, null);
    }

    private static Answer put(Generation generation, String view, String body) {
        return house.local(generation, "PUT", view(generation, NETWORK, view), body);
    }

    private static void stored(Generation generation, String view, String body) {
        put(generation, view, body).change();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASPECTS", "REGISTRY"})
    void readsBeforeAnythingIsThere(Generation generation) {
        assertThat(get(generation, "observe-device", "").status()).isEqualTo(404); // R1
        assertThat(get(generation, "nope", "").status()).isEqualTo(404); // R2
        assertThat(get(generation, "observe-device", "").kind()).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASPECTS", "REGISTRY"})
    void severalFieldsAreKeyedAsTheyWereAsked(Generation generation) {
        stored(generation, "control-interfaces", "{\"stats.eth0\":{\"n-sent\":1,\"n-received\":5}}");
        stored(generation, "control-interfaces", "{\"stats.wlan0\":{\"n-sent\":7,\"n-received\":8}}");
        assertThat(get(generation, "observe-interfaces", "?fields=packets-received%2Cpackets-sent")
                        .brief()) // R3
                .isEqualTo("200 {\"packets-received\":{\"eth0\":5,\"wlan0\":8},"
                        + "\"packets-sent\":{\"eth0\":1,\"wlan0\":7}}");
        assertThat(get(generation, "control-interfaces", "?fields=stats").brief()) // R4
                .isEqualTo("200 {\"stats\":{\"eth0\":{\"n-received\":5,\"n-sent\":1},"
                        + "\"wlan0\":{\"n-received\":8,\"n-sent\":7}}}");
        assertThat(get(generation, "control-interfaces", "?fields=stats,%20config,,nothing")
                        .brief())
                .startsWith("200 {\"stats\":");
        assertThat(get(generation, "control-interfaces", "?fields=config").status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(names = {"ASPECTS", "REGISTRY"})
    void aDeviceRegisters(Generation generation) {
        Answer answer = put( // R5
                generation,
                "control-device",
                "{\"id\":\"5faaacfc-0663-437c-a2fe-10901154a214\",\"registered\":1795167745,"
                        + "\"server-url\":\"http://127.0.0.1:8000\"}");
        Answer change = house.local(generation, "GET", "changes/" + answer.change(), null);
        assertThat(change.result().toString())
                .contains("\"id\":\"" + answer.change() + "\"")
                .contains("\"kind\":\"set-confdb\"", "\"status\":\"Done\"", "\"ready\":true", "\"tasks\":[]")
                .contains("\"spawn-time\":\"2026-11-27T10:00:00Z\"", "\"ready-time\":\"2026-11-27T10:00:00Z\"")
                .doesNotContain("\"data\"", "\"err\"");
        assertThat(get(generation, "observe-device", "?fields=uuid").brief())
                .isEqualTo("200 {\"uuid\":\"5faaacfc-0663-437c-a2fe-10901154a214\"}");
        assertThat(house.store.provenances.peek()).containsEntry("actor", "device:robot");
    }

    @Test
    void aWriteWithoutABodyOrWithAnythingElseIsRefused() {
        for (String body : new String[] {"", "{}", "[]", "null", "\"x\"", "{", "{\"a\":1}{}"}) {
            assertThat(put(Generation.REGISTRY, "control-device", body).status()) // R6
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(house.store.commands).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"ASPECTS", "REGISTRY"})
    void aListKeepsItsOrder(Generation generation) {
        stored(generation, "control-tunnel", "{\"peers\":[\"192.168.21.7\",\"192.168.21.3\"]}"); // R7
        assertThat(get(generation, "observe-tunnel", "").brief())
                .isEqualTo("200 {\"peers\":[\"192.168.21.7\",\"192.168.21.3\"]}");
        assertThat(put(generation, "observe-tunnel", "{\"peers\":[\"192.168.21.3\"]}") // R8
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(names = {"ASPECTS", "REGISTRY"})
    void section15(Generation generation) {
        for (String line : FakeStore.text("poc.jsonl").lines().toList()) {
            Json.Members vector = (Json.Members) JsonReader.read(line);
            String view = Answer.word(vector, "view");
            Json expected = vector.get("expect");
            if (vector.get("put") instanceof Json.Members values) {
                Answer answer = put(generation, view, values.toString());
                int status = expected instanceof Json.Members refused ? status(refused) : 202;
                assertThat(answer.status()).as(line).isEqualTo(status);
                continue;
            }
            String path = Answer.word(vector, "get");
            String query = path.isEmpty() ? "" : "?fields=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
            Answer answer = get(generation, view, query);
            Json.Members members = (Json.Members) expected;
            Json value = members.get("value");
            assertThat(answer.status()).as(line).isEqualTo(value == null ? status(members) : 200);
            if (value != null) {
                Json shown = path.isEmpty() ? answer.result() : ((Json.Members) answer.result()).get(path);
                assertThat(shown).as(line).isEqualTo(value);
            }
        }
    }

    private static int status(Json.Members refused) {
        return STATUSES.get(Answer.word(refused, "error"));
    }

    @Test
    void numbersStayExact() {
        stored(
                Generation.REGISTRY,
                "control-interfaces",
                "{\"stats.eth0\":{\"n-sent\":9007199254740993," + "\"n-received\":3.0}}");
        assertThat(get(Generation.REGISTRY, "control-interfaces", "?fields=stats.eth0")
                        .brief())
                .isEqualTo("200 {\"stats.eth0\":{\"n-received\":3,\"n-sent\":9007199254740993}}");
    }

    @Test
    void whatNobodyMayReadIsStoredAndNotShown() {
        stored(Generation.REGISTRY, "control-tunnel", "{\"interface\":\"eth0\",\"secret-key\":\"hush\"}");
        assertThat(get(Generation.REGISTRY, "control-tunnel", "").brief()).isEqualTo("200 {\"interface\":\"eth0\"}");
        assertThat(house.store.bags.get(house.bag(NETWORK)).clear().toString()).doesNotContain("hush");
        assertThat(house.store.bags.get(house.bag(NETWORK)).sealed()).containsOnlyKeys("tunnel.secret-key");
    }
}
