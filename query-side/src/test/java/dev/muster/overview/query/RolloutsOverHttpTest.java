package dev.muster.overview.query;

import static dev.muster.updates.query.TestFleet.OS_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.Origin;
import dev.muster.staging.Group;
import dev.muster.updates.ActionType;
import dev.muster.updates.AutoAssignmentEvent.AutoAssignmentCreated;
import dev.muster.updates.FailureReason;
import dev.muster.updates.Hardware;
import dev.muster.updates.RolloutEvent.RolloutCreated;
import dev.muster.updates.RolloutEvent.RolloutFinished;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.SoftwareModule;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

class RolloutsOverHttpTest extends OverHttp {

    @Nested
    class Rollouts {

        private final RolloutId first = new RolloutId(new UUID(0, 1));
        private final RolloutId second = new RolloutId(new UUID(0, 2));

        @Test
        void theyAreNewestFirstWithoutTheirPlots() {
            server.stored(
                    "rollouts@1",
                    rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 3),
                    rollout(second, "two", "2026-11-20T09:00:00Z", "PAUSED", 3));

            body("/api/v1/rollouts?limit=1")
                    .jsonPath("$.items[0].plan.name")
                    .isEqualTo("two")
                    .jsonPath("$.items[0].progress.length()")
                    .isEqualTo(0)
                    .jsonPath("$.next")
                    .isEqualTo(second.toString());
            body("/api/v1/rollouts?after=" + second)
                    .jsonPath("$.items[0].plan.name")
                    .isEqualTo("one");
            body("/api/v1/rollouts?state=running")
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].id")
                    .isEqualTo(first.toString());
            get("/api/v1/rollouts?state=flying").expectStatus().isBadRequest();
        }

        @Test
        void oneHasItsPlotAndATag() {
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 3));

            get("/api/v1/rollouts/" + first)
                    .expectHeader()
                    .valueEquals("ETag", "\"4-12\"")
                    .expectBody()
                    .jsonPath("$.progress.length()")
                    .isEqualTo(1)
                    .jsonPath("$.state")
                    .isEqualTo("running")
                    .jsonPath("$.plan.timeout")
                    .isEqualTo("PT24H");
            get("/api/v1/rollouts/" + second).expectStatus().isNotFound();
        }

        @Test
        void itsDevicesShowHowTheyStand() {
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 5));
            server.stored(
                    "rollout_members@1",
                    new Document("_id", first + "/0/0")
                            .append("position", 1L)
                            .append("ids", List.of("d0", "d1", "d2", "d3", "gone")));
            server.stored("actions@1", action("d1", 2, "ERROR", "no space left"));
            for (int i = 0; i < 4; i++) {
                server.fleet.registered("d" + i);
            }
            server.fleet.assigned("d0", 1, OS_1, null, first).finished("d0", 1, OS_1, first);
            server.fleet.assigned("d1", 2, OS_1, null, first).failed("d1", 2, OS_1, first);
            server.fleet.assigned("d2", 3, OS_1, null, first);

            String uri = "/api/v1/rollouts/" + first + "/devices";
            body(uri)
                    .jsonPath("$.items[*].status")
                    .value(all -> assertThat(all)
                            .asString()
                            .isEqualTo("[\"succeeded\",\"failed\",\"running\",\"waiting\",\"gone\"]"))
                    .jsonPath("$.items[1].message")
                    .isEqualTo("no space left")
                    .jsonPath("$.items[1].actionStatus")
                    .isEqualTo("error");
            body(uri + "?status=failed").jsonPath("$.items.length()").isEqualTo(1);
            String key = new FailureReason("no space left", null).key();
            String members = "/api/v1/rollouts/" + first + "/members?status=failed&reason=";
            body(members + key)
                    .jsonPath("$.items.length()")
                    .isEqualTo(1)
                    .jsonPath("$.items[0].id")
                    .isEqualTo("d1");
            body(members + new FailureReason("too hot", null).key())
                    .jsonPath("$.items.length()")
                    .isEqualTo(0);
            body(members + "others").jsonPath("$.items.length()").isEqualTo(1);
            body(uri + "?group=1").jsonPath("$.items.length()").isEqualTo(0);
            body(uri + "?limit=2").jsonPath("$.next").isEqualTo("0-0-1");
            body(uri + "?limit=2&after=0-0-1").jsonPath("$.items[0].id").isEqualTo("d2");
            get(uri + "?after=x").expectStatus().isBadRequest();
            get(uri + "?status=lost").expectStatus().isBadRequest();
        }

        /** Planning was cut off, and went on over a fleet that had changed. */
        @Test
        void partsThatAreNotFullHideNobody() {
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 5));
            int number = 0;
            for (List<String> part : List.of(List.of("d0", "d1"), List.of("d2"), List.of("d3", "d4"))) {
                server.stored(
                        "rollout_members@1",
                        new Document("_id", first + "/0/" + number++)
                                .append("position", 1L)
                                .append("ids", part));
            }
            String uri = "/api/v1/rollouts/" + first + "/devices";
            String all = "[\"d0\",\"d1\",\"d2\",\"d3\",\"d4\"]";
            body(uri)
                    .jsonPath("$.items[*].id")
                    .value(found -> assertThat(found).asString().isEqualTo(all));
            body(uri + "?limit=3").jsonPath("$.next").isEqualTo("0-1-0");
            body(uri + "?limit=3&after=0-1-0").jsonPath("$.items[0].id").isEqualTo("d3");
        }

        @Test
        void aPreviewTellsWhoWouldTakePart() {
            server.fleet.released(
                    OS_1,
                    List.of(new SoftwareModule(
                            1,
                            "os",
                            "os",
                            "1",
                            false,
                            List.of(),
                            List.of(),
                            List.of(new Hardware("rpi5", "default")))));
            for (int i = 0; i < 30; i++) {
                server.fleet
                        .registered("d" + i, "lab", List.of(), Map.of("feed", "qa"), Origin.BULK)
                        .reports("d" + i, Map.of("hw_boardname", i < 25 ? "rpi5" : "jetson"));
            }

            server.web()
                    .post()
                    .uri("/api/v1/rollouts/preview")
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{\"releaseId\":\"" + OS_1.id()
                            + "\",\"feed\":\"qa\",\"groups\":[{\"name\":\"canary\",\"percent\":10},{\"percent\":90}]}")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectBody()
                    .jsonPath("$.matching")
                    .isEqualTo(30)
                    .jsonPath("$.incompatible")
                    .isEqualTo(5)
                    .jsonPath("$.members")
                    .isEqualTo(25)
                    .jsonPath("$.groups[0].size")
                    .isEqualTo(3)
                    .jsonPath("$.groups[1].name")
                    .isEqualTo("group-2")
                    .jsonPath("$.groups[1].size")
                    .isEqualTo(22)
                    .jsonPath("$.leftOver")
                    .isEqualTo(0)
                    .jsonPath("$.excluded[0].reason")
                    .isEqualTo("incompatible")
                    .jsonPath("$.excluded[0].text")
                    .value(text -> assertThat(text).asString().contains("jetson"))
                    .jsonPath("$.sample.length()")
                    .isEqualTo(20);
        }

        @Test
        void aBrokenPreviewIsRefused() {
            server.fleet.released(OS_1, List.of());
            for (String request : List.of(
                    "{\"releaseId\":\"" + UUID.randomUUID() + "\",\"filter\":\"id==*\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"(\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"id==*\",\"feed\":\"qa\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"feed\":\"qa)(\"}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"id==*\",\"groupCount\":501}",
                    "{\"releaseId\":\"" + OS_1.id() + "\",\"filter\":\"id==*\",\"groups\":[{\"percent\":-1}]}")) {
                server.web()
                        .post()
                        .uri("/api/v1/rollouts/preview")
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(request)
                        .exchange()
                        .expectStatus()
                        .is4xxClientError();
            }
        }

        @Test
        void oneThatWasDeletedIsFoundByThoseWhoAskForIt() {
            server.stored(
                    "rollouts@1",
                    rollout(first, "one", "2026-11-20T08:00:00Z", "STOPPED", 3).append("deleted", true));

            body("/api/v1/rollouts").jsonPath("$.items.length()").isEqualTo(0);
            get("/api/v1/rollouts/" + first).expectStatus().isNotFound();
            body("/api/v1/rollouts/" + first + "?deleted=true")
                    .jsonPath("$.plan.name")
                    .isEqualTo("one");
        }

        @Test
        void twoStandSideBySide() {
            server.stored(
                    "rollouts@1",
                    rollout(first, "one", "2026-11-20T08:00:00Z", "FINISHED", 3),
                    rollout(second, "two", "2026-11-20T09:00:00Z", "RUNNING", 5));

            body("/api/v1/rollouts:compare?a=" + first + "&b=" + second)
                    .jsonPath("$.a.name")
                    .isEqualTo("one")
                    .jsonPath("$.b.totals.members")
                    .isEqualTo(5)
                    .jsonPath("$.a.success")
                    .isEqualTo(0.5)
                    .jsonPath("$.plan.length()")
                    .isEqualTo(0);
            get("/api/v1/rollouts:compare?a=" + first + "&b=" + UUID.randomUUID())
                    .expectStatus()
                    .isNotFound();
        }

        @Test
        void aReportIsATableOfEveryDevice() {
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 2));
            server.stored(
                    "rollout_members@1",
                    new Document("_id", first + "/0/0").append("position", 1L).append("ids", List.of("d0", "d1")));
            server.stored("actions@1", action("d1", 2, "ERROR", "=HYPERLINK(\"http://x\"), \"no\""));
            server.fleet.registered("d0").registered("d1");
            server.fleet.assigned("d1", 2, OS_1, null, first).failed("d1", 2, OS_1, first);

            String csv = get("/api/v1/rollouts/" + first + "/report.csv")
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentTypeCompatibleWith("text/csv")
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(csv.split("\r\n"))
                    .hasSize(3)
                    .satisfies(lines -> assertThat(lines[1]).startsWith("d0,d0,0,all,waiting,0,,"))
                    .satisfies(lines -> assertThat(lines[2])
                            .startsWith("d1,d1,0,all,failed,1,2,error,")
                            .endsWith("\"'=HYPERLINK(\"\"http://x\"\"), \"\"no\"\"\""));
        }

        @Test
        void aReportIsAPageToKeep() {
            server.stored(
                    "rollouts@1", rollout(first, "<script>alert(1)</script>", "2026-11-20T08:00:00Z", "RUNNING", 3));

            String html = get("/api/v1/rollouts/" + first + "/report.html")
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .contentTypeCompatibleWith("text/html")
                    .expectBody(String.class)
                    .returnResult()
                    .getResponseBody();
            assertThat(html)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                    .doesNotContain("<script")
                    .contains("<svg");
        }

        @Test
        void whyTellsTheRulesThatDecided() {
            server.fleet.registered("d0", "office", List.of(), Map.of(), Origin.OPERATOR);
            server.stored("rollouts@1", rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 0));
            server.fleet.log.record("rollout/" + first, new RolloutCreated(first, plan("one"), null));
            server.fleet.heldBack("d0", "it is on loan");

            body("/api/v1/devices/d0/why")
                    .jsonPath("$.summary")
                    .value(text -> assertThat(text).asString().contains("report its attributes"))
                    .jsonPath("$.steps[?(@.rule=='held-back')].outcome")
                    .value(all -> assertThat(all).asString().contains("blocks"))
                    .jsonPath("$.steps[?(@.rule=='update-mode')].text")
                    .value(all -> assertThat(all).asString().contains("follows feed 'default'"))
                    .jsonPath("$.steps[?(@.rule=='rollout')].text")
                    .value(all -> assertThat(all).asString().contains("it is no member"));
            get("/api/v1/devices/nobody/why").expectStatus().isNotFound();
        }

        @Test
        void whyTellsOfRolloutsThatAreOverOnlyWhereTheyGaveTheDeviceSomething() {
            RolloutId third = new RolloutId(new UUID(0, 3));
            server.stored(
                    "rollouts@1",
                    rollout(first, "one", "2026-11-20T08:00:00Z", "RUNNING", 0),
                    rollout(second, "two", "2026-11-20T09:00:00Z", "FINISHED", 0),
                    rollout(third, "three", "2026-11-20T10:00:00Z", "FINISHED", 0));
            server.fleet.registered("d0");
            server.fleet.assigned("d0", 1, OS_1, null, second).finished("d0", 1, OS_1, second);
            server.fleet.log.record("rollout/" + first, new RolloutCreated(first, plan("one"), null));
            server.fleet.log.record("rollout/" + third, new RolloutCreated(third, plan("three"), null));
            server.fleet.log.record("rollout/" + third, new RolloutFinished(third));

            body("/api/v1/devices/d0/why")
                    .jsonPath("$.steps[?(@.rule=='rollout')].link")
                    .value(all -> assertThat(all).isEqualTo(List.of("/rollouts/" + second, "/rollouts/" + first)));
        }

        private RolloutPlan plan(String name) {
            return new RolloutPlan(
                    name,
                    OS_1,
                    "id==*",
                    List.of(new Group("all", 100, 80, 20, null, null)),
                    ActionType.FORCED,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null);
        }

        @Test
        void standingAssignmentsAreListed() {
            server.fleet.log.record(
                    "auto-assignment/x",
                    new AutoAssignmentCreated(
                            new UUID(0, 1), "all", "id==*", null, "os", ActionType.DOWNLOAD_ONLY, null));

            body("/api/v1/auto-assignments")
                    .jsonPath("$.items[0].name")
                    .isEqualTo("all")
                    .jsonPath("$.items[0].type")
                    .isEqualTo("download-only");
        }
    }
}
