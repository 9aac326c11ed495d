package dev.muster.updates.goosebit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class UploadsUnderWayTest {

    @TempDir
    Path dir;

    private static int statusOf(Runnable entering) {
        try {
            entering.run();
        } catch (WireFailure refused) {
            return refused.status();
        }
        return 200;
    }

    @Test
    void onlySoManyAtOnceAndNoneThatWasNotBegun() {
        UploadsUnderWay underWay = new UploadsUnderWay(1, Duration.ofHours(1), Clock.systemUTC());

        assertThat(statusOf(() -> underWay.enter(dir.resolve("a"), false))).isEqualTo(400);
        assertThat(statusOf(() -> underWay.enter(dir.resolve("a"), true))).isEqualTo(200);
        assertThat(statusOf(() -> underWay.enter(dir.resolve("a"), false))).isEqualTo(200);
        assertThat(statusOf(() -> underWay.enter(dir.resolve("b"), true))).isEqualTo(503);
        underWay.leave(dir.resolve("a"));
        assertThat(statusOf(() -> underWay.enter(dir.resolve("b"), true))).isEqualTo(200);
    }

    @Test
    void whatNobodyGoesOnWithIsDeletedThoughNobodyElseComes() throws Exception {
        UploadsUnderWay underWay = new UploadsUnderWay(1, Duration.ofMillis(50), Clock.systemUTC());
        Path file = Files.createFile(dir.resolve("left"));

        underWay.enter(file, true);

        Instant end = Instant.now().plusSeconds(10);
        while (Files.exists(file) && Instant.now().isBefore(end)) {
            Thread.sleep(10);
        }
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> underWay.enter(file, false)).isInstanceOf(WireFailure.class);
    }
}
