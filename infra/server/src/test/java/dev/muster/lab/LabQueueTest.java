package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Answer;
import dev.muster.lab.LabWorld.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Contract §11.10: who is served when, over the lab's own wire. Each test has a class of boards of its own. */
class LabQueueTest {

    private static LabWorld world;

    @BeforeAll
    static void start() {
        world = LabWorld.start(LabWorld.boards("one", 1)
                + LabWorld.boards("gone", 1)
                + LabWorld.boards("wait", 1)
                + LabWorld.boards("hold", 1)
                + LabWorld.boards("key", 1)
                + """
                classes { two { arch = armv7 } short { arch = armv7, max_duration = 1h } }
                boards { name = two-a, brdclass = two, tags { camera = yes }, options = [] }
                boards { name = two-b, brdclass = two, options = [] }
                boards { name = short-1, brdclass = short, options = [] }
                """);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static Answer take(String board, Person who) {
        return world.bitelab("POST", "/board/" + board + "/reserve", Map.of(), who);
    }

    private static void giveBack(String board, Person who) {
        world.bitelab("POST", "/board/" + board + "/release", null, who).expect(200);
    }

    private static Answer queue(Person who, Map<String, Object> wish) {
        return world.bitelab("POST", "/reservations", wish, who);
    }

    private static String queued(Person who, Map<String, Object> wish) {
        JsonNode request = queue(who, wish).expect(202).json();
        assertThat(request.path("state").asString()).isEqualTo("waiting");
        return request.path("id").asString();
    }

    private static JsonNode request(String id) {
        return world.bitelab("GET", "/reservations/" + id, null, world.boss)
                .expect(200)
                .json();
    }

    private static int place(String id) {
        return request(id).path("position").asInt();
    }

    /** The request as soon as it is like that. */
    private static JsonNode awaitRequest(String id, String state) {
        return Awaitility.await()
                .atMost(LabWorld.WAIT)
                .until(() -> request(id), it -> it.path("state").asString().equals(state));
    }

    @Test
    void priorityGoesBeforeAgeAndAgeBeforeNothing() {
        take("one-1", world.boss).expect(200);
        String old = queued(world.ann, Map.of("class", "one"));
        String urgent = queued(world.bob, Map.of("class", "one", "priority", 5));
        String alsoUrgent = queued(world.eve, Map.of("board", "one-1", "priority", 5));
        String patient = queued(world.bob, Map.of("class", "one", "priority", -1));
        assertThat(List.of(place(urgent), place(alsoUrgent), place(old), place(patient)))
                .containsExactly(1, 2, 3, 4);
        assertThat(take("one", world.boss).code()).isEqualTo("none-free");

        giveBack("one-1", world.boss);
        for (Map.Entry<String, Person> next : List.of(
                Map.entry(urgent, world.bob),
                Map.entry(alsoUrgent, world.eve),
                Map.entry(old, world.ann),
                Map.entry(patient, world.bob))) {
            JsonNode served = awaitRequest(next.getKey(), "fulfilled");
            assertThat(served.path("board").asString()).isEqualTo("one-1");
            assertThat(served.path("position").asInt()).isZero();
            JsonNode board = world.board("one-1");
            assertThat(board.path("reservation").path("id").asString()).isEqualTo(next.getKey());
            assertThat(board.path("reservation").path("user").asString())
                    .isEqualTo(next.getValue().name());
            giveBack("one-1", next.getValue());
        }
        world.awaitState("one-1", "free");
    }

    /** The older wish would take either board; it gets the one that leaves the younger one the only board for it. */
    @Test
    void whoCanUseOneBoardOnlyIsNotStarvedByWhoCanUseAny() {
        String soon = Instant.now().plus(Duration.ofSeconds(2)).toString();
        String any = queued(world.ann, Map.of("class", "two", "earliest", soon));
        String camera = queued(world.bob, Map.of("tags", Map.of("camera", "yes"), "earliest", soon));
        assertThat(world.board("two-a").path("state").asString())
                .as("nobody is served before their time")
                .isEqualTo("free");

        assertThat(awaitRequest(any, "fulfilled").path("board").asString()).isEqualTo("two-b");
        assertThat(awaitRequest(camera, "fulfilled").path("board").asString()).isEqualTo("two-a");
        giveBack("two-a", world.bob);
        giveBack("two-b", world.ann);
    }

    @Test
    void whoLeavesOrWaitsTooLongFreesTheirPlace() {
        take("gone-1", world.boss).expect(200);
        String first = queued(world.ann, Map.of("class", "gone"));
        String brief = queued(world.bob, Map.of("class", "gone", "wait", "1s"));
        String last = queued(world.eve, Map.of("class", "gone"));
        assertThat(place(last)).isEqualTo(3);

        assertThat(world.bitelab("DELETE", "/reservations/" + first, null, world.bob)
                        .expect(403)
                        .code())
                .isEqualTo("not-holder");
        world.bitelab("DELETE", "/reservations/" + first, null, world.ann).expect(204);
        assertThat(request(first).path("state").asString()).isEqualTo("cancelled");
        awaitRequest(brief, "expired");
        assertThat(place(last)).isEqualTo(1);

        giveBack("gone-1", world.boss);
        awaitRequest(last, "fulfilled");
        assertThat(world.board("gone-1").path("reservation").path("user").asString())
                .isEqualTo("eve");
        giveBack("gone-1", world.eve);
        world.awaitState("gone-1", "free");
    }

    @Test
    void whatNoBoardCouldEverMeetIsRefusedAtOnceWithTheReasonOfEachBoard() {
        Answer answer = queue(world.ann, Map.of("class", "two", "tags", Map.of("camera", "no")));
        assertThat(answer.expect(422).code()).isEqualTo("unsatisfiable");
        assertThat(answer.json().path("details").path("two-a").asString()).contains("camera");
        assertThat(answer.json().path("details").path("two-b").asString()).contains("camera");
        assertThat(answer.json().path("details").path("one-1").asString()).contains("class");
        Answer long1 = queue(world.ann, Map.of("class", "short", "duration", "2h"));
        assertThat(long1.expect(422).code()).isEqualTo("over-limit");
        assertThat(long1.json().path("details").path("short-1").asString()).contains("3600");
        assertThat(take("short-1", world.ann).expect(200).json().path("state").asString())
                .isEqualTo("reserved");
        giveBack("short-1", world.ann);
    }

    /** A wish for what is not there can never be met; a path that names it leads nowhere. */
    @Test
    void aNameThatNobodyHasIsUnsatisfiableInAWishAndNotFoundInAPath() {
        Answer noClass = queue(world.ann, Map.of("class", "none"));
        assertThat(noClass.expect(422).code()).isEqualTo("unsatisfiable");
        assertThat(noClass.json().path("error").asString()).contains("class 'none'");
        assertThat(noClass.json().path("details").path("one-1").asString()).contains("class is one");
        Answer noBoard = queue(world.ann, Map.of("board", "none-1", "wait", "1s"));
        assertThat(noBoard.expect(422).code()).isEqualTo("unsatisfiable");
        assertThat(noBoard.json().path("details").path("none-1").asString()).contains("no board");
        assertThat(take("none", world.ann).expect(404).code()).isEqualTo("no-such-board");

        for (Map<String, Object> wish : List.<Map<String, Object>>of(
                Map.of("class", "none"),
                Map.of("board", "none-1"),
                Map.of(
                        "class",
                        "none",
                        "until",
                        Instant.now().plus(Duration.ofHours(1)).toString()))) {
            Answer refused = world.api("POST", "/lab/reservations", wish, world.ann);
            assertThat(refused.expect(422).code()).isEqualTo("lab.unsatisfiable");
            assertThat(refused.json().path("details").size()).isPositive();
        }
        for (Map<String, Object> body : List.<Map<String, Object>>of(Map.of(), Map.of("wait", "1s"))) {
            assertThat(world.api("POST", "/lab/boards/none-1/reserve", body, world.ann)
                            .expect(404)
                            .code())
                    .isEqualTo("lab.no-such-board");
        }
    }

    /** {@code wait} on reserve: the call queues; in time it answers the board, else where the request is. */
    @Test
    void whoWaitsOnTheLineIsAnsweredWithTheBoardOrWithTheirPlace() {
        take("wait-1", world.boss).expect(200);
        Answer impatient = world.bitelab("POST", "/board/wait/reserve", Map.of("wait", "1s"), world.ann)
                .expect(202);
        assertThat(impatient.json().path("state").asString()).isEqualTo("waiting");
        String location = impatient.headers().firstValue("Location").orElseThrow();
        assertThat(location)
                .isEqualTo(
                        "/bitelab/reservations/" + impatient.json().path("id").asString());
        JsonNode stays = world.send("GET", location + "?wait=1s", null, world.ann)
                .expect(200)
                .json();
        assertThat(stays.path("state").asString()).as("it stays in the queue").isEqualTo("waiting");
        assertThat(stays.path("position").asInt()).isEqualTo(1);
        world.bitelab("DELETE", location.substring("/bitelab".length()), null, world.ann)
                .expect(204);

        Map<String, Object> patient = new HashMap<>(Map.of("wait", "20s", "purpose", "bring-up"));
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> world.bitelab("POST", "/board/wait/reserve", patient, world.bob));
        Awaitility.await()
                .atMost(LabWorld.WAIT)
                .until(() -> world.bitelab("GET", "/reservations?state=waiting&mine=true", null, world.bob)
                                .json()
                                .size()
                        == 1);
        giveBack("wait-1", world.boss);

        JsonNode board = waiting.join().expect(200).json();
        assertThat(board.path("name").asString()).isEqualTo("wait-1");
        assertThat(board.path("reservation").path("purpose").asString()).isEqualTo("bring-up");
        giveBack("wait-1", world.bob);
    }

