package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ADMIN;
import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.ConsoleLines.NoticeKind;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ShareMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Serial consoles (contract §5.3). */
class ConsoleTest {

    private final BitelabHouse house = new BitelabHouse();

    @BeforeEach
    void reserve() {
        house.lab.reserved("a64-1", "user:ann");
    }

    @AfterEach
    void close() {
        house.close();
    }

    private TestSocket console(String token, String query) {
        return house.open("/board/a64-1/console/ws" + query, token);
    }

    @Test
    void theHolderSeesWhatWasAndWhatComesAndWrites() {
        TestSocket socket = console(ANN, "");
        await().until(() -> socket.heard().equals("boot"));
        house.consoles.say(" login:");
        await().until(() -> socket.heard().equals("boot login:"));

        socket.send("root\n".getBytes(StandardCharsets.UTF_8));

        await().until(() -> house.consoles.done.contains("root\n"));
        assertThat(console(ANN, "?replay=0").heard()).isEmpty();
    }

    @Test
    void theSecondWriterIsToldWhoWritesAndMayTakeThePen() {
        TestSocket ann = console(ANN, "");
        house.lab.shared("a64-1", Map.of("user:bob", ShareMode.RW));
        TestSocket bob = console(BOB, "?mode=rw");
        assertThat(bob.json(0).toString()).isEqualTo("{\"writer\":\"ann\"}");
        bob.send(new byte[] {1});
        assertThat(bob.json(1).path("code").asString()).isEqualTo("no-pen");

        bob.say("{\"cmd\":\"take\"}");

        assertThat(ann.json(0).toString()).isEqualTo("{\"writer\":\"bob\"}");
        bob.send("ls".getBytes(StandardCharsets.UTF_8));
        await().until(() -> house.consoles.done.contains("ls"));
        ann.say("{\"cmd\":\"break\"}");
        assertThat(ann.json(1).path("code").asString()).isEqualTo("no-pen");
    }

    @Test
    void readersOnlyRead() {
        house.lab.shared("a64-1", Map.of("user:bob", ShareMode.RO));
        assertThatThrownBy(() -> console(BOB, "?mode=rw")).hasMessageContaining("403");
        for (TestSocket socket : new TestSocket[] {console(BOB, ""), console(ANN, "?mode=ro"), console(ADMIN, "")}) {
            socket.send(new byte[] {1});
            assertThat(socket.json(0).path("code").asString()).isEqualTo("read-only");
            socket.say("{\"cmd\":\"take\"}");
            assertThat(socket.json(1).path("code").asString()).isEqualTo("read-only");
            socket.say("{\"cmd\":\"power\",\"value\":\"off\"}");
            assertThat(socket.json(2).path("code").asString()).isEqualTo("read-only");
        }
        assertThat(house.consoles.done).isEmpty();
        assertThat(house.lab.orders).isEmpty();
    }

    @Test
    void breaksSpeedsAndPowerAreOrderedFromTheConsole() {
        TestSocket socket = console(ANN, "");
        socket.say("{\"cmd\":\"break\"}");
        await().until(() -> house.consoles.done.contains("<break>"));
        socket.say("{\"cmd\":\"baud\",\"value\":115200}");
        socket.say("{\"cmd\":\"baud\",\"value\":3}");
        assertThat(socket.json(0).path("code").asString()).isEqualTo("bad-value");
        socket.say("{\"cmd\":\"dance\"}");
        assertThat(socket.json(1).path("code").asString()).isEqualTo("unknown-cmd");

        socket.say("{\"cmd\":\"power\",\"value\":\"off\"}");

        assertThat(socket.json(2).toString()).isEqualTo("{\"event\":\"power\",\"value\":false}");
        assertThat(house.lab.orders.getLast()).isEqualTo(PowerAction.OFF);
        house.lab.powered("a64-1", Power.UNKNOWN);
        assertThat(socket.json(3).toString()).isEqualTo("{\"event\":\"power\",\"value\":null}");
    }

    @Test
    void aLostLineAndItsReturnAreTold() {
        TestSocket socket = console(ANN, "");
        await().until(() -> !house.consoles.views.isEmpty());

        house.consoles.notice(NoticeKind.LOST);
        house.consoles.notice(NoticeKind.BACK);

        assertThat(socket.json(0).toString()).isEqualTo("{\"event\":\"console-lost\"}");
        assertThat(socket.json(1).toString()).isEqualTo("{\"event\":\"console-back\"}");
    }

    @Test
    void aLineThatIsNotOpenAndABoardWithoutOneAreSaid() {
        house.consoles.isOpen = false;
        assertThat(console(ANN, "").closeCode()).isEqualTo(4500);
        house.lab.reserved("bare", "user:ann");
        assertThatThrownBy(() -> house.open("/board/bare/console/ws", ANN)).hasMessageContaining("409");
    }

    @Test
    void whoGoesLetsThePenGo() {
        TestSocket socket = console(ANN, "");
        await().until(() -> house.consoles.views.size() == 1);

        socket.socket.sendClose(1000, "").join();

        await().until(() -> house.consoles.views.isEmpty() && house.openChannels() == 0);
    }
}
