package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ADMIN;
import static dev.muster.lab.wire.BitelabHouse.ANN;
import static dev.muster.lab.wire.BitelabHouse.BOB;
import static dev.muster.lab.wire.BitelabHouse.LOOKER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.lab.BoardState;
import dev.muster.lab.Environment;
import dev.muster.lab.ShareMode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Hooks;

/** What holds for every channel (contract §5): refusals before, ends after, and no more in memory than is allowed. */
class ChannelsTest {

    private final BitelabHouse house = new BitelabHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private void reserved(String... ssh) {
        house.lab.environment = new Environment(Map.of(), List.of("/usr/bin/env"), List.of(ssh), Map.of());
        house.lab.reserved("a64-1", "user:ann");
    }

    @Test
    void refusalsAreAnsweredInPlainHttpBeforeTheProtocolIsSwitched() {
        String ann = "Authorization: Bearer " + ANN;
        assertThat(house.upgrade("/board/a64-1/ssh/ws"))
                .startsWith("HTTP/1.1 401 ")
                .contains("\"error\"");
        assertThat(house.upgrade("/board/none/ssh/ws", ann)).startsWith("HTTP/1.1 404 ");
        assertThat(house.upgrade("/board/a64-1/ssh/ws", ann))
                .startsWith("HTTP/1.1 409 ")
                .contains("not-reserved");
        reserved();
        assertThat(house.upgrade("/board/a64-1/ssh/ws", "Authorization: Bearer " + BOB))
                .startsWith("HTTP/1.1 403 ")
                .contains("not-holder");
        assertThat(house.upgrade("/board/a64-1/exec/ws", "Authorization: Bearer " + LOOKER))
                .startsWith("HTTP/1.1 403 ");
        assertThat(house.upgrade("/board/a64-1/ssh/ws", ann))
                .startsWith("HTTP/1.1 409 ")
                .contains("capability-missing");
        assertThat(house.upgrade("/board/a64-1/exec/ws", ann))
                .startsWith("HTTP/1.1 400 ")
                .contains("bitelab.exec.v1");
        assertThat(house.upgrade("/board/a64-1/console/ws?mode=x", ann)).startsWith("HTTP/1.1 400 ");
        assertThat(house.upgrade("/board/a64-1/console/ws?replay=9999999", ann)).startsWith("HTTP/1.1 400 ");
        assertThat(house.get("/board/a64-1/console/ws", ANN).status()).isEqualTo(426);
        assertThat(house.upgrade("/board/a64-1/console/ws", ann)).startsWith("HTTP/1.1 101 ");
        await().until(() -> house.openChannels() == 0);
    }

    /** For keep-alive: nothing need be said over it. */
    @Test
    void whoHasAChannelOpenIsHeardOfAsLongAsItIs() throws InterruptedException {
        reserved();
        TestSocket console = house.open("/board/a64-1/console/ws", ANN);
        house.contacts.clear();
        await().until(() -> house.contacts.size() >= 3);
        assertThat(house.contacts).containsOnly("a64-1 user:ann");
        console.socket.abort();
        await().until(() -> house.openChannels() == 0);
        Thread.sleep(300);
        house.contacts.clear();
        Thread.sleep(500);
        assertThat(house.contacts).isEmpty();
    }

    @Test
    void aReleaseEndsAllChannelsOfTheBoardWithinTwoSeconds() {
        reserved(FakeProcesses.DEAF);
        house.lab.reserved("a64-2", "user:ann");
        TestSocket ssh = house.open("/board/a64-1/ssh/ws", ANN);
        TestSocket exec = house.open("/board/a64-1/exec/ws", ANN, ExecTalk.PROTOCOL);
        TestSocket console = house.open("/board/a64-1/console/ws", ANN);
        TestSocket other = house.open("/board/a64-2/console/ws", ANN);
        await().until(() -> house.openChannels() == 4);
        Instant before = Instant.now();

        house.lab.free("a64-1");

        for (TestSocket each : List.of(ssh, exec, console)) {
            assertThat(each.closeCode()).isEqualTo(4403);
        }
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        await().until(() -> house.processes.isEnded);
        await().until(() -> house.openChannels() == 1);
        assertThat(other.closed).isNotDone();
    }

    @Test
    void anotherReservationOfTheSamePersonIsNotTheSame() {
        reserved(FakeProcesses.DEAF);
        TestSocket ssh = house.open("/board/a64-1/ssh/ws", ANN);

        house.lab.reserved("a64-1", "user:ann");

        assertThat(ssh.closeCode()).isEqualTo(4403);
    }

