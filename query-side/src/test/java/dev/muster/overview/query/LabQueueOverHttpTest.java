package dev.muster.overview.query;

import static dev.muster.lab.query.TestLab.board;
import static dev.muster.lab.query.TestLab.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.identity.Permission;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.query.TestLab;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LabQueueOverHttpTest extends OverHttp {

    private static final String LAB = "/api/v1/lab";

    private final TestLab lab = server.lab;

    private JsonNode json(String uri) {
        return TestJson.mapper().readTree(body(uri).returnResult().getResponseBody());
    }

    private void refused(String uri, int status, String code) {
        get(LAB + uri)
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo(code);
    }

    /** Ann, who calls, does not run the lab. */
    private void asUser() {
        server.permissions = EnumSet.of(Permission.LAB_READ, Permission.LAB_USE);
    }

    @Nested
    class Reservations {

        @Test
        void theOwnerSeesTheirKeysAndOthersDoNot() {
            asUser();
            lab.queued(1, "user:ann", 0).queued(2, "user:bob", 3);

            assertThat(json(LAB + "/reservations/" + id(1)))
                    .hasToString("{\"id\":\"" + id(1) + "\",\"holder\":\"user:ann\",\"holderName\":\"Ann\","
                            + "\"mine\":true,\"selector\":{\"brdclass\":\"pine\",\"tags\":{}},\"priority\":0,"
                            + "\"seconds\":600,\"purpose\":\"boot test\",\"power\":\"keep\","
                            + "\"context\":{\"job\":\"build-7\"},\"sshKeys\":[\"" + TestLab.KEY + "\"],"
                            + "\"state\":\"waiting\",\"position\":2,\"boardsTried\":0,"
                            + "\"queuedAt\":\"2026-11-20T08:00:00Z\",\"changedAt\":\"2026-11-20T08:00:00Z\"}");
            assertThat(json(LAB + "/reservations/" + id(2)).toString())
                    .contains("\"position\":1", "user:bob")
                    .doesNotContain(TestLab.KEY, "build-7");
            refused("/reservations/" + id(3), 404, "lab.no-such-reservation");
            refused("/reservations/nope", 404, "lab.no-such-reservation");
        }

        @Test
        void aReservationThatNeverWaitedIsThereAsLongAsItLasts() {
            lab.defined("b1").reserved("b1", 7, "user:ann");
            assertThat(json(LAB + "/reservations/" + id(7)).get("state").asString())
                    .isEqualTo("granted");

            lab.handedOver("b1", 7);

            JsonNode direct = json(LAB + "/reservations/" + id(7) + "?wait=30s");
            assertThat(direct.get("state").asString()).isEqualTo("fulfilled");
            assertThat(direct.get("board").asString()).isEqualTo("b1");
            assertThat(direct.get("mine").asBoolean()).isTrue();
            lab.releasing("b1", 7).freed("b1", 7);
            refused("/reservations/" + id(7), 404, "lab.no-such-reservation");
        }

        @Test
        void aListIsNewestFirstWithPagesAndPlaces() {
            lab.queued(1, "user:ann", 0).queued(2, "user:bob", 3).queued(3, "user:ann", 0);
            lab.happens(new RequestCancelled(id(1)));

            JsonNode first = json(LAB + "/reservations?limit=2&count=true");
            assertThat(first.get("items").findValuesAsString("id")).containsExactly(id(3).toString(), id(2).toString());
            assertThat(first.get("items").findValuesAsString("position")).containsExactly("2", "1");
            assertThat(first.get("count").asInt()).isEqualTo(3);
            assertThat(json(LAB + "/reservations?after=" + first.get("next").asString())
                            .get("items")
                            .findValuesAsString("id"))
                    .containsExactly(id(1).toString());
            assertThat(json(LAB + "/reservations?state=cancelled").get("items").size())
                    .isEqualTo(1);
            assertThat(json(LAB + "/reservations?mine=true").get("items").size())
                    .isEqualTo(2);
            refused("/reservations?state=odd", 400, "kernel.invalid-request");
        }

        @Test
        void aLongPollIsAnsweredWhenTheStateChanges() {
            lab.queued(1, "user:ann", 0);
            CompletableFuture<JsonNode> answer =
                    CompletableFuture.supplyAsync(() -> json(LAB + "/reservations/" + id(1) + "?wait=15s"));
            Awaitility.await().until(() -> lab.requests.callersWaiting() == 1);
            assertThat(answer).isNotDone();

            lab.happens(new RequestGranted(id(1), board("b1")));

            assertThat(answer).succeedsWithin(Duration.ofSeconds(10)).satisfies(request -> {
                assertThat(request.get("state").asString()).isEqualTo("granted");
                assertThat(request.get("board").asString()).isEqualTo("b1");
                assertThat(request.get("position").asInt()).isZero();
            });
        }

        @Test
        void aLongPollEndsWithWhatIsKnown() {
            lab.queued(1, "user:ann", 0);
            body(LAB + "/reservations/" + id(1) + "?wait=50ms")
                    .jsonPath("$.state")
                    .isEqualTo("waiting");

            lab.happens(new RequestCancelled(id(1)));
            body(LAB + "/reservations/" + id(1) + "?wait=1m")
                    .jsonPath("$.state")
                    .isEqualTo("cancelled");
            for (String wait : List.of("61s", "2m", "soon", "-1s", "61")) {
                refused("/reservations/" + id(1) + "?wait=" + wait, 400, "lab.bad-value");
            }
        }
    }

    @Nested
    class Statistics {

        @Test
        void useIsToldByBoardClassAndDay() {
            lab.lent("b1", 1, "user:ann").defined("c1", "cora", Map.of()).reserved("c1", 2, "user:bob");
            lab.clock.advance(Duration.ofSeconds(62));

            JsonNode usage = json(LAB + "/usage?since=2026-11-19T23:00:00Z");
            assertThat(usage.get("from").asString()).isEqualTo("2026-11-19");
            assertThat(usage.get("to").asString()).isEqualTo("2026-11-20");
            assertThat(usage.get("total").get("reservations").asInt()).isEqualTo(2);
            assertThat(usage.get("items").get(0))
                    .hasToString("{\"board\":\"b1\",\"brdclass\":\"pine\",\"reservations\":1,\"heldSeconds\":60,"
                            + "\"waits\":0,\"waitedSeconds\":0,\"preparationsFailed\":0,\"releasesFailed\":0}");
            assertThat(usage.get("classes").findValuesAsString("brdclass")).containsExactly("cora", "pine");
            assertThat(usage.get("days").findValuesAsString("day")).containsExactly("2026-11-19", "2026-11-20");

            JsonNode cora = json(LAB + "/usage?class=cora");
            assertThat(cora.get("days").size()).isEqualTo(90);
            assertThat(cora.get("total").get("reservations").asInt()).isEqualTo(1);
            assertThat(json(LAB + "/usage?board=nope").get("items").size()).isZero();
            refused("/usage?since=yesterday", 400, "kernel.invalid-request");
        }
    }

    @Nested
    class Configuration {

        @Test
        void itIsTheTextInForceReadWhereItMayBlock() {
            lab.configurations.text = "boards [ ] # für später";

            var answer = body(LAB + "/configuration").returnResult();

            assertThat(new String(answer.getResponseBody(), java.nio.charset.StandardCharsets.UTF_8))
                    .isEqualTo("boards [ ] # für später");
            assertThat(answer.getResponseHeaders().getContentType()).hasToString("text/plain;charset=UTF-8");
            assertThat(answer.getResponseHeaders().getCacheControl()).isEqualTo("no-store");
            assertThat(lab.configurations.readBy).startsWith("answers");
        }

        @Test
        void beforeTheFirstThereIsNoText() {
            get(LAB + "/configuration").expectStatus().isOk().expectBody().isEmpty();
        }
    }

    @Nested
    class Timeline {

        private void linkedAndLent() {
            server.fleet.registered("r1");
            lab.linked.apply(server.fleet.log.record(
                    "board/b1", new BoardDefined(board("b1"), TestLab.linkedTo("b1", "pine", Map.of(), "r1"))));
            server.fleet.log.record(
                    "board/b1",
                    new dev.muster.lab.BoardEvent.BoardReserved(board("b1"), TestLab.reservation(1, "user:bob")));
        }

        @Test
        void aDeviceThatIsABoardHasItsReservations() {
            linkedAndLent();

            JsonNode timeline = json("/api/v1/devices/r1/timeline");
            assertThat(timeline.get("items").findValuesAsString("type"))
                    .containsExactly("lab.BoardReserved", "registry.DeviceRegistered");
            assertThat(timeline.toString()).contains("user:bob").doesNotContain(TestLab.KEY, "build-7");
        }

        @Test
        void whoMayNotLookAtTheLabDoesNotSeeThem() {
            linkedAndLent();
            server.permissions = EnumSet.of(Permission.DEVICES_READ);

            assertThat(json("/api/v1/devices/r1/timeline").get("items").findValuesAsString("type"))
                    .containsExactly("registry.DeviceRegistered");
        }

        @Test
        void eventsOfABoardAreFoundByItsName() {
            linkedAndLent();

            JsonNode feed = json("/api/v1/events/feed?subject=boards/b1&type=muster.lab.*");
            assertThat(feed.get("items").findValuesAsString("type"))
                    .containsExactly("muster.lab.board-defined.v1", "muster.lab.board-reserved.v1");
            assertThat(feed.toString()).doesNotContain(TestLab.KEY, "build-7");
        }
    }
}
