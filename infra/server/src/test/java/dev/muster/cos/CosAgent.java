package dev.muster.cos;

import dev.muster.cos.RawHttp.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The registration agent as the contract describes it (§11): which requests, in which order, and what it makes of the
 * answers. It keeps a log of what it asked and heard, as only that tells how it went; its exit code does not.
 */
final class CosAgent {

    /** Written as Python's writer does, which is what this agent compares with. */
    record Files(
            Map<String, String> grafana,
            Map<String, String> foxglove,
            Map<String, String> loki,
            Map<String, String> prometheus) {

        static final Files NONE = new Files(Map.of(), Map.of(), Map.of(), Map.of());
    }

    /** What stops an agent altogether. */
    static final class Aborted extends RuntimeException {
        Aborted(String why) {
            super(why);
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int CERTIFICATE_POLLS_MAX = 11;

    final List<String> log = new ArrayList<>();

    @Nullable
    String writtenCertificate;

    private final RawHttp http;
    private final String base;
    private final String uid;
    private final @Nullable String token;

    CosAgent(RawHttp http, String url, String uid, @Nullable String token) {
        this.http = http;
        this.base = url + "/api/v1/";
        this.uid = uid;
        this.token = token;
    }

    void setup(Files files) {
        begin(files);
        register(files);
    }

    /** @param between runs where the agent would sleep for a minute */
    void setupWithTls(Files files, Runnable between) {
        begin(files);
        if (register(files)) {
            certify(between);
        }
    }

    void update(Files files) {
        begin(files);
        Answer known = get("devices/" + uid + "/");
        if (known.status() != 200) {
            throw new Aborted("no such device");
        }
        ObjectNode all = (ObjectNode) known.json();
        all.put("address", "127.0.0.1");
        uses(files).forEach((field, uids) -> {
            if (!uids.isEmpty()) {
                var list = all.putArray(field);
                uids.forEach(list::add);
            }
        });
        wanted(patch("devices/" + uid + "/", all.toString()), 200);
    }

    void delete() {
        health();
        wanted(send("DELETE", "devices/" + uid + "/", null), 204);
    }

    private void begin(Files files) {
        health();
        dashboards("grafana", files.grafana());
        dashboards("foxglove", files.foxglove());
        rules("loki", files.loki());
        rules("prometheus", files.prometheus());
    }

    private void health() {
        if (get("health/").status() != 200) {
            throw new Aborted("exit code 1");
        }
    }

    private void dashboards(String application, Map<String, String> files) {
        String collection = "applications/" + application + "/dashboards/";
        files.forEach((name, text) -> {
            Answer known = get(collection + name + "/");
            switch (known.status()) {
                case 404 -> wanted(post(collection, "{\"uid\": \"" + name + "\", \"dashboard\": " + text + "}"), 201);
                case 200 -> {
                    if (!known.text().equals(text)) {
                        wanted(patch(collection + name + "/", "{\"dashboard\": " + text + "}"), 200);
                    }
                }
                default -> throw new Aborted("unexpected " + known.status());
            }
        });
    }

    private void rules(String application, Map<String, String> files) {
        String collection = "applications/" + application + "/alert_rules/";
        files.forEach((name, text) -> {
            Answer known = get(collection + name + "/");
            switch (known.status()) {
                case 404 -> wanted(post(collection, JSON.writeValueAsString(Map.of("uid", name, "rules", text))), 201);
                case 200 -> {
                    if (known.json().path("rules").asString().isEmpty()) {
                        throw new Aborted("no rules in there");
                    }
                    wanted(patch(collection + name + "/", JSON.writeValueAsString(Map.of("rules", text))), 200);
                }
                default -> throw new Aborted("unexpected " + known.status());
            }
        });
    }

    private static Map<String, List<String>> uses(Files files) {
        Map<String, List<String>> uses = new LinkedHashMap<>();
        uses.put("grafana_dashboards", List.copyOf(files.grafana().keySet()));
        uses.put("foxglove_dashboards", List.copyOf(files.foxglove().keySet()));
        uses.put("loki_alert_rule_files", List.copyOf(files.loki().keySet()));
        uses.put("prometheus_alert_rule_files", List.copyOf(files.prometheus().keySet()));
        return uses;
    }

    private boolean register(Files files) {
        ObjectNode device = JSON.createObjectNode();
        device.put("address", "127.0.0.1").put("public_ssh_key", "ssh-rsa AAAAB3NzaC1yc2E");
        uses(files).forEach((field, uids) -> {
            var list = device.putArray(field);
            uids.forEach(list::add);
        });
        device.put("uid", uid);
        return wanted(post("devices/", device.toString()), 201);
    }

    private void certify(Runnable between) {
        String path = "devices/" + uid + "/certificate/";
        if (!wanted(post(path, CertificateVectorsTest.request()), 202)) {
            send("DELETE", "devices/" + uid + "/", null);
            return;
        }
        for (int i = 0; i < CERTIFICATE_POLLS_MAX; i++) {
            JsonNode state = get(path).json();
            String chain = state.path("chain").asString();
            if (state.path("status").asString().equals("signed") && !chain.isEmpty()) {
                writtenCertificate = chain;
                return;
            }
            if (state.path("status").asString().equals("denied")) {
                break;
            }
            between.run();
        }
        send("DELETE", "devices/" + uid + "/", null);
    }

    /** Other answers are logged, and must be JSON for that. */
    private boolean wanted(Answer answer, int status) {
        if (answer.status() != status) {
            answer.json();
        }
        return answer.status() == status;
    }

    private Answer get(String path) {
        return send("GET", path, null);
    }

    private Answer post(String path, String body) {
        return send("POST", path, body);
    }

    private Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    private Answer send(String method, String path, @Nullable String body) {
        List<String> headers = new ArrayList<>(List.of(
                "User-Agent",
                "python-requests/2.32.3",
                "Accept-Encoding",
                "gzip, deflate",
                "Accept",
                "*/*",
                "Connection",
                "keep-alive"));
        if (body != null) {
            headers.addAll(List.of("Content-Type", "application/json"));
        }
        if (token != null && (method.equals("GET") || method.equals("POST"))) {
            headers.addAll(List.of("Authorization", "bearer " + token));
        }
        byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
        Answer answer = http.send(method, base + path, bytes, headers.toArray(new String[0]));
        log.add(method + " " + path + " " + answer.status());
        return answer;
    }
}
