package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ADMIN;
import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.BOB;
import static dev.muster.lab.wire.BitelabHouse.LOOKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.Board;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.wire.BitelabHouse.Answer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rows about the queue and about tokens (contract §3, §4), over real HTTP. */
class RequestsAndTokensOverHttpTest {

    private final BitelabHouse house = new BitelabHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private Answer queued(String token) {
        return house.post("/reservations", token, "{\"class\":\"pine64\",\"priority\":3,\"context\":{\"job\":\"77\"}}");
    }

    @Test
    void aRequestIsQueuedAndCanBeFoundWhereItsAnswerSays() {
        Answer answer = house.post(
                "/reservations",
                ANN,
                "{\"tags\":{\"sdwire\":\"yes\"},\"duration\":\"2h\",\"earliest\":\"2026-11-21T08:00:00+01:00\",\"wait\":\"1d\"}");

        assertThat(answer.status()).isEqualTo(202);
        Wish wish = (Wish) house.lab.orders.getLast();
        assertThat(wish.holder()).isEqualTo("user:ann");
        assertThat(wish.seconds()).isEqualTo(7200);
        assertThat(wish.earliest()).isEqualTo(Instant.parse("2026-11-21T07:00:00Z"));
        assertThat(wish.until()).isEqualTo(FakeLab.NOW.plusSeconds(86_400));
        Answer found = house.send("GET", answer.header("Location"), BOB, null);
        assertThat(found.json().path("position").asInt()).isEqualTo(1);
        assertThat(found.json().path("user").asString()).isEqualTo("ann");
    }

    @Test
    void aRequestThatNoBoardCouldEverMeetIsRefusedWithTheReasons() {
        house.lab.refusal = LabRefusal.UNSATISFIABLE.because("None could.", Map.of("bare", "is of class plain"));

        Answer answer = queued(ANN);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("unsatisfiable");
        assertThat(answer.json().path("details").path("bare").asString()).isEqualTo("is of class plain");
        for (String body :
                List.of("{}", "{\"class\":\"a\",\"priority\":5000}", "{\"class\":\"a\",\"until\":\"soon\"}")) {
            assertThat(house.post("/reservations", ANN, body).status()).as(body).isEqualTo(400);
        }
        assertThat(house.post("/reservations", ANN, "{\"board\":\"a b\"}").code())
                .isEqualTo("name-invalid");
        assertThat(house.post("/reservations", LOOKER, "{\"class\":\"a\"}").status())
                .isEqualTo(403);
    }

    @Test
    void theListHidesOthersContext() {
        queued(ANN);
        queued(BOB);

        assertThat(house.get("/reservations", LOOKER).json()).hasSize(2);
        assertThat(house.get("/reservations", LOOKER).text()).doesNotContain("\"job\"");
        assertThat(house.get("/reservations?mine=true", ANN).json()).hasSize(1);
        assertThat(house.get("/reservations?mine=true", ANN).text()).contains("\"job\"");
        assertThat(house.get("/reservations?state=failed", ANN).json()).isEmpty();
    }

    @Test
    void whoWaitsIsAnsweredWhenTheStateChanges() {
        String id = queued(ANN).json().path("id").asString();
        CompletableFuture<Answer> waiting =
                CompletableFuture.supplyAsync(() -> house.get("/reservations/" + id + "?wait=15s", ANN));
        await().until(() -> house.lab.requests.watchers() == 1);

        house.lab.requests.become(house.lab.requests.all().getFirst(), LabRequest.State.GRANTED);

        assertThat(waiting.join().json().path("state").asString()).isEqualTo("granted");
    }

    @Test
    void whoWaitsInVainIsAnsweredWithWhatThereIs() {
        String id = queued(ANN).json().path("id").asString();

        assertThat(house.get("/reservations/" + id + "?wait=1s", ANN)
                        .json()
                        .path("state")
                        .asString())
                .isEqualTo("waiting");
        assertThat(house.get("/reservations/" + id + "?wait=x", ANN).status()).isEqualTo(400);
    }

    @Test
    void aReservationMadeAtOnceHasAPageTooAndAnUnknownOneHasNot() {
        Board board = house.lab.reserved("bare", "user:ann");

        Answer answer = house.get("/reservations/" + board.reservation().id(), BOB);
        assertThat(answer.json().path("state").asString()).isEqualTo("fulfilled");
        assertThat(answer.json().path("board").asString()).isEqualTo("bare");
        assertThat(house.get("/reservations/" + UUID.randomUUID(), BOB).code()).isEqualTo("no-such-reservation");
        assertThat(house.get("/reservations/1-1-1-1-1", BOB).status()).isEqualTo(404);
    }

    @Test
    void aRequestIsWithdrawn() {
        String id = queued(ANN).json().path("id").asString();

        Answer answer = house.delete("/reservations/" + id, ANN);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.text()).isEmpty();
        assertThat(house.get("/reservations/" + id, ANN).json().path("state").asString())
                .isEqualTo("cancelled");
        assertThat(house.delete("/reservations/" + UUID.randomUUID(), ANN).status())
                .isEqualTo(404);
    }

    @Test
    void aValidTokenMakesAShortOne() {
        Answer answer = house.post("/auth/token", ANN, "{\"duration\":\"1h\",\"label\":\"ci\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"token\":\"mst_fresh_secret\",\"id\":\"" + new UUID(1, 2)
                        + "\",\"user\":\"ann\",\"scopes\":[\"board:use\"],\"expires\":\"2026-11-20T10:45:53.500Z\"}");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(house.post("/auth/token", ANN, "{\"duration\":\"2d\"}").code())
                .isEqualTo("over-limit");
        assertThat(house.post("/auth/token", ANN, "{\"scopes\":[\"board:admin\"]}")
                        .status())
                .isEqualTo(403);
        assertThat(house.post("/auth/token", ANN, "{\"scopes\":[\"all\"]}").code())
                .isEqualTo("bad-value");
        assertThat(house.post("/auth/token", ADMIN, "{\"scopes\":[\"board:use\"]}")
                        .json()
                        .path("scopes")
                        .toString())
                .isEqualTo("[\"board:use\"]");
    }

    @Test
    void theShownTokenIsRevokedByItself() {
        assertThat(house.delete("/auth/token", ANN).status()).isEqualTo(204);

        assertThat(house.desk).containsExactly("revoke " + house.tokens.get(ANN).id() + " by user:ann");
    }

    @Test
    void administratorsMakeAndRevokeTokensOfOthers() {
        assertThat(house.post("/auth/tokens", ANN, "{\"user\":\"bob\"}").status())
                .isEqualTo(403);
        Answer answer = house.post("/auth/tokens", ADMIN, "{\"user\":\"bob\"}");
        assertThat(answer.json().path("user").asString()).isEqualTo("bob");
        assertThat(answer.json().path("expires").asString()).startsWith("2026-12-20");
        assertThat(house.post("/auth/tokens", ADMIN, "{\"user\":\"zed\"}").code())
                .isEqualTo("bad-value");
        assertThat(house.delete("/auth/tokens/" + new UUID(1, 2), ANN).status()).isEqualTo(403);
        assertThat(house.delete("/auth/tokens/" + new UUID(1, 2), ADMIN).status())
                .isEqualTo(204);
        assertThat(house.delete("/auth/tokens/x", ADMIN).status()).isEqualTo(404);
        assertThat(house.desk.getLast()).isEqualTo("revoke " + new UUID(1, 2) + " by user:root");
    }
}
