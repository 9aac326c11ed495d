package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.view;
import static dev.muster.config.snapd.FakeStore.LAB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each generation of confdb, over the socket of one (contract §4). */
@Timeout(60)
class ConfdbGenerationsTest {

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse();

    @AfterEach
    void forget() {
        house.store.forget();
    }

    private static Answer get(Generation generation, String view, String query) {
        return house.local(generation, "GET", view(generation, LAB, view) + query, null);
    }

    private static Answer put(Generation generation, String view, String pairs) {
        String body = generation.wrapsValues() ? "{\"values\":" + pairs + "}" : pairs;
        return house.local(generation, "PUT", view(generation, LAB, view), body);
    }

    private static Json.Members data(Generation generation, Answer answer) {
        Answer change = house.local(generation, "GET", "changes/" + answer.change(), null);
        Json.Members told = (Json.Members) change.result();
        assertThat(told.get("kind")).isEqualTo(Json.of("get-confdb"));
        assertThat(told.get("status")).isEqualTo(Json.of("Done"));
        return (Json.Members) told.get("data");
    }

    /** What was read, wherever this generation has it. */
    private static Json read(Generation generation, Answer answer) {
        if (generation == Generation.V2_68) {
            assertThat(answer.status()).isEqualTo(200);
            return answer.result();
        }
        return data(generation, answer).get(generation == Generation.V2_69 ? "confdb-data" : "values");
    }

    private static String asks(Generation generation) {
        return generation.namesKinds() ? "?keys=" : "?fields=";
    }

