package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.store.EmbeddedStore;
import dev.muster.store.StoreSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineToolsTest {

    private static final int EVENTS = 100;

    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aStoppedStore() {
        try (EmbeddedStore store =
                EmbeddedStore.open(StoreSettings.at(dir.resolve("data/events")), Clock.systemUTC())) {
            for (int i = 0; i < EVENTS; i++) {
                store.append(List.of(CameBack.of("a", i)));
            }
        }
    }

    private int run(String... args) {
        return OfflineTools.run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    @Test
    void aBackUpHoldsEveryEventAlsoThoseOnlyInTheWriteAheadLog() {
        assertThat(run("backup", "--data=" + dir.resolve("data"), "--to=" + dir.resolve("copy")))
                .as(err.toString())
                .isZero();
        out.reset();
        assertThat(run("events", "verify", "--data=" + dir.resolve("copy"))).isZero();
        assertThat(out.toString()).contains(EVENTS + " events of 1 aggregates, 0 faults, through position 99");
    }

    @Test
    void anExportIsOneLineAnEvent() {
        assertThat(run("events", "export", "--data", dir.resolve("data").toString(), "--from", "90"))
                .isZero();
        assertThat(out.toString().lines().count()).isEqualTo(10);
        assertThat(out.toString()).contains("registry.DeviceCameBack");
    }

    @Test
    void aStoreInUseAMissingStoreAndAWrongWordAreToldInOneLine() {
        try (EmbeddedStore held = EmbeddedStore.open(StoreSettings.at(dir.resolve("data/events")), Clock.systemUTC())) {
            assertThat(run("events", "verify", "--data=" + dir.resolve("data"))).isEqualTo(1);
        }
        assertThat(run("backup", "--data=" + dir.resolve("nothing"), "--to=" + dir.resolve("c2")))
                .isEqualTo(1);
        assertThat(run("events", "burn", "--data=" + dir.resolve("data"))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.startsWith("muster: "));
    }
}