    @Test
    void aBoardThatIsTakenOutOfServiceOrGoneEndsChannels() {
        reserved(FakeProcesses.DEAF);
        TestSocket ssh = house.open("/board/a64-1/ssh/ws", ANN);
        house.lab.state("a64-1", BoardState.MAINTENANCE);
        assertThat(ssh.closeCode()).isEqualTo(4409);

        reserved(FakeProcesses.DEAF);
        TestSocket again = house.open("/board/a64-1/ssh/ws", ANN);
        house.lab.gone("a64-1");
        assertThat(again.closeCode()).isEqualTo(4409);
    }

    @Test
    void aRevokedTokenEndsItsChannelsAndNobodyElses() {
        reserved(FakeProcesses.DEAF);
        TestSocket ann = house.open("/board/a64-1/ssh/ws", ANN);
        TestSocket admin = house.open("/board/a64-1/ssh/ws", ADMIN);

        house.tokens.remove(ANN);

        assertThat(ann.closeCode()).isEqualTo(4401);
        assertThat(admin.closed).isNotDone();
        Caller less = house.tokens.get(ADMIN);
        house.tokens.put(
                ADMIN, new Caller(less.kind(), less.id(), less.owner(), null, Set.of(Permission.LAB_READ), Map.of()));
        assertThat(admin.closeCode()).isEqualTo(4401);
    }

    @Test
    void whoeverTheBoardIsSharedWithComesInUntilItIsNot() {
        reserved(FakeProcesses.DEAF);
        house.lab.shared("a64-1", Map.of("user:bob", ShareMode.RO));
        assertThatThrownBy(() -> house.open("/board/a64-1/ssh/ws", BOB)).hasMessageContaining("403");
        TestSocket looking = house.open("/board/a64-1/console/ws", BOB);
        house.lab.shared("a64-1", Map.of("user:bob", ShareMode.RW));
        TestSocket using = house.open("/board/a64-1/ssh/ws", BOB);

        house.lab.shared("a64-1", Map.of());

        assertThat(looking.closeCode()).isEqualTo(4403);
        assertThat(using.closeCode()).isEqualTo(4403);
    }

    @Test
    void aFarEndThatCannotStartIsSaid() {
        reserved("/no/such/program");
        assertThat(house.open("/board/a64-1/ssh/ws", ANN).closeCode()).isEqualTo(4500);
        reserved(FakeProcesses.NEVER);
        assertThat(house.open("/board/a64-1/ssh/ws", ANN).closeCode()).isEqualTo(4500);
        await().until(() -> house.openChannels() == 0);
    }

    @Test
    void aTunnelEndsWithItsProgramAndTakesNoText() {
        reserved("/bin/echo", "hello");
        TestSocket socket = house.open("/board/a64-1/ssh/ws", ANN);
        assertThat(socket.closeCode()).isEqualTo(1000);
        assertThat(socket.heard()).isEqualTo("hello\n");

        reserved(FakeProcesses.DEAF);
        TestSocket texting = house.open("/board/a64-1/ssh/ws", ANN);
        texting.say("hello");
        assertThat(texting.closeCode()).isEqualTo(1011);
    }

    @Test
    void onlySoManyChannelsAreOpenOfOneBoardAndInAll() {
        reserved(FakeProcesses.DEAF);
        house.lab.reserved("a64-2", "user:ann");
        for (int i = 0; i < 4; i++) {
            house.open("/board/a64-1/ssh/ws", ANN);
        }
        assertThatThrownBy(() -> house.open("/board/a64-1/ssh/ws", ANN)).hasMessageContaining("429");
        house.open("/board/a64-2/console/ws", ANN);
        TestSocket last = house.open("/board/a64-2/console/ws", ANN);
        assertThatThrownBy(() -> house.open("/board/a64-2/console/ws", ANN)).hasMessageContaining("429");

        last.socket.sendClose(1000, "").join();

        await().until(() -> house.openChannels() == 5);
        house.open("/board/a64-2/console/ws", ANN);
    }

    @Test
    void whoeverAnswersNoPingIsSentAwayAndWhoeverDoesMayStay() throws Exception {
        reserved(FakeProcesses.DEAF);
        TestSocket alive = house.open("/board/a64-1/ssh/ws", ANN);
        try (Socket dead = new Socket("127.0.0.1", house.port())) {
            dead.getOutputStream().write(upgradeOfAnn());
            await().until(() -> house.openChannels() == 2);

            await().atMost(Duration.ofSeconds(4)).until(() -> house.openChannels() == 1);
        }
        assertThat(alive.closed).isNotDone();
    }

