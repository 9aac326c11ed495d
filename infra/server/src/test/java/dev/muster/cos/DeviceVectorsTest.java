package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** V7 to V21, V67, V68: devices are registered. */
class DeviceVectorsTest extends CosVectors {

    private static final String TAKEN = "{\"uid\":[\"device with this uid already exists.\"]}";

    @Test
    void v7ThereIsNothingAtFirst() {
        is(get(D), 200, "[]");
    }

    @Test
    void v8ADeviceIsRegistered() {
        isWithTimes(post(D, device("robot-1", "192.168.0.1")), 201, ROBOT);
        isWithTimes(get(D), 200, "[" + ROBOT + "]");
    }

    @Test
    void v9AUidIsTakenOnce() {
        robot();
        leavesNothingBehind(() -> is(post(D, device("robot-1", "192.168.0.1")), 400, TAKEN));
        assertThat(uids(D)).containsExactly("robot-1");
    }

    @Test
    void v10CaseMakesADifference() {
        robot();
        made(post(D, device("ROBOT-1", "192.168.0.1")));
    }

    @Test
    void v11UidAndAddressAreRequired() {
        is(post(D, "{}"), 400, "{\"uid\":[\"This field is required.\"],\"address\":[\"This field is required.\"]}");
    }

    @Test
    void v12NothingMayBeBlank() {
        String blank = "[\"This field may not be blank.\"]";
        is(
                post(D, "{\"uid\":\"\",\"address\":\"\",\"public_ssh_key\":\"\"}"),
                400,
                "{\"uid\":" + blank + ",\"address\":" + blank + ",\"public_ssh_key\":" + blank + "}");
    }

    @Test
    void v13NothingMayBeNull() {
        String none = "[\"This field may not be null.\"]";
        is(
                post(D, "{\"uid\":null,\"address\":null,\"grafana_dashboards\":null}"),
                400,
                "{\"uid\":" + none + ",\"address\":" + none + ",\"grafana_dashboards\":" + none + "}");
    }

    @Test
    void v14AUidHasTwoHundredCharacters() {
        is(
                post(D, device("u".repeat(201), "10.0.0.1")),
                400,
                "{\"uid\":[\"Ensure this field has no more than 200 characters.\"]}");
        made(post(D, device("u".repeat(200), "10.0.0.1")));
    }

    @Test
    void v15AUidIsText() {
        is(post(D, "{\"uid\":true,\"address\":\"10.0.0.1\"}"), 400, "{\"uid\":[\"Not a valid string.\"]}");
        Answer number = post(D, "{\"uid\":12345,\"address\":\"10.0.0.1\"}");
        made(number);
        assertThat(number.json().path("uid").asString()).isEqualTo("12345");
    }

    @Test
    void v16AnAddressIsOne() {
        robot();
        leavesNothingBehind(() -> {
            for (String address : List.of("192.168.1", "localhost", "010.0.0.1", "10.0.0.1:80")) {
                String refused = "{\"address\":[\"Enter a valid IPv4 or IPv6 address.\"]}";
                is(post(D, device("a", address)), 400, refused);
                is(patch(D + "robot-1/", "{\"address\":\"" + address + "\"}"), 400, refused);
            }
        });
    }

    @Test
    void v17AnAddressIsShownInItsNormalForm() {
        Answer answer = post(D, device("a", "2001:DB8:0:0:0:0:0:1"));
        made(answer);
        assertThat(answer.text()).contains("\"address\":\"2001:db8::1\"");
    }

    @Test
    void v18EndsAreTrimmed() {
        Answer answer = post(D, "{\"uid\":\"  t \",\"address\":\" 10.0.0.2 \",\"public_ssh_key\":\" k k \\n\"}");
        made(answer);
        assertThat(answer.text()).contains("\"uid\":\"t\"", "\"address\":\"10.0.0.2\"", "\"public_ssh_key\":\"k k\"");
    }

    @Test
    void v19WhatADeviceUsesExists() {
        leavesNothingBehind(() -> {
            for (String field : List.of(
                    "grafana_dashboards",
                    "foxglove_dashboards",
                    "prometheus_alert_rule_files",
                    "loki_alert_rule_files")) {
                is(
                        post(D, "{\"uid\":\"a\",\"address\":\"10.0.0.1\",\"" + field + "\":[\"dashboard-1\"]}"),
                        400,
                        "{\"" + field + "\":[\"Object with uid=dashboard-1 does not exist.\"]}");
            }
        });
        assertThat(uids(D)).isEmpty();
    }

    @Test
    void v20RelationsAreLists() {
        is(
                post(D, "{\"uid\":\"a\",\"address\":\"10.0.0.1\",\"foxglove_dashboards\":\"dashboard-1\"}"),
                400,
                "{\"foxglove_dashboards\":[\"Expected a list of items but got type \\\"str\\\".\"]}");
    }

    @Test
    void v21EverythingThatIsWrongIsToldInOrder() {
        Answer answer = post(D, "{\"address\":\"nope\",\"public_ssh_key\":\"\",\"grafana_dashboards\":[\"n1\"]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().propertyNames())
                .containsExactly("uid", "address", "public_ssh_key", "grafana_dashboards");
    }

    /** Ours is stricter than the vector (201): what no path can address is refused in its words. */
    @Test
    void v67ASlashInAUidBreaksNoPage() {
        robot();
        leavesNothingBehind(() -> {
            Answer answer = post(D, device("a/b", "10.0.0.1"));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().propertyNames()).containsExactly("uid");
        });
        assertThat(get("/cos/devices/robot-1").status()).isEqualTo(200);
    }

    @Test
    void v68OfFourAtTheSameTimeOneIsRegistered() {
        assertThat(atTheSameTime(4, device("race", "10.0.0.1"))).containsExactly(201, 400, 400, 400);
    }

    @Test
    void v68bOfFortyAtTheSameTimeOneIsRegistered() {
        List<Integer> statuses = atTheSameTime(40, device("race", "10.0.0.1"));

        assertThat(statuses.getFirst()).isEqualTo(201);
        assertThat(statuses.subList(1, 40)).containsOnly(400);
        assertThat(uids(D)).containsExactly("race");
    }

    /** Sorted statuses; every refusal has the vector's words. */
    private List<Integer> atTheSameTime(int count, String body) {
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            List<CompletableFuture<Answer>> answers = IntStream.range(0, count)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> post(D, body), threads))
                    .toList();
            return answers.stream()
                    .map(CompletableFuture::join)
                    .peek(it -> assertThat(it.status() == 201 || it.text().equals(TAKEN))
                            .as(it.text())
                            .isTrue())
                    .map(Answer::status)
                    .sorted()
                    .toList();
        }
    }
}
