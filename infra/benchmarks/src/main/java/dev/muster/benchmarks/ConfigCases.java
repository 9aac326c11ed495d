package dev.muster.benchmarks;

import dev.muster.updates.simulator.WireFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configuration registries: agents of the proof of concept poll for the target that they have already, and devices ask
 * for wanted values that they have already. Nobody shows a token to the first, as their programs do not.
 */
final class ConfigCases {

    private static final int AGENTS = 1_000;
    private static final int IN_FLIGHT = 32;
    private static final int PER_SECOND = 10_000;
    private static final String REGISTRY = "/bench/net";
    private static final String RULES =
            "[{\"request\":\"host\",\"storage\":\"host\"},{\"request\":\"rate\",\"storage\":\"rate\"}]";
    private static final String DOCUMENT = "{\"account-id\":\"bench\",\"name\":\"net\",\"storage\":{\"schema\":"
            + "{\"host\":\"string\",\"rate\":\"int\"}},\"views\":{\"all\":{\"rules\":" + RULES + "}}}";

    private ConfigCases() {}

    static List<Row> registries(BenchSettings settings) throws IOException, InterruptedException, WireFault {
        try (Target target = Target.start(settings, "--muster.registries.trusted-networks=127.0.0.0/8")) {
            return List.of(polls(target), wanted(target));
        }
    }

    /** About half a kilobyte of configuration, as a few snaps have it. */
    private static Row polls(Target target) throws IOException, InterruptedException, WireFault {
        List<Map<String, ?>> peers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            peers.add(Map.of("address", "192.168.21." + i, "port", 51_820 + i, "allowed", true));
        }
        Map<String, ?> config = Map.of("tunnel", Map.of("interface", "eth0", "peers", peers), "rate", 2);
        target.operator().put("/registries/target-config/", Map.of("config", config));
        Map<String, ?> registration =
                Map.of("ip-address", "10.0.0.1", "public-key-rsa", "ssh-rsa AAAA", "arch", "arm64");
        List<byte[]> polls = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            String uuid = target.operator()
                    .post("/registries/register/", registration)
                    .path("uuid")
                    .asString();
            Map<String, ?> poll = Map.of("uuid", uuid, "config", config);
            polls.add(Requests.post("/registries/poll/", "", JsonMapper.shared().writeValueAsString(poll)));
        }
        target.all(polls);
        Row row = target.measure("agents' polls, unchanged", IN_FLIGHT, Requests.inTurn(polls));
        return row.promised("≥ 10 000/s", PollCase.perSecond(row) >= PER_SECOND);
    }

    private static Row wanted(Target target) throws IOException, InterruptedException, WireFault {
        target.all(List.of(Requests.post("/api/v1/registries", target.bearer(), DOCUMENT)));
        target.all(List.of(Requests.patch(
                "/api/v1/registries" + REGISTRY + "/fleet/views/all",
                target.bearer(),
                "{\"values\":{\"host\":\"config.example.org\",\"rate\":2}}")));
        target.create(AGENTS);
        List<byte[]> questions = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            String path = "/registries/devices/" + Target.device(i) + "/wanted" + REGISTRY;
            String tag = target.operator().get(path).path("tag").asString();
            questions.add(Requests.getUnless(path, target.bearer(), "\"" + tag + "\""));
        }
        Row row = target.measure("wanted values, unchanged", IN_FLIGHT, Requests.inTurn(questions));
        return row.promised("≥ 10 000/s", PollCase.perSecond(row) >= PER_SECOND);
    }
}
