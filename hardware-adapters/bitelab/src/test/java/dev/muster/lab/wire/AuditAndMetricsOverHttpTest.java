package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ADMIN;
import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.LOOKER;
import static dev.muster.lab.wire.BitelabHouse.NOBODY;
import static dev.muster.lab.wire.BitelabHouse.SCRAPER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardName;
import dev.muster.lab.LabAudit.Entry;
import dev.muster.lab.LabAudit.Outcome;
import dev.muster.lab.LabAudit.Page;
import dev.muster.lab.LabAudit.Question;
import dev.muster.lab.ReservationId;
import dev.muster.lab.wire.BitelabHouse.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Looking back and measuring (contract §4), over real HTTP. */
class AuditAndMetricsOverHttpTest {

    private static final BoardName A = new BoardName("a64-1");
    private static final Entry KICK = new Entry(
            42,
            FakeLab.NOW,
            "user:root",
            "t-1",
            "192.0.2.9",
            A,
            new ReservationId(new UUID(0, 7)),
            "user:ann",
            "kick",
            "kicked",
            Outcome.FAILED,
            "lab.release-failed",
            "the jail is busy",
            Duration.ofMillis(1500),
            null);
    private static final Entry RUN = new Entry(
            41,
            FakeLab.NOW,
            null,
            null,
            null,
            A,
            new ReservationId(new UUID(0, 7)),
            "user:ann",
            "script-release",
            null,
            Outcome.FAILED,
            "timed-out",
            null,
            Duration.ofSeconds(120),
            "ab".repeat(32));
    private static final Entry OF_A_LOST_TOKEN = new Entry(
            40,
            FakeLab.NOW,
            null,
            "t-9",
            null,
            A,
            null,
            "user:ann",
            "power-off",
            null,
            Outcome.DONE,
            null,
            null,
            null,
            null);

    private final BitelabHouse house = new BitelabHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anAdministratorReadsAllOfIt() {
        house.page = new Page(List.of(KICK), 42L);
        Answer answer =
                house.get("/audit?board=a64-1&user=ann&since=2026-11-20T10:00:00%2B01:00&limit=5&before=99", ADMIN);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(house.questions)
                .containsExactly(new Question(A, "user:ann", Instant.parse("2026-11-20T09:00:00Z"), 99, 5));
        assertThat(answer.json().path("next").asLong()).isEqualTo(42);
        JsonNode entry = answer.json().path("items").path(0);
        assertThat(entry.path("user").asString()).isEqualTo("root");
        assertThat(entry.path("token").asString()).isEqualTo("t-1");
        assertThat(entry.path("address").asString()).isEqualTo("192.0.2.9");
        assertThat(entry.path("board").asString()).isEqualTo("a64-1");
        assertThat(entry.path("holder").asString()).isEqualTo("ann");
        assertThat(entry.path("action").asString()).isEqualTo("kick");
        assertThat(entry.path("outcome").asString()).isEqualTo("failed");
        assertThat(entry.path("code").asString()).isEqualTo("release-failed");
        assertThat(entry.path("duration").asDouble()).isEqualTo(1.5);
    }

    @Test
    void othersReadWhatConcernsThemWithoutTheTokensAndAddressesOfOthers() {
        house.page = new Page(List.of(KICK), null);
        Answer answer = house.get("/audit", ANN);

        assertThat(house.questions).containsExactly(new Question(null, "user:ann", null, Long.MAX_VALUE, 100));
        assertThat(answer.json().path("items").path(0).path("user").asString()).isEqualTo("root");
        assertThat(answer.text())
                .doesNotContain("192.0.2.9")
                .doesNotContain("t-1")
                .doesNotContain("next");
        assertThat(house.get("/audit?user=ann", ANN).status()).isEqualTo(200);
        assertThat(house.get("/audit?user=bob", ANN).status()).isEqualTo(403);
        assertThat(house.get("/audit?user=no-such", ANN).status()).isEqualTo(403);
        assertThat(house.get("/audit?user=no-such", ADMIN).status()).isEqualTo(400);
    }

    @Test
    void runsOfTheScriptLeadAdministratorsToWhatItSaid() {
        house.page = new Page(List.of(KICK, RUN), null);
        JsonNode run = house.get("/audit", ADMIN).json().path("items").path(1);
        assertThat(run.path("action").asString()).isEqualTo("script-release");
        assertThat(run.path("user").asString()).isEqualTo("server");
        assertThat(run.path("outcome").asString()).isEqualTo("failed");
        assertThat(run.path("code").asString()).isEqualTo("timed-out");
        assertThat(run.path("duration").asDouble()).isEqualTo(120);
        assertThat(run.path("output").asString()).isEqualTo("/api/v1/lab/script-output/" + "ab".repeat(32));
        assertThat(house.get("/audit", ADMIN).text()).contains("the jail is busy");

        String own = house.get("/audit", ANN).text();
        assertThat(own).contains("script-release").doesNotContain("output").doesNotContain("the jail is busy");
    }

    @Test
    void aTokenOfWhoIsForgottenIsNamedToAdministratorsOnly() {
        house.page = new Page(List.of(OF_A_LOST_TOKEN), null);
        assertThat(house.get("/audit", ADMIN).text()).contains("\"user\":\"token:t-9\"");
        assertThat(house.get("/audit", ANN).text())
                .contains("\"user\":\"token\"")
                .doesNotContain("t-9");
    }

    @Test
    void whoIsNobodyHereReadsNothing() {
        assertThat(house.get("/audit", null).status()).isEqualTo(401);
        assertThat(house.get("/audit", NOBODY).status()).isEqualTo(403);
        assertThat(house.get("/audit", SCRAPER).status()).isEqualTo(403);
        assertThat(house.get("/audit/", LOOKER).status()).isEqualTo(200);
        assertThat(house.post("/audit", ADMIN, null).status()).isEqualTo(405);
    }

    @Test
    void questionsOutsideTheLimitsAreRefused() {
        for (String bad : List.of("limit=0", "limit=1001", "limit=x", "before=-1", "since=monday", "board=%2F")) {
            assertThat(house.get("/audit?" + bad, ADMIN).status()).as(bad).isEqualTo(400);
        }
        assertThat(house.questions).isEmpty();
    }

    @Test
    void metricsAreTextForWhoMayReadMetrics() {
        Answer answer = house.get("/metrics", SCRAPER);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.text()).isEqualTo("muster_lab_reservations 1.0\n");

        assertThat(house.get("/metrics", null).status()).isEqualTo(401);
        assertThat(house.get("/metrics", ADMIN).status()).isEqualTo(403);
        assertThat(house.get("/api/v1/metrics", SCRAPER).status()).isEqualTo(200);
    }
}
