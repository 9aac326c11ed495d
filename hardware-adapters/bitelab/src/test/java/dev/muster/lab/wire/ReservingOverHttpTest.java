package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.BOB;
import static dev.muster.lab.wire.BitelabHouse.LOOKER;
import static dev.muster.lab.wire.BitelabHouse.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Ids;
import dev.muster.lab.LabOrders.ReserveOrder;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.PowerWish;
import dev.muster.lab.wire.BitelabHouse.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reserving (contract §4), over real HTTP. */
class ReservingOverHttpTest {

    private final BitelabHouse house = new BitelabHouse();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void reservingABoardAnswersWithTheReservedBoard() {
        Answer answer = house.post(
                "/board/a64-1/reserve",
                ANN,
                "{\"sshpubkey\":\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ann@x\",\"duration\":\"4h30m\","
                        + "\"purpose\":\"boot\",\"context\":{\"n\":7},\"power\":\"on\",\"unknown\":1}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("state").asString()).isEqualTo("reserved");
        ReserveOrder order = (ReserveOrder) house.lab.orders.getLast();
        assertThat(order.duration()).isEqualTo(Duration.ofMinutes(270));
        assertThat(order.context()).isEqualTo(Map.of("n", "7"));
        assertThat(order.sshKeys()).containsExactly("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI ann@x");
        assertThat(order.power()).isEqualTo(PowerWish.ON);
    }

    @Test
    void whoSaysThatTheyWillBeHeardOfIsHeardOf() {
        house.post("/board/a64-1/reserve", ANN, "{\"keepalive\":true}");
        assertThat(((ReserveOrder) house.lab.orders.getLast()).keepAlive()).isTrue();
        house.get("/board/a64-1", BOB);
        house.get("/board/a64-1", "nobody at all");
        house.get("/board/", BOB);
        house.get("/reservations/00000000-0000-0000-0000-000000000007", ANN);
        house.get("/reservations", ANN);
        assertThat(house.contacts)
                .containsExactly("a64-1 user:ann", "a64-1 user:bob", "00000000-0000-0000-0000-000000000007 user:ann");
        assertThat(house.post("/board/a64-1/reserve", ANN, "{\"keepalive\":1}").status())
                .isEqualTo(400);
    }

    /** Contract §9, last line: so is what never became an order, for want of a scope. */
    @Test
    void whatSomebodyMayNotEvenTryIsOnRecord() {
        assertThat(house.post("/board/a64-1/kick", ANN, null).status()).isEqualTo(403);
        assertThat(house.post("/board/a64-1/power/on", LOOKER, null).status()).isEqualTo(403);
        assertThat(house.post("/board/pine64/reserve", LOOKER, null).status()).isEqualTo(403);
        assertThat(house.post("/reservations", LOOKER, "{\"class\":\"pine64\"}").status())
                .isEqualTo(403);
        // Nobody's, about nothing, nothing done, and allowed.
        house.post("/board/a64-1/kick", "nobody at all", null);
        house.post("/board/none/kick", ANN, null);
        house.post("/board/reload", ANN, null);
        house.get("/audit", NOBODY);
        house.post("/board/a64-1/reserve", ANN, null);
        assertThat(house.refused)
                .containsExactly(
                        "KickBoard board/a64-1 identity.not-allowed user:ann",
                        "OrderPower board/a64-1 identity.not-allowed user:eve",
                        "ReserveBoard board-class/pine64 identity.not-allowed user:eve",
                        "QueueRequest boards identity.not-allowed user:eve");
    }

    @Test
    void aClassMeansAnyOfItsBoards() {
        assertThat(house.post("/board/pine64/reserve", ANN, null)
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("a64-1");
        assertThat(house.post("/board/pine64/reserve", BOB, "").status()).isEqualTo(200);
        Answer answer = house.post("/board/pine64/reserve", BOB, "{}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("none-free");
        assertThat(house.post("/board/none/reserve", ANN, null).code()).isEqualTo("no-such-board");
    }

    @Test
    void whoReservesTheirOwnBoardAgainIsToldSoWithTheBoard() {
        house.post("/board/bare/reserve", ANN, null);

        Answer answer = house.post("/board/bare/reserve", ANN, null);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("reserved");
        assertThat(answer.json().path("board").path("reservation").path("user").asString())
                .isEqualTo("ann");
    }

    @Test
    void theSameIdempotencyKeyMeetsTheFirstReservation() {
        String first = house.post("/board/pine64/reserve", ANN, "{}", "Idempotency-Key", "k1")
                .text();

        assertThat(house.post("/board/pine64/reserve", ANN, "{}", "Idempotency-Key", "k1")
                        .text())
                .isEqualTo(first);
        assertThat(((ReserveOrder) house.lab.orders.getLast()).id().value()).isEqualTo(Ids.named("user:ann", "k1"));
        assertThat(house.post("/board/pine64/reserve", BOB, "{}", "Idempotency-Key", "k1")
                        .text())
                .isNotEqualTo(first);
        assertThat(house.post("/board/pine64/reserve", ANN, "{}", "Idempotency-Key", "")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void whoIsWillingToWaitIsToldWhereTheRequestIs() {
        house.lab.reserved("bare", "user:bob");

        Answer answer = house.post("/board/bare/reserve", ANN, "{\"wait\":\"10m\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("state").asString()).isEqualTo("waiting");
        assertThat(answer.header("Location"))
                .isEqualTo("/bitelab/reservations/" + answer.json().path("id").asString());
        assertThat(house.send("GET", answer.header("Location"), ANN, null).status())
                .isEqualTo(200);
        assertThat(((ReserveOrder) house.lab.orders.getLast()).patience()).isEqualTo(Duration.ofMinutes(10));
        house.post("/board/bare/reserve", ANN, "{\"wait\":\"200d\"}");
        assertThat(((ReserveOrder) house.lab.orders.getLast()).patience()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void wishesThatAreNoneAreRefused() {
        for (String body : List.of(
                "[]",
                "{",
                "{\"duration\":\"soon\"}",
                "{\"duration\":\"2000d\"}",
                "{\"duration\":true}",
                "{\"purpose\":7}",
                "{\"power\":\"maybe\"}",
                "{\"context\":{\"a\":[]}}",
                "{\"sshpubkey\":\"no key\"}",
                "{\"sshpubkey\":\"command=x ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI\"}",
                "{\"purpose\":\"a\",\"purpose\":\"b\"}")) {
            Answer answer = house.post("/board/bare/reserve", ANN, body);
            assertThat(answer.status()).as(body).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("bad-value");
        }
        assertThat(house.post("/board/bare/reserve", ANN, "x".repeat(70_000)).status())
                .isEqualTo(413);
        assertThat(house.lab.orders).isEmpty();
    }

    @Test
    void everyNoOfTheLabHasItsStatusAndItsCode() {
        Map<LabRefusal, String> expected = Map.ofEntries(
                Map.entry(LabRefusal.RESERVED, "409 reserved"),
                Map.entry(LabRefusal.NONE_FREE, "409 none-free"),
                Map.entry(LabRefusal.SETUP_FAILED, "500 setup-failed"),
                Map.entry(LabRefusal.RELEASE_FAILED, "500 release-failed"),
                Map.entry(LabRefusal.OUT_OF_SERVICE, "503 maintenance"),
                Map.entry(LabRefusal.NOT_HOLDER, "403 not-holder"),
                Map.entry(LabRefusal.NOT_RESERVED, "409 not-reserved"),
                Map.entry(LabRefusal.UNKNOWN_ATTR, "400 unknown-attr"),
                Map.entry(LabRefusal.BAD_VALUE, "400 bad-value"),
                Map.entry(LabRefusal.UNACCEPTABLE, "400 unacceptable"),
                Map.entry(LabRefusal.OVER_LIMIT, "422 over-limit"),
                Map.entry(LabRefusal.UNSATISFIABLE, "422 unsatisfiable"),
                Map.entry(LabRefusal.POWER_TIMEOUT, "504 power-timeout"),
                Map.entry(LabRefusal.POWER_AUTH, "502 power-auth"),
                Map.entry(LabRefusal.POWER_DENIED, "502 power-denied"),
                Map.entry(LabRefusal.POWER_FAULT, "502 power-fault"),
                Map.entry(LabRefusal.NO_SUCH_PORT, "502 no-such-port"),
                Map.entry(LabRefusal.CONSOLE_BUSY, "503 console-busy"),
                Map.entry(LabRefusal.CAPABILITY_MISSING, "409 capability-missing"),
                Map.entry(LabRefusal.TOO_MANY, "429 too-many"));
        expected.forEach((refusal, status) -> {
            house.lab.refusal = refusal.because("Because.");
            Answer answer = house.post("/board/bare/reserve", ANN, null);
            assertThat(answer.status() + " " + answer.code()).isEqualTo(status);
            assertThat(answer.json().path("error").asString()).isEqualTo("Because.");
            assertThat(answer.json().path("board").path("name").asString()).isEqualTo("bare");
        });
    }
}