    @Test
    void aReaderThatIsSlowHoldsTheProgramUp() throws Exception {
        reserved(FakeProcesses.ENDLESS);
        TestSocket slow = new TestSocket();
        slow.reads = false;
        java.net.http.HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + ANN)
                .buildAsync(java.net.URI.create("ws://127.0.0.1:" + house.port() + "/bitelab/board/a64-1/ssh/ws"), slow)
                .get(10, TimeUnit.SECONDS);
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            long now = house.processes.produced.get();
            boolean still = now == last[0] && now > 0;
            last[0] = now;
            return still;
        });

        // What lies in the system's own buffers of a connection within this machine is not ours.
        assertThat(house.processes.produced.get()).isLessThan(12L << 20);
    }

    @Test
    void aSlowReaderIsSentAwayAllTheSameWhenTheBoardIsReleased() throws Exception {
        reserved(FakeProcesses.ENDLESS);
        TestSocket slow = new TestSocket();
        slow.reads = false;
        java.net.http.HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("Authorization", "Bearer " + ANN)
                .buildAsync(java.net.URI.create("ws://127.0.0.1:" + house.port() + "/bitelab/board/a64-1/ssh/ws"), slow)
                .get(10, TimeUnit.SECONDS);
        await().until(() -> house.processes.produced.get() > 256 << 10);

        house.lab.free("a64-1");

        await().atMost(Duration.ofSeconds(2)).until(() -> house.openChannels() == 0 && house.processes.isEnded);
    }

    @Test
    void inputThatNobodyTakesHoldsTheClientUpAndNothingIsLost() {
        reserved(FakeProcesses.DEAF);
        TestSocket socket = house.open("/board/a64-1/ssh/ws", ANN);
        int piece = 64 << 10;
        int all = 512;
        CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> {
            for (int i = 0; i < all; i++) {
                socket.socket.sendBinary(ByteBuffer.allocate(piece), true).join();
            }
            return all;
        });
        await().during(Duration.ofSeconds(1)).until(() -> !sending.isDone());
        assertThat(house.processes.deaf.bytes.get()).isZero();

        house.processes.deaf.request(Long.MAX_VALUE);

        assertThat(sending.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo(all);
        await().untilAsserted(() -> assertThat(house.processes.deaf.bytes.get()).isEqualTo((long) piece * all));
    }

    /** What comes before anybody listens is kept elsewhere first, and must not open the gate when it is handed over. */
    @RepeatedTest(3)
    void whoeverTalksBeforeAnybodyListensIsHeldUpAsWell() throws IOException {
        reserved(FakeProcesses.DEAF);
        try (Socket hasty = new Socket("127.0.0.1", house.port())) {
            hasty.getOutputStream().write(upgradeOfAnn());
            assertThat(hasty.getInputStream().read()).isEqualTo('H');
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> talkAtOnce(hasty));

            await().during(Duration.ofSeconds(1)).until(() -> !sending.isDone());
        }
    }

    /** 128 MiB in masked frames: more than lies in any system's buffers. */
    private void talkAtOnce(Socket socket) {
        int piece = 32 << 10;
        byte[] frame = ByteBuffer.allocate(8 + piece)
                .putInt(0x82FE_0000 | piece)
                .putInt(0)
                .array();
        try {
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 8 * piece);
            for (int i = 0; i < 4096; i++) {
                out.write(frame);
            }
        } catch (IOException e) {
            e.printStackTrace();
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] upgradeOfAnn() {
        return ("GET /bitelab/board/a64-1/ssh/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer " + ANN + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whoeverLeavesWithoutAWordLeavesNothingInTheLog() {
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        try {
            reserved(FakeProcesses.DEAF);
            TestSocket rude = house.open("/board/a64-1/ssh/ws", ANN);
            TestSocket polite = house.open("/board/a64-1/ssh/ws", ANN);
            TestSocket running = house.open("/board/a64-1/exec/ws", ANN, ExecTalk.PROTOCOL);
            TestSocket kicked = house.open("/board/a64-1/console/ws", ANN);
            polite.socket.sendClose(1000, "").join();
            polite.closeCode();
            polite.socket.abort();
            running.say("{\"cmd\":\"exec\",\"args\":[\"sleep\",\"60\"]}");
            running.json(0);
            running.socket.abort();
            rude.socket.abort();
            await().until(() -> house.openChannels() == 1);
            house.lab.free("a64-1");
            kicked.closeCode();
            kicked.socket.abort();
            await().during(Duration.ofMillis(1500)).until(() -> house.openChannels() == 0);
        } finally {
            Hooks.resetOnErrorDropped();
        }
        assertThat(dropped).isEmpty();
    }

    @Test
    void aStoppingServerEndsItsChannelsAndHearsOfNothingMore() {
        reserved(FakeProcesses.DEAF);
        TestSocket socket = house.open("/board/a64-1/ssh/ws", ANN);

        house.handler.close();

        assertThat(socket.closeCode()).isEqualTo(1011);
        assertThat(house.lab.listeners()).isZero();
    }
}
