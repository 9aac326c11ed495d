package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static dev.muster.updates.query.TestFleet.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.Origin;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DiscoveryOverHttpTest extends OverHttp {

    private static final String TARGETS = "/prometheus/sd/devices";

    private void heard(String device, String address) {
        server.fleet.registered(device).happens(new AddressChanged(id(device), address));
    }

    private JsonNode targets(String query) {
        byte[] body = body(TARGETS + query).returnResult().getResponseBody();
        return TestJson.mapper().readTree(body);
    }

    @Test
    void nobodyIsAnEmptyListAndNoError() {
        server.fleet.registered("without-address");
        get(TARGETS)
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/json")
                .expectBody(String.class)
                .isEqualTo("[]");
    }

    @Test
    void aDeviceIsATargetWithWhatIsKnownOfIt() {
        server.fleet
                .registered("r1", "site/hall", List.of("old", "a-b"), Map.of("owner", "secret"), Origin.OPERATOR)
                .reports("r1", Map.of("hw_boardname", "rpi5", "os.name", "caf\u00e9", "os-name", "second"))
                .assigned("r1", 1, OS_1)
                .finished("r1", 1, OS_1);
        server.observed.enrolled("r1", "robot one", "10.0.0.7", Map.of());

        JsonNode target = targets("").get(0);

        assertThat(target.get("targets")).hasToString("[\"10.0.0.7:9100\"]");
        Map<String, String> labels = labels(target);
        assertThat(labels)
                .containsEntry("__meta_muster_device", "r1")
                .containsEntry("__meta_muster_name", "r1")
                .containsEntry("__meta_muster_group", "site/hall")
                .containsEntry("__meta_muster_uid", "robot one")
                .containsEntry("__meta_muster_software", "os 1.0")
                .containsEntry("__meta_muster_tag_old", "true")
                .containsEntry("__meta_muster_tag_a_b", "true")
                .containsEntry("__meta_muster_attribute_hw_boardname", "rpi5")
                .containsEntry("__meta_muster_attribute_os_name", "second")
                .hasSize(9);
        assertThat(labels.keySet()).allMatch(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*"));
    }

    @Test
    void whatADeviceEnrolledWithCountsBeforeWhereItWasHeard() {
        heard("a", "http://10.0.0.1");
        heard("b", "http://[2001:db8::2]");
        heard("c", "http://***");
        server.observed.enrolled("a", "a", "2001:db8::1", Map.of());

        JsonNode targets = targets("?port=9200");

        assertThat(targets).hasSize(2);
        assertThat(targets.get(0).get("targets").get(0).asString()).isEqualTo("[2001:db8::1]:9200");
        assertThat(targets.get(1).get("targets").get(0).asString()).isEqualTo("[2001:db8::2]:9200");
    }

    @Test
    void aFilterChoosesAndAJobIsALabel() {
        heard("a", "10.0.0.1");
        heard("b", "10.0.0.2");

        JsonNode targets = targets("?filter=id%3D%3Db&job=robots");

        assertThat(targets).hasSize(1);
        assertThat(labels(targets.get(0))).containsEntry("job", "robots");
        assertThat(labels(targets("").get(0))).doesNotContainKey("job");
    }

    @Test
    void theNextAnswerHasWhoCameMeanwhile() {
        heard("a", "10.0.0.1");
        assertThat(targets("")).hasSize(1);
        heard("b", "10.0.0.2");
        assertThat(targets("")).hasSize(2);
    }

    @Test
    void brokenQuestionsAreRefused() {
        for (String query :
                List.of("?filter=nope%3D%3D1", "?port=0", "?port=65536", "?port=x", "?job=" + "j".repeat(129))) {
            get(TARGETS + query).expectStatus().isBadRequest();
        }
    }

    @Test
    void tenThousandTargetsTakeNoTime() {
        IntStream.range(0, 10_000).forEach(i -> {
            String device = "device-" + i;
            server.fleet
                    .registered(device, "site/" + i % 20, List.of("t" + i % 5), Map.of(), Origin.BULK)
                    .reports(device, Map.of("hw_boardname", "rpi5", "hw_revision", "1.1", "serial", "s" + i));
            server.observed.enrolled(device, device, "10.1." + i / 256 + "." + i % 256, Map.of());
        });
        long best = LongStream.range(0, 8)
                .map(round -> {
                    long start = System.nanoTime();
                    byte[] body = body(TARGETS).returnResult().getResponseBody();
                    assertThat(body).hasSizeGreaterThan(2_000_000);
                    return System.nanoTime() - start;
                })
                .min()
                .orElseThrow();
        assertThat(best).as("nanoseconds of the best of eight").isLessThan(200_000_000L);
    }

    private static Map<String, String> labels(JsonNode target) {
        return target.get("labels")
                .propertyStream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().asString()));
    }
}
