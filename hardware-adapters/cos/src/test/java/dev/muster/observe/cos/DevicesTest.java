package dev.muster.observe.cos;

import static dev.muster.observe.cos.CosHouse.D;
import static dev.muster.observe.cos.CosHouse.G;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.DocumentKind;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.cos.CosHouse.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code devices/}: bodies, checks, representation, the fields parameter (contract §1.3, §1.6, §4). */
class DevicesTest {

    private static final String WHOLE = "{\"uid\":\"robot-1\",\"creation_date\":\"2026-11-20T09:45:53.513921Z\","
            + "\"address\":\"192.168.0.1\",\"public_ssh_key\":\"\",\"grafana_dashboards\":[],"
            + "\"foxglove_dashboards\":[],\"prometheus_alert_rule_files\":[],\"loki_alert_rule_files\":[],"
            + "\"certificate\":null}";

    private final CosHouse house = new CosHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void refused(String body, String expected) {
        Answer answer = house.post(D, body);
        assertThat(answer.status()).as(body).isEqualTo(400);
        assertThat(answer.text()).as(body).isEqualTo(expected);
        assertThat(house.observatory.uids()).as("nothing is left behind").isEmpty();
    }

    @Test
    void theRepresentationHasItsKeysInOrder() {
        Answer answer = house.post(D, "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("Location")).isNull();
        assertThat(answer.text()).isEqualTo(WHOLE);
        assertThat(house.get(D).text()).isEqualTo("[" + WHOLE + "]");
        assertThat(house.get(D + "robot-1/").text()).isEqualTo(WHOLE);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnce() {
        refused("{}", "{\"uid\":[\"This field is required.\"],\"address\":[\"This field is required.\"]}");
        refused("", "{\"uid\":[\"This field is required.\"],\"address\":[\"This field is required.\"]}");
        refused(
                "{\"address\":\"nope\",\"public_ssh_key\":\"\",\"grafana_dashboards\":[\"n1\",\"n2\"]}",
                "{\"uid\":[\"This field is required.\"],\"address\":[\"Enter a valid IPv4 or IPv6 address.\"],"
                        + "\"public_ssh_key\":[\"This field may not be blank.\"],"
                        + "\"grafana_dashboards\":[\"Object with uid=n1 does not exist.\"]}");
    }

    @Test
    void textsAreTakenAsTheContractSays() {
        refused("{\"uid\":true,\"address\":\"::1\"}", "{\"uid\":[\"Not a valid string.\"]}");
        refused("{\"uid\":{\"a\":1},\"address\":\"::1\"}", "{\"uid\":[\"Not a valid string.\"]}");
        refused("{\"uid\":\"a\\u0000b\",\"address\":\"::1\"}", "{\"uid\":[\"Null characters are not allowed.\"]}");
        refused(
                "{\"uid\":\"a\\udc01\",\"address\":\"::1\"}",
                "{\"uid\":[\"Surrogate characters are not allowed: U+DC01.\"]}");
        refused("{\"uid\":\" \\t\\u00a0 \",\"address\":\"::1\"}", "{\"uid\":[\"This field may not be blank.\"]}");
        refused(
                "{\"uid\":\"" + "u".repeat(201) + "\",\"address\":\"::1\"}",
                "{\"uid\":[\"Ensure this field has no more than 200 characters.\"]}");
        refused("{\"uid\":\"a\",\"address\":1}", "{\"address\":[\"Enter a valid IPv4 or IPv6 address.\"]}");
        refused(
                "{\"uid\":\"a\",\"address\":\"fe80::1%e/0\"}",
                "{\"address\":[\"Enter a valid IPv4 or IPv6 address.\"]}");
        assertThat(house.post(D, "{\"uid\":1.50,\"address\":\" ::FFFF:10.0.0.1 \"}")
                        .text())
                .startsWith("{\"uid\":\"1.5\"")
                .contains("\"address\":\"10.0.0.1\"");
        assertThat(house.post(D, "{\"uid\":\"\\u3042\\u2028x\",\"address\":\"::1\"}")
                        .text())
                .startsWith("{\"uid\":\"あ\\u2028x\"");
    }

    @Test
    void aNameThatNoPathCanHoldIsRefused() {
        for (String uid : List.of("a/b", "/", "<b>", "..", "a<img src=x onerror=alert(1)>")) {
            Answer answer = house.post(D, "{\"uid\":\"" + uid + "\",\"address\":\"::1\"}");
            assertThat(answer.status()).as(uid).isEqualTo(400);
            assertThat(answer.json().propertyNames()).containsExactly("uid");
        }
        assertThat(house.observatory.uids()).isEmpty();
    }

    @Test
    void relationsAreListsOfWhatExists() {
        refused(
                "{\"uid\":\"a\",\"address\":\"::1\",\"foxglove_dashboards\":\"d\"}",
                "{\"foxglove_dashboards\":[\"Expected a list of items but got type \\\"str\\\".\"]}");
        refused(
                "{\"uid\":\"a\",\"address\":\"::1\",\"loki_alert_rule_files\":[null]}",
                "{\"loki_alert_rule_files\":[\"Object with uid=None does not exist.\"]}");
        refused(
                "{\"uid\":\"a\",\"address\":\"::1\",\"prometheus_alert_rule_files\":[{\"a\":[1,true,\"x\"]}]}",
                "{\"prometheus_alert_rule_files\":[\"Object with uid={'a': [1, True, 'x']} does not exist.\"]}");
        refused(
                "{\"uid\":null,\"address\":null,\"grafana_dashboards\":null}",
                "{\"uid\":[\"This field may not be null.\"],\"address\":[\"This field may not be null.\"],"
                        + "\"grafana_dashboards\":[\"This field may not be null.\"]}");
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        for (String body : List.of("{\"uid\": \"a\",", "{\"a\":NaN}", "[1", "{} {}", "\ufeff{}", " ", "{\"a\":01}")) {
            Answer answer = house.post(D, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.json().path("detail").asString()).as(body).startsWith("JSON parse error - ");
        }
        refused("[1]", "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}");
        refused("\"x\"", "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got str.\"]}");
        refused("1.5", "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got float.\"]}");
        refused("null", "{\"non_field_errors\":[\"No data provided\"]}");
        assertThat(house.bytes("POST", D, "{\"uid\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void otherMediaAreNotRead() {
        Answer answer = house.post(D, "{}", "Content-Type", "text/plain; x=y");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text())
                .isEqualTo("{\"detail\":\"Unsupported media type \\\"text/plain; x=y\\\" in request.\"}");
        assertThat(house.post(D, "{}", "Content-Type", "application/merge-patch+json")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aFormIsReadAsWell() {
        house.dashboard("g-a");
        house.dashboard("g-b");

        Answer answer = house.post(
                D,
                "uid=f%20%2B+x&address=1.1.1.4&public_ssh_key=&grafana_dashboards=g-b&grafana_dashboards=g-a",
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("uid").asString()).isEqualTo("f + x");
        assertThat(answer.json().path("grafana_dashboards").values())
                .extracting(it -> it.asString())
                .containsExactly("g-a", "g-b");
    }

    @Test
    void ofDoubledMembersTheLastCounts() {
        assertThat(house.post(D, "{\"uid\":\"a\",\"address\":\"::1\",\"uid\":\"b\"}")
                        .json()
                        .path("uid")
                        .asString())
                .isEqualTo("b");
    }

    @Test
    void onlyTheFieldsAskedForAreAnsweredInThatOrder() {
        house.device("r");

        assertThat(house.get(D + "?fields=address,uid").text())
                .isEqualTo("[{\"address\":\"192.168.0.1\",\"uid\":\"r\"}]");
        assertThat(house.get(D + "r/?fields=uid&fields=address,address").text())
                .isEqualTo("{\"address\":\"192.168.0.1\"}");
        assertThat(house.get(D + "r/?fields=").json().size()).isEqualTo(9);
        assertThat(house.send("PATCH", D + "r/?fields=uid", "{}").text()).isEqualTo("{\"uid\":\"r\"}");
    }

    @Test
    void aFieldThereIsNotIsRefusedBeforeAnythingIsWritten() {
        Answer answer = house.post(D + "?fields=uid,%20address", "{\"uid\":\"a\",\"address\":\"::1\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo("{\"fields\":[\"There is no field \\\" address\\\".\"]}");
        assertThat(house.observatory.uids()).isEmpty();
    }

    @Test
    void aListShowsTheNextChangeAtOnce() {
        house.device("a");
        assertThat(house.get(D + "?fields=uid").text()).isEqualTo("[{\"uid\":\"a\"}]");
        house.device("b");
        assertThat(house.get(D + "?fields=uid").text()).isEqualTo("[{\"uid\":\"a\"},{\"uid\":\"b\"}]");
        assertThat(house.send("DELETE", D + "a/", null).status()).isEqualTo(204);
        assertThat(house.get(D + "?fields=uid").text()).isEqualTo("[{\"uid\":\"b\"}]");
    }

    @Test
    void aListThatIsTooLongToBeKeptIsAnsweredAllTheSame() {
        String key = "k".repeat(DeviceInput.KEY_LENGTH_MAX);
        int count = DeviceLists.KEPT_BYTES_MAX / DeviceInput.KEY_LENGTH_MAX + 1;
        for (int i = 0; i < count; i++) {
            house.post(D, "{\"uid\":\"r" + i + "\",\"address\":\"::1\",\"public_ssh_key\":\"" + key + "\"}");
        }

        Answer whole = house.get(D);

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("Content-Length"))
                .as("nobody knows it at the start")
                .isNull();
        assertThat(whole.json()).hasSize(count);
        assertThat(whole.json().path(count - 1).path("uid").asString()).isEqualTo("r" + (count - 1));
        assertThat(house.get(D + "?fields=uid").header("Content-Length")).isNotNull();
    }

    @Test
    void aChangeSaysWhatItSaysAndNoMore() {
        house.dashboard("g");
        house.device("r");

        Answer answer = house.send("PATCH", D + "r/", "{\"grafana_dashboards\":[\"g\"],\"address\":\"10.0.0.1\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("address").asString()).isEqualTo("10.0.0.1");

        assertThat(house.send("PATCH", D + "r/", "{\"grafana_dashboards\":[]}")
                        .json()
                        .path("grafana_dashboards")
                        .size())
                .isEqualTo(1);
        assertThat(house.send("PUT", D + "r/", "{\"address\":\"1.1.1.1\"}").text())
                .isEqualTo("{\"uid\":[\"This field is required.\"]}");
        assertThat(house.send("PUT", D + "r/", "{\"uid\":\"r\",\"address\":\"1.1.1.1\"}")
                        .json()
                        .path("grafana_dashboards")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void whoeverWasFasterThanOurChecksIsToldInTheSameWords() {
        String body = "{\"uid\":\"a\",\"address\":\"::1\"}";
        house.observatory.failNext("enrol", ObserveRefusal.UID_TAKEN.because("x"));
        refused(body, "{\"uid\":[\"device with this uid already exists.\"]}");
        house.observatory.failNext(
                "enrol",
                ObserveRefusal.DOCUMENT_UNKNOWN.because(
                        "x", Map.of("kind", DocumentKind.LOKI_RULES.wireName(), "uid", "l")));
        refused(body, "{\"loki_alert_rule_files\":[\"Object with uid=l does not exist.\"]}");
        house.device("r");
        house.observatory.failNext("EndEnrolment", ObserveRefusal.ENROLMENT_UNKNOWN.because("x"));
        assertThat(house.send("DELETE", D + "r/", null).text())
                .isEqualTo("{\"detail\":\"No Device matches the given query.\"}");
    }

    @Test
    void historySaysWhichAgentSpoke() {
        house.device("r");
        house.dashboard("g");

        assertThat(house.observatory.provenances.getFirst())
                .containsEntry("actor", "agent:r")
                .containsEntry("address", "127.0.0.1");
        assertThat(house.observatory.provenances.getLast()).containsEntry("actor", "agent:127.0.0.1");
    }

    @Test
    void aBodyBeyondItsLimitIsRefusedAndGivesItsRoomBack() {
        String large = "{\"uid\":\"a\",\"x\":\"" + "y".repeat(1 << 20) + "\"}";
        assertThat(house.post(D, large).status()).isEqualTo(413);
        assertThat(house.bytes("POST", G, new byte[33 << 20]).status()).isEqualTo(413);

        house.device("r");
        for (int i = 0; i < 3; i++) {
            assertThat(house.post(G, "{\"uid\":\"g" + i + "\",\"dashboard\":{\"x\":\"" + "y".repeat(30 << 20) + "\"}}")
                            .status())
                    .isEqualTo(201);
        }
    }
}