    /** A request's state is told to whoever asks and waits, as soon as it changes. */
    @Test
    void newsOfARequestCanBeWaitedFor() {
        take("hold-1", world.boss).expect(200);
        String id = queued(world.ann, Map.of("class", "hold"));
        CompletableFuture<Answer> news = CompletableFuture.supplyAsync(
                () -> world.bitelab("GET", "/reservations/" + id + "?wait=20s", null, world.ann));

        giveBack("hold-1", world.boss);

        assertThat(news.join().expect(200).json().path("state").asString()).isIn("granted", "fulfilled");
        awaitRequest(id, "fulfilled");
        giveBack("hold-1", world.ann);
    }

    @Test
    void theSameKeyIsTheSameWish() {
        String first = world.bitelab("POST", "/board/key/reserve", Map.of(), world.ann, "Idempotency-Key", "k")
                .expect(200)
                .json()
                .path("reservation")
                .path("id")
                .asString();

        Answer again = world.bitelab("POST", "/board/key/reserve", Map.of(), world.ann, "Idempotency-Key", "k")
                .expect(200);

        assertThat(again.json().path("reservation").path("id").asString()).isEqualTo(first);
        assertThat(take("key", world.ann).code()).isEqualTo("none-free");
        assertThat(take("key-1", world.ann).expect(409).code()).isEqualTo("reserved");
        giveBack("key-1", world.ann);
    }
}
