package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.LabWorld.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Contract §4 and §9, last line, on the whole server: who did what, with what came of it; and what is measured. */
class LabAuditTest {

    private static LabWorld world;

    @BeforeAll
    static void start() {
        world = LabWorld.start(LabWorld.boards("cora", 2));
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static JsonNode audit(String query, Person who) {
        return world.bitelab("GET", "/audit" + query, null, who).expect(200).json();
    }

    /** What is said about somebody's acts, oldest first, as {@code action outcome code}. */
    private static List<String> acts(JsonNode page) {
        List<String> acts = new ArrayList<>();
        for (JsonNode each : page.path("items")) {
            acts.addFirst((each.path("action").asString() + " "
                            + each.path("outcome").asString() + " "
                            + each.path("code").asString(""))
                    .strip());
        }
        return acts;
    }

    @Test
    void aReservationIsReadBackWithWhoseTokenFromWhereAndHowLong() {
        Instant before = Instant.now();
        world.bitelab("POST", "/board/cora-1/reserve", Map.of("duration", "1h"), world.ann)
                .expect(200);
        world.bitelab("POST", "/board/cora-1/power/on", null, world.ann).expect(200);
        world.bitelab("POST", "/board/cora-1/release", null, world.bob).expect(403);
        world.bitelab("POST", "/board/cora-1/share", Map.of("user", "eve", "mode", "ro"), world.ann)
                .expect(200);
        world.bitelab("POST", "/board/cora-1/kick", null, world.boss).expect(200);

        JsonNode all = audit("?board=cora-1&since=" + before, world.boss);
        assertThat(acts(all))
                .containsSubsequence(
                        "reserve done", "power-on done", "release refused not-holder", "share done", "kick done");
        JsonNode reserve = null;
        for (JsonNode each : all.path("items")) {
            if (each.path("action").asString().equals("reserve")) {
                reserve = each;
            }
        }
        assertThat(reserve.path("user").asString()).isEqualTo("ann");
        assertThat(reserve.path("token").asString()).isEqualTo(world.ann.tokenId());
        assertThat(reserve.path("address").asString()).isEqualTo("127.0.0.1");
        assertThat(reserve.path("reservation").asString()).isNotEmpty();
        assertThat(reserve.path("duration").isNumber()).isTrue();

        JsonNode own = audit("?board=cora-1", world.ann);
        assertThat(acts(own)).contains("reserve done", "kick done");
        assertThat(own.toString()).contains(world.ann.tokenId()).doesNotContain(world.boss.tokenId());
        assertThat(acts(audit("?board=cora-1", world.bob))).containsOnly("release refused not-holder");
        assertThat(world.bitelab("GET", "/audit?user=ann", null, world.bob).status())
                .isEqualTo(403);
        assertThat(audit("?user=ann&limit=1", world.boss).path("next").isNumber())
                .isTrue();
    }

    /** §9: every failed attempt, with whose token from where; also those that no board ever heard of. */
    @Test
    void whatWasTriedInVainIsReadBackToo() {
        Instant before = Instant.now();
        world.bitelab("POST", "/board/cora-2/reserve", null, world.ann).expect(200);
        for (int i = 0; i < 5; i++) {
            world.bitelab("POST", "/board/cora-2/reserve", null, world.eve).expect(409);
        }
        world.api("POST", "/lab/boards/cora-2/reserve", Map.of(), world.eve).expect(409);
        world.bitelab("POST", "/board/cora-2/kick", null, world.eve).expect(403);
        world.bitelab("POST", "/board/cora-2/power/on", null, world.eve).expect(403);
        world.bitelab("POST", "/board/none/reserve", null, world.eve).expect(404);

        JsonNode tried = Awaitility.await()
                .atMost(LabWorld.WAIT)
                .until(() -> audit("?user=eve&since=" + before, world.boss), it -> acts(it).size() >= 3);
        assertThat(acts(tried))
                .containsExactlyInAnyOrder(
                        "reserve refused reserved", "kick refused not-allowed", "power refused not-holder");
        for (JsonNode each : tried.path("items")) {
            assertThat(each.path("user").asString()).isEqualTo("eve");
            assertThat(each.path("token").asString()).isEqualTo(world.eve.tokenId());
            assertThat(each.path("address").asString()).isEqualTo("127.0.0.1");
            assertThat(each.path("board").asString()).isEqualTo("cora-2");
            assertThat(each.path("holder").asString()).isEqualTo("ann");
        }
        // Who holds it hears that it was tried, though not from where.
        assertThat(audit("?board=cora-2", world.ann).toString())
                .contains("\"kick\"")
                .doesNotContain(world.eve.tokenId());
        assertThat(world.server
                        .get("/api/v1/audit?outcome=refused&command=lab.KickBoard")
                        .toString())
                .contains("identity.not-allowed");
        world.bitelab("POST", "/board/cora-2/release", null, world.ann).expect(200);
    }

    @Test
    void metricsOfTheLabAreForWhoMayReadMetrics() {
        assertThat(world.bitelab("GET", "/metrics", null, null).status()).isEqualTo(401);
        assertThat(world.bitelab("GET", "/metrics", null, world.boss).status()).isEqualTo(403);
        String token = world.server
                .ok(
                        "POST",
                        "/api/v1/tokens",
                        Map.of("name", "scraper", "scopes", List.of("metrics-read"), "expiresIn", "PT1H"))
                .path("token")
                .asString();
        Person scraper = new Person("scraper", "", token, "");
        Answer answer = Awaitility.await()
                .atMost(LabWorld.WAIT)
                .until(() -> world.bitelab("GET", "/metrics", null, scraper).expect(200), it -> it.text()
                        .contains("muster_lab_boards{"));
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.text())
                .contains("# TYPE muster_lab_reservations gauge\n")
                .contains("muster_lab_boards{class=\"cora\",state=\"free\"");
        assertThat(answer.text().lines()).allMatch(line -> line.matches("(# (HELP|TYPE) )?muster_lab_.*"));
    }
}
