package dev.muster.lab.wire;

import static dev.muster.lab.wire.BitelabHouse.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.Environment;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of bare sockets, for what happens to a connection below the WebSocket. */
class FarewellTest {

    private static final int CLOSE = 0x88;
    /** More than the server takes while nobody wants it, and less than lies in the system's buffers then. */
    private static final int UNHEARD = 512 << 10;

    private final BitelabHouse house = new BitelabHouse(BitelabSettings.DEFAULTS);
    private Socket socket;
    private DataInputStream in;

    @BeforeEach
    void open() throws IOException {
        house.lab.environment = new Environment(Map.of(), List.of(), List.of(FakeProcesses.ENDLESS), Map.of());
        house.lab.reserved("a64-1", "user:ann");
        socket = new Socket("127.0.0.1", house.port());
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream()
                .write(("GET /bitelab/board/a64-1/ssh/ws HTTP/1.1\r\nHost: lab\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer " + ANN
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head.toString()).startsWith("HTTP/1.1 101 ");
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        house.close();
    }

    /** Much lies on its way in both directions, none of which anybody reads. */
    private void fillBothDirections() throws IOException {
        OutputStream out = socket.getOutputStream();
        byte[] frame = new byte[8 + (32 << 10)];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) (0x80 | 126);
        frame[2] = (byte) 0x80;
        for (int sent = 0; sent < UNHEARD; sent += 32 << 10) {
            out.write(frame);
        }
        long[] last = {-1};
        await().pollInterval(Duration.ofMillis(200)).until(() -> {
            long now = house.processes.produced.get();
            boolean isStill = now > 0 && now == last[0];
            last[0] = now;
            return isStill;
        });
    }

    /** Reads all before the reason and the reason; leaves the stream behind it. */
    private int reason() throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] content = in.readNBytes(length);
            if (first == CLOSE) {
                return Byte.toUnsignedInt(content[0]) << 8 | Byte.toUnsignedInt(content[1]);
            }
        }
    }

    @Test
    void theReasonReachesWhoeverStillSends() throws Exception {
        fillBothDirections();

        house.lab.free("a64-1");

        assertThat(reason()).isEqualTo(4403);
    }

    @Test
    void theConnectionIsClosedWhenTheReasonWasAnswered() throws Exception {
        fillBothDirections();
        house.lab.free("a64-1");
        int reason = reason();
        long answered = System.nanoTime();

        socket.getOutputStream()
                .write(new byte[] {(byte) CLOSE, (byte) (0x80 | 2), 0, 0, 0, 0, (byte) (reason >> 8), (byte) reason});

        assertThat(in.read()).as("the end, and nothing before it").isEqualTo(-1);
        assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(Duration.ofMillis(500));
        await().until(() -> house.openChannels() == 0);
    }

    @Test
    void whoeverDoesNotAnswerIsNotWaitedForLong() throws Exception {
        house.lab.free("a64-1");
        assertThat(reason()).isEqualTo(4403);
        long heard = System.nanoTime();

        assertThat(in.read()).isEqualTo(-1);

        assertThat(Duration.ofNanos(System.nanoTime() - heard))
                .isBetween(Duration.ofMillis(500), Duration.ofSeconds(2));
        await().until(() -> house.openChannels() == 0);
    }
}
