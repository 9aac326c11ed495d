package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import dev.muster.kernel.Recorded;
import dev.muster.overview.CommandRefused;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** What all vectors share: short words for what clients send, and a store that is empty when one begins. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CosVectors {

    static final String API = "/cos/api/v1/";
    static final String D = API + "devices/";
    static final String G = API + "applications/grafana/dashboards/";
    static final String F = API + "applications/foxglove/dashboards/";
    static final String P = API + "applications/prometheus/alert_rules/";
    static final String L = API + "applications/loki/alert_rules/";
    static final String HTML = "text/html; charset=utf-8";

    /** A device as it is shown when nothing but uid and address is known; TS stands for the time. */
    static final String ROBOT = "{\"uid\":\"robot-1\",\"creation_date\":\"TS\",\"address\":\"192.168.0.1\","
            + "\"public_ssh_key\":\"\",\"grafana_dashboards\":[],\"foxglove_dashboards\":[],"
            + "\"prometheus_alert_rule_files\":[],\"loki_alert_rule_files\":[],\"certificate\":null}";

    @SuppressWarnings("NullAway.Init")
    CosWorld world;

    @BeforeAll
    void start() {
        world = CosWorld.mounted("/cos");
    }

    @AfterAll
    void stop() {
        world.server.close();
    }

    @BeforeEach
    void nothingIsThere() {
        world.empty();
    }

    Answer send(String method, String path, @Nullable String body, String... headers) {
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of(headers));
        if (body != null && !all.contains("Content-Type")) {
            all.addAll(List.of("Content-Type", "application/json"));
        }
        return world.http.send(method, path, bytes, all.toArray(new String[0]));
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** V8. */
    void robot() {
        made(post(D, device("robot-1", "192.168.0.1")));
    }

    static String device(String uid, String address) {
        return "{\"uid\":\"" + uid + "\",\"address\":\"" + address + "\"}";
    }

    void dashboard(String collection, String uid) {
        made(post(collection, "{\"uid\":\"" + uid + "\",\"dashboard\":{}}"));
    }

    static void made(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    static void is(Answer answer, int status, String body) {
        assertThat(answer.text()).isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    /** As {@link #is}, with times taken out; each must be of the last ten seconds. */
    static void isWithTimes(Answer answer, int status, String body) {
        String text = answer.text();
        Matcher times = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?Z")
                .matcher(text);
        assertThat(times.replaceAll(found -> {
                    Instant time = Instant.parse(found.group());
                    assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofSeconds(10));
                    return "TS";
                }))
                .isEqualTo(body);
        assertThat(answer.status()).isEqualTo(status);
    }

    static List<String> texts(JsonNode list) {
        return list.values().stream().map(JsonNode::asString).toList();
    }

    List<String> uids(String path) {
        return get(path).json().values().stream()
                .map(it -> it.path("uid").asString())
                .toList();
    }

    /** What a refused request must not do. That a command was refused is kept on purpose: it is the audit's. */
    void leavesNothingBehind(Runnable requests) {
        long before = world.lastEvent();
        requests.run();
        assertThat(world.since(before)).extracting(Recorded::event).allSatisfy(it -> assertThat(it)
                .isInstanceOf(CommandRefused.class));
    }
}
