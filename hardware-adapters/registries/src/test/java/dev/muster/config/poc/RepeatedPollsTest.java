package dev.muster.config.poc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.AgentCommand.ReportConfig;
import dev.muster.config.poc.PocHouse.Answer;
import dev.muster.registry.DeviceId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hot path: what was said before is known by its bytes, and costs no command. */
class RepeatedPollsTest {

    private final PocHouse house = new PocHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private List<Object> reports() {
        return house.commands.stream().filter(ReportConfig.class::isInstance).toList();
    }

    @Test
    void theSameBytesAreReadOnce() {
        String uuid = house.agent();
        for (int i = 0; i < 10; i++) {
            assertThat(house.poll(uuid, "{\"a\":1}").status()).isEqualTo(200);
        }
        assertThat(reports()).containsExactly(new ReportConfig(new DeviceId(uuid), "{\"a\":1}"));
        PollCounts counts = house.handler.counts();
        assertThat(counts.reported()).isEqualTo(1);
        assertThat(counts.read()).isZero();
        assertThat(counts.fromMemory()).isEqualTo(9);
    }

    @Test
    void otherBytesThatMeanTheSameAreReadButTellNothing() {
        String uuid = house.agent();
        house.poll(uuid, "{\"a\":1,\"b\":[2]}");
        house.poll(uuid, "{ \"b\": [2.0], \"a\": 1 }");
        assertThat(reports()).hasSize(1);
        assertThat(house.handler.counts().read()).isEqualTo(1);
        assertThat(house.get("/state/" + uuid + "/").text()).contains("{\"a\":1,\"b\":[2]}");
    }

    @Test
    void aRepeatedPollIsHeardToo() {
        String uuid = house.agent();
        house.poll(uuid, "{}");
        house.heard.clear();
        house.poll(uuid, "{}");
        assertThat(house.heard).containsOnlyKeys(new DeviceId(uuid));
    }

    @Test
    void whatWasKnownDoesNotOutliveTheTarget() {
        String uuid = house.agent();
        house.poll(uuid, "{\"a\":1}");
        house.put("/target-config/", "{\"config\":{\"a\":1}}");
        assertThat(house.poll(uuid, "{\"a\":1}").status()).isEqualTo(204);
        house.put("/target-config/", "{\"config\":{\"a\":2}}");
        assertThat(house.poll(uuid, "{\"a\":1}").text()).isEqualTo("{\"config\":{\"a\":2}}");
        assertThat(house.poll(uuid, "{\"a\":1}").text()).isEqualTo("{\"config\":{\"a\":2}}");
        assertThat(house.handler.counts().fromMemory()).isEqualTo(3);
        assertThat(reports()).hasSize(1);
    }

    @Test
    void whatWasKnownDoesNotOutliveWhatTheAgentHas() {
        String uuid = house.agent();
        house.put("/target-config/", "{\"config\":{\"a\":1}}");
        assertThat(house.poll(uuid, "{\"a\":1}").status()).isEqualTo(204);
        assertThat(house.poll(uuid, "{\"a\":2}").status()).isEqualTo(200);
        assertThat(house.poll(uuid, "{\"a\":1}").status()).isEqualTo(204);
        assertThat(reports()).hasSize(3);
        assertThat(house.get("/state/" + uuid + "/").text()).contains("\"config\":{\"a\":1}");
    }

    @Test
    void anAgentThatIsGoneIsNotKnownByItsBytes() {
        String uuid = house.agent();
        assertThat(house.poll(uuid, "{}").status()).isEqualTo(204);
        house.agents.clear();
        assertThat(house.poll(uuid, "{}").status()).isEqualTo(400);
    }

    @Test
    void theBytesOfAnotherTypeAreNoPoll() {
        String uuid = house.agent();
        String body = "{\"uuid\":\"" + uuid + "\",\"config\":{}}";
        assertThat(house.post("/poll/", body).status()).isEqualTo(204);
        assertThat(house.post("/poll/", body, "Content-Type", "text/plain").status())
                .isEqualTo(422);
    }

    @Test
    void onlyTheLastBodyOfAnAgentIsRemembered() {
        String uuid = house.agent();
        for (int i = 0; i < 50; i++) {
            house.poll(uuid, "{\"n\":" + i + "}");
        }
        assertThat(house.handler.pollsRemembered()).isEqualTo(1);
    }

    @Test
    void duringAChangeEachAnswerIsOfOneTarget() throws Exception {
        String before = "{\"list\":[" + "1,".repeat(5_000) + "1]}";
        String after = "{\"list\":[" + "2,".repeat(5_000) + "2]}";
        house.put("/target-config/", "{\"config\":" + before + "}");
        List<String> agents =
                IntStream.range(0, 20).mapToObj(i -> house.agent()).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<List<String>>> polls = new ArrayList<>();
            for (String agent : agents) {
                polls.add(CompletableFuture.supplyAsync(
                        () -> IntStream.range(0, 20)
                                .mapToObj(i -> house.poll(agent, "{}"))
                                .map(Answer::text)
                                .toList(),
                        threads));
            }
            house.put("/target-config/", "{\"config\":" + after + "}");
            for (CompletableFuture<List<String>> each : polls) {
                assertThat(each.get()).isSubsetOf("{\"config\":" + before + "}", "{\"config\":" + after + "}");
            }
        }
        assertThat(house.poll(agents.getFirst(), "{}").text()).isEqualTo("{\"config\":" + after + "}");
    }
}
