package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.ShareMode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consoles in a browser, which has a ticket instead of a token. */
class ConsoleTicketTest {

    private final BitelabHouse house = new BitelabHouse();

    @BeforeEach
    void reserve() {
        house.lab.reserved("a64-1", "user:ann");
        house.tickets.put("t1@a64-1", ANN);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private TestSocket page(String ticket) {
        return house.page("/board/a64-1/console/ws?ticket=" + ticket);
    }

    private String refused(String path, String... headers) {
        String answer = house.upgrade(path, headers);
        return answer.substring(0, Math.min(answer.length(), "HTTP/1.1 401".length()));
    }

    @Test
    void aTicketLetsInOnce() {
        TestSocket socket = page("t1");
        await().until(() -> socket.heard().equals("boot"));

        assertThat(refused("/board/a64-1/console/ws?ticket=t1", "Origin: http://lab"))
                .isEqualTo("HTTP/1.1 401");
    }

    @Test
    void aPageIsToldWhetherThePenIsItsOwn() {
        TestSocket first = page("t1");
        house.tickets.put("t2@a64-1", ANN);
        TestSocket second = page("t2");
        assertThat(second.json(0).toString()).isEqualTo("{\"writer\":\"ann\",\"mine\":false}");
        house.lab.shared("a64-1", Map.of("user:bob", ShareMode.RO));
        TestSocket client = house.open("/board/a64-1/console/ws", BOB);
        await().until(() -> house.consoles.views.size() == 3);

        second.say("{\"cmd\":\"take\"}");

        assertThat(second.json(1).toString()).isEqualTo("{\"writer\":\"ann\",\"mine\":true}");
        assertThat(first.json(0).toString()).isEqualTo("{\"writer\":\"ann\",\"mine\":false}");
        assertThat(client.json(0).toString()).as("as the contract says").isEqualTo("{\"writer\":\"ann\"}");
    }

    @Test
    void aPageOfAnotherServerIsRefusedAndTheTicketStaysGood() {
        String path = "/board/a64-1/console/ws?ticket=t1";
        assertThat(refused(path, "Origin: http://evil.example")).isEqualTo("HTTP/1.1 403");
        assertThat(refused(path)).as("no page at all").isEqualTo("HTTP/1.1 403");
        assertThat(refused(path, "Origin: null")).isEqualTo("HTTP/1.1 403");

        assertThat(refused(path, "Origin: https://LAB")).as("behind a proxy").isEqualTo("HTTP/1.1 101");
    }

    @Test
    void aTicketIsForOneConsoleAndNothingElse() {
        house.lab.reserved("a64-2", "user:ann");

        assertThat(refused("/board/a64-2/console/ws?ticket=t1", "Origin: http://lab"))
                .isEqualTo("HTTP/1.1 401");
        assertThat(refused("/board/a64-1/exec/ws?ticket=t1", "Origin: http://lab"))
                .isEqualTo("HTTP/1.1 401");
        assertThat(house.send("GET", "/bitelab/board/a64-1?ticket=t1", null, null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whoeverHasATicketStillHasToHaveTheBoard() {
        house.tickets.put("t3@a64-1", BOB);

        assertThat(refused("/board/a64-1/console/ws?ticket=t3", "Origin: http://lab"))
                .isEqualTo("HTTP/1.1 403");
    }

    @Test
    void aConsoleEndsWithWhatTheTicketWasMadeFrom() {
        TestSocket socket = page("t1");
        await().until(() -> house.openChannels() == 1);

        house.tokens.remove(ANN);

        assertThat(socket.closeCode()).isEqualTo(4401);
    }
}
