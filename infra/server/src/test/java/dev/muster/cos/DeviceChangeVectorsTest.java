package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** V23 to V37: devices are listed, changed and removed. */
class DeviceChangeVectorsTest extends CosVectors {

    private static final String UNKNOWN = "{\"detail\":\"No Device matches the given query.\"}";

    @BeforeEach
    void dashboards() {
        List.of("g-b", "g-a", "g-c").forEach(uid -> dashboard(G, uid));
    }

    private JsonNode shown(String uid) {
        return get(D + uid + "/").json();
    }

    @Test
    void v23AFormIsReadAsWell() {
        Answer answer = post(
                D,
                "uid=f&address=1.1.1.4&grafana_dashboards=g-a&grafana_dashboards=g-b",
                "Content-Type",
                "application/x-www-form-urlencoded");

        made(answer);
        assertThat(texts(answer.json().path("grafana_dashboards"))).containsExactly("g-b", "g-a");
    }

    @Test
    void v24FieldsThatAreNobodysToSetAreIgnored() {
        Answer answer = post(
                D,
                "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\",\"foo\":1,\"creation_date\":\"x\","
                        + "\"certificate\":{\"csr\":\"x\"},\"id\":7}");

        isWithTimes(answer, 201, ROBOT);
    }

    @Test
    void v25DevicesAreListedInTheOrderTheyCame() {
        List.of("c", "a", "b").forEach(uid -> made(post(D, device(uid, "10.0.0.1"))));

        assertThat(uids(D)).containsExactly("c", "a", "b");
        patch(D + "c/", "{\"address\":\"10.0.0.9\"}");
        assertThat(uids(D)).containsExactly("c", "a", "b");
    }

    @Test
    void v26OnlyTheFieldsAskedForAreShown() {
        List.of("c", "a", "b").forEach(uid -> made(post(D, device(uid, "10.0.0.1"))));

        get(D + "?fields=creation_date,address").json().forEach(it -> assertThat(it.propertyNames())
                .containsExactly("creation_date", "address"));
        assertThat(get(D + "?fields=address,uid").text()).startsWith("[{\"address\":\"10.0.0.1\",\"uid\":\"c\"},");
    }

    @Test
    void v27TheFieldsAskedForAreShownByChangesToo() {
        robot();
        is(post(D + "?fields=uid", device("p", "10.0.0.1")), 201, "{\"uid\":\"p\"}");
    }

    @Test
    void v28AFieldThereIsNotIsRefused() {
        robot();
        leavesNothingBehind(() -> {
            is(get(D + "?fields=uid,nope"), 400, "{\"fields\":[\"There is no field \\\"nope\\\".\"]}");
            assertThat(post(D + "?fields=uid,", device("p", "10.0.0.1")).status())
                    .isEqualTo(400);
        });
    }

    @Test
    void v29WhoIsNotThereIsNotFound() {
        is(get(D + "nope/"), 404, UNKNOWN);
    }

    @Test
    void v30WhatADeviceUsesIsListedInTheOrderItWasMade() {
        Answer answer =
                post(D, "{\"uid\":\"a\",\"address\":\"10.0.0.1\",\"grafana_dashboards\":[\"g-c\",\"g-a\",\"g-a\"]}");

        made(answer);
        assertThat(texts(answer.json().path("grafana_dashboards"))).containsExactly("g-a", "g-c");
    }

    @Test
    void v31AChangeAnswersTheWhole() {
        made(post(D, "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\",\"grafana_dashboards\":[\"g-a\"]}"));

        Answer answer = patch(D + "robot-1/", "{\"address\":\"192.168.1.200\",\"public_ssh_key\":\"ssh-rsa B\"}");

        isWithTimes(
                answer,
                200,
                ROBOT.replace("192.168.0.1", "192.168.1.200")
                        .replace("\"public_ssh_key\":\"\"", "\"public_ssh_key\":\"ssh-rsa B\"")
                        .replace("\"grafana_dashboards\":[]", "\"grafana_dashboards\":[\"g-a\"]"));
    }