    @ParameterizedTest
    @EnumSource(
            names = {"ASPECTS", "REGISTRY"},
            mode = EnumSource.Mode.EXCLUDE)
    void writesAndReads(Generation generation) {
        String change = put(generation, "all", "{\"host\":\"a\",\"port\":80,\"wifi.ssid\":\"x\"}")
                .change();
        assertThat(house.local(generation, "GET", "changes/" + change, null)
                        .result()
                        .toString())
                .contains("\"kind\":\"set-confdb\"", "\"status\":\"Done\"");
        assertThat(read(generation, get(generation, "all", "")))
                .hasToString("{\"host\":\"a\",\"port\":80,\"wifi\":{\"ssid\":\"x\"}}");
        assertThat(read(generation, get(generation, "all", asks(generation) + "port,wifi.ssid")))
                .hasToString("{\"port\":80,\"wifi.ssid\":\"x\"}");
        put(generation, "all", "{\"port\":null}").change();
        assertThat(read(generation, get(generation, "all", asks(generation) + "host,port")))
                .hasToString("{\"host\":\"a\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"V2_68", "V2_69"})
    void olderOnesSayNoInStatusesAlone(Generation generation) {
        put(generation, "all", "{\"host\":\"a\"}").change();
        assertThat(get(generation, "nope", "").status()).isEqualTo(404);
        assertThat(get(generation, "all", "?fields=nope").status()).isEqualTo(404);
        assertThat(get(generation, "all", "?fields=a..b").status()).isEqualTo(400);
        assertThat(put(generation, "all", "{\"nope\":1}").status()).isEqualTo(404);
        assertThat(put(generation, "all", "{\"port\":0}").status()).isEqualTo(500);
        assertThat(get(generation, "all", "?fields=nope").kind()).isNull();
        assertThat(house.local(generation, "GET", "confdb/acme/nope/all", null).status())
                .isEqualTo(500);
    }

    @ParameterizedTest
    @EnumSource(names = {"V2_71", "V2_72", "V2_73", "V2_74"})
    void newerOnesNameKinds(Generation generation) {
        put(generation, "all", "{\"host\":\"a\"}").change();
        boolean first = generation == Generation.V2_71;
        Answer noView = get(generation, "nope", "");
        assertThat(noView.status()).isEqualTo(400);
        assertThat(noView.kind()).isEqualTo(first ? "confdb-view-not-found" : "option-not-available");
        Answer noMatch = get(generation, "all", "?keys=host,nope");
        assertThat(noMatch.status()).isEqualTo(400);
        assertThat(noMatch.kind()).isEqualTo(first ? "confdb-no-matching-rule" : "option-not-available");
        Answer noSchema = house.local(generation, "GET", "confdb/acme/nope/all", null);
        assertThat(noSchema.status()).isEqualTo(400);
        assertThat(noSchema.kind()).isEqualTo("assertion-not-found");
        Answer malformed = get(generation, "all", "?keys=a..b");
        assertThat(malformed.status()).isEqualTo(400);
        assertThat(malformed.kind()).isNull();
        assertThat(put(generation, "host", "{\"host\":\"b\"}").kind()).isEqualTo(noMatch.kind());
        assertThat(put(generation, "all", "{\"port\":0}").status()).isEqualTo(500);
    }

    @Test
    void nothingStoredIsA404AtFirst() {
        assertThat(get(Generation.V2_68, "all", "").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(names = {"V2_69", "V2_71", "V2_72", "V2_73", "V2_74"})
    void nothingStoredIsInTheChangeLater(Generation generation) {
        Json.Members data = data(generation, get(generation, "all", asks(generation) + "host"));
        if (generation == Generation.V2_69) {
            assertThat(data.get("confdb-error")).isInstanceOf(Json.Text.class);
        } else {
            Json.Members error = (Json.Members) data.get("error");
            assertThat(error.get("kind")).isEqualTo(Json.of("option-not-found"));
            assertThat(error.get("message")).isInstanceOf(Json.Text.class);
        }
    }

    @Test
    void aMemberThatIsLeftOutIsUnset() {
        put(Generation.V2_74, "users", "{\"ann\":{\"age\":30,\"mail\":\"a\"}}").change();
        put(Generation.V2_74, "users", "{\"ann\":{\"age\":31}}").change();
        assertThat(read(Generation.V2_74, get(Generation.V2_74, "users", ""))).hasToString("{\"ann\":{\"age\":31}}");
        assertThat(put(Generation.V2_74, "users", "{\"ann\":{}}").status()).isEqualTo(400);
    }

    private static String constraints(String json) {
        return "?constraints=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    @Test
    void constraintsFilter() {
        String users = "{\"ann\":{\"age\":30,\"mail\":\"a\"},\"bob\":{\"age\":40,\"mail\":\"b\"},\"eve\":{\"age\":50}}";
        put(Generation.V2_74, "users", users).change();
        assertThat(read(Generation.V2_74, get(Generation.V2_74, "users", constraints("{\"name\":\"bob\"}"))))
                .hasToString("{\"bob\":{\"age\":40,\"mail\":\"b\"}}");
        assertThat(read(Generation.V2_74, get(Generation.V2_74, "by-mail", constraints("{\"mail\":\"a\"}"))))
                .hasToString("{\"ann\":{\"age\":30,\"mail\":\"a\"}}");
        assertThat(data(Generation.V2_74, get(Generation.V2_74, "by-mail", constraints("{\"mail\":\"z\"}")))
                        .get("error"))
                .isNotNull();
    }

    @Test
    void constraintsThatMakeNoSenseAreRefused() {
        put(Generation.V2_74, "users", "{\"ann\":{\"age\":30}}").change();
        for (String json : new String[] {
            "{", "[]", "1", "null", "{\"name\":null}", "{\"name\":[1]}", "{\"name\":{}}", "{\"other\":1}"
        }) {
            Answer answer = get(Generation.V2_74, "users", constraints(json));
            assertThat(answer.status()).as(json).isEqualTo(400);
            assertThat(answer.kind()).as(json).isNull();
        }
        assertThat(get(Generation.V2_74, "by-mail", "").status()).isEqualTo(400);
    }

    @Test
    void timesToWaitAreRead() {
        String path = view(Generation.V2_74, LAB, "all");
        String wrapped = "{\"values\":{\"host\":\"a\"},\"options\":{\"access-timeout\":\"%s\"}}";
        for (String fine : new String[] {"10s", "1m30s", "0", "0s", "1.5h", "100h"}) {
            house.local(Generation.V2_74, "PUT", path, wrapped.formatted(fine)).change();
            get(Generation.V2_74, "all", "?access-timeout=" + fine).change();
        }
        for (String wrong : new String[] {"10", "-1s", "s", "1x", "later"}) {
            assertThat(house.local(Generation.V2_74, "PUT", path, wrapped.formatted(wrong))
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
            assertThat(get(Generation.V2_74, "all", "?access-timeout=" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void theNewestTakesTheOlderOnesWordsToo() {
        house.local(Generation.V2_74, "PUT", view(Generation.V2_74, LAB, "all"), "{\"host\":\"a\"}")
                .change();
        assertThat(read(Generation.V2_74, get(Generation.V2_74, "all", "?fields=host")))
                .hasToString("{\"host\":\"a\"}");
        WriteView sent = (WriteView) house.store.commands.peek();
        assertThat(sent.values()).containsOnlyKeys("host");
    }

    @Test
    void delegationIsOff() {
        Answer answer = house.local(Generation.V2_74, "POST", "confdb", "{\"action\":\"delegate\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.envelope().get("type")).isEqualTo(Json.of("error"));
    }
}
