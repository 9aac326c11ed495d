package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Contract §9, last row, on the whole server: a lost client that said it would be heard of does not keep the board. */
class LabKeepAliveTest {

    /** Silence, and the look that notices it, which comes every ten seconds. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(40);

    private static LabWorld world;

    @BeforeAll
    static void start() {
        world = LabWorld.start(LabWorld.boards("cora", 2), "--muster.lab.silence-max=PT3S");
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static String state(String board) {
        return world.board(board).path("state").asString();
    }

    @Test
    void whoFallsSilentLosesTheBoardAndNobodyElseDoes() throws InterruptedException {
        world.bitelab("POST", "/board/cora-1/reserve", Map.of("keepalive", true), world.ann)
                .expect(200);
        world.bitelab("POST", "/board/cora-2/reserve", null, world.bob).expect(200);
        assertThat(world.board("cora-1").path("reservation").path("keepalive").asBoolean())
                .isTrue();
        // For longer than a whole round of silence and look; through the other API, which counts as well.
        for (int i = 0; i < 14; i++) {
            world.api("GET", "/lab/boards/cora-1", null, world.ann).expect(200);
            assertThat(state("cora-1")).isEqualTo("reserved");
            Thread.sleep(1000);
        }

        Awaitility.await().atMost(LONG_ENOUGH).until(() -> state("cora-1").equals("free"));
        assertThat(state("cora-2")).isEqualTo("reserved");
        assertThat(world.bitelab("GET", "/audit?board=cora-1", null, world.ann)
                        .expect(200)
                        .text())
                .contains("\"detail\":\"silent\"");
    }
}