    @Test
    void v32AListReplacesTheSetAndAnEmptyOneSaysNothing() {
        made(post(D, "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\",\"grafana_dashboards\":[\"g-a\",\"g-c\"]}"));

        Answer replaced = patch(D + "robot-1/", "{\"grafana_dashboards\":[\"g-b\"]}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(texts(replaced.json().path("grafana_dashboards"))).containsExactly("g-b");

        Answer emptied = patch(D + "robot-1/", "{\"grafana_dashboards\":[]}");
        assertThat(emptied.status()).isEqualTo(200);
        assertThat(texts(emptied.json().path("grafana_dashboards"))).containsExactly("g-b");
    }

    @Test
    void v33AChangeIsMadeWholeOrNotAtAll() {
        robot();
        leavesNothingBehind(() -> is(
                patch(D + "robot-1/", "{\"address\":\"9.9.9.1\",\"grafana_dashboards\":[\"nope\"]}"),
                400,
                "{\"grafana_dashboards\":[\"Object with uid=nope does not exist.\"]}"));
        assertThat(shown("robot-1").path("address").asString()).isEqualTo("192.168.0.1");
    }

    @Test
    void v34AnotherUidRenamesTheDevice() {
        robot();
        made(post(D, device("other", "10.0.0.1")));
        DeviceId before = world.devices().find(new Uid("robot-1")).deviceId();
        String made = shown("robot-1").path("creation_date").asString();

        assertThat(patch(D + "robot-1/", "{\"uid\":\"robot-one\"}").status()).isEqualTo(200);

        is(get(D + "robot-1/"), 404, UNKNOWN);
        assertThat(shown("robot-one").path("creation_date").asString()).isEqualTo(made);
        assertThat(world.devices().find(new Uid("robot-one")).deviceId()).isEqualTo(before);
        is(patch(D + "robot-one/", "{\"uid\":\"other\"}"), 400, "{\"uid\":[\"device with this uid already exists.\"]}");
        assertThat(patch(D + "robot-one/", "{\"uid\":\"robot-one\"}").status()).isEqualTo(200);
        made(post(D, device("robot-1", "10.0.0.1")));
    }

    @Test
    void v35PutNeedsUidAndAddressAndLeavesTheRest() {
        made(post(
                D,
                "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\",\"public_ssh_key\":\"k\","
                        + "\"grafana_dashboards\":[\"g-a\"]}"));

        is(send("PUT", D + "robot-1/", "{\"address\":\"1.1.1.1\"}"), 400, "{\"uid\":[\"This field is required.\"]}");
        Answer answer = send("PUT", D + "robot-1/", device("robot-1", "1.1.1.1"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .contains("\"address\":\"1.1.1.1\"", "\"public_ssh_key\":\"k\"", "\"grafana_dashboards\":[\"g-a\"]");
    }

    @Test
    void v36WhatWasReadCanBeSentBack() {
        made(post(D, "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\",\"public_ssh_key\":\"k\"}"));
        assertThat(post(D + "robot-1/certificate/", CertificateVectorsTest.request())
                        .status())
                .isEqualTo(202);
        String whole = get(D + "robot-1/").text();
        assertThat(whole).contains("\"certificate\":{\"csr\":");

        leavesNothingBehind(() -> is(patch(D + "robot-1/", whole), 200, whole));
    }

    @Test
    void v36bAKeyThatIsSentBackEmptyIsRefusedAsTheOriginalDoes() {
        robot();
        is(
                patch(D + "robot-1/", get(D + "robot-1/").text()),
                400,
                "{\"public_ssh_key\":[\"This field may not be blank.\"]}");
    }

    @Test
    void v37ADeviceGoesAndItsDashboardsStay() {
        made(post(D, "{\"uid\":\"robot-1\",\"address\":\"192.168.0.1\",\"grafana_dashboards\":[\"g-a\"]}"));

        Answer answer = delete(D + "robot-1/");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Type")).isNull();
        is(get(D + "robot-1/"), 404, UNKNOWN);
        is(delete(D + "robot-1/"), 404, UNKNOWN);
        assertThat(uids(G)).containsExactly("g-b", "g-a", "g-c");
        isWithTimes(post(D, device("robot-1", "192.168.0.1")), 201, ROBOT);
    }

    @Test
    void v36cWhatNobodyKnowsIsIgnored() {
        robot();
        ObjectNode body = (ObjectNode) shown("robot-1");
        body.remove("public_ssh_key");
        body.putObject("extra").putArray("deep").add(1);
        assertThat(patch(D + "robot-1/", body.toString()).status()).isEqualTo(200);
    }
}
