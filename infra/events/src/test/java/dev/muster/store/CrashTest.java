package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives {@code kill -9}; and this test would notice if it did not. */
class CrashTest {

    /** More of them in a long run: {@code -Dmuster.test.kills=100}. */
    private static final int KILLS = Integer.getInteger("muster.test.kills", 4);

    private static final int LEDGER_LINE_BYTES = 37;

    @TempDir
    Path dir;

    @Test
    void whatWasAcknowledgedIsThereAfterEachKill() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        long before = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            killMidLoad("sound", 2_000, random.nextInt(400));
            List<String> acknowledged = acknowledged();
            assertThat(acknowledged.size()).isGreaterThan((int) before);
            assertThat(lost(acknowledged))
                    .as("lost at kill %d, seed %d", kill, seed)
                    .isEmpty();
            before = acknowledged.size();
        }
        System.out.println(before + " acknowledged, 0 lost in " + KILLS + " kills");
    }

    @Test
    void theCheckerCatchesAStoreThatAcknowledgesBeforeItWrites() throws Exception {
        int lost = 0;
        for (int kill = 1; kill <= KILLS && lost == 0; kill++) {
            killMidLoad("acknowledge-first", 100, 35);
            lost = lost(acknowledged()).size();
        }
        assertThat(lost).isPositive();
    }

    private void killMidLoad(String order, int moreAcknowledged, int thenMillis) throws Exception {
        Path output = dir.resolve("victim.txt");
        long goal = ledgerBytes() + (long) moreAcknowledged * LEDGER_LINE_BYTES;
        Process victim = ChildJvm.start(CrashVictim.class, output, store().toString(), ledger().toString(), order);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> {
                        assertThat(victim.isAlive()).as(() -> text(output)).isTrue();
                        return ledgerBytes() >= goal;
                    });
            new CountDownLatch(1).await(thenMillis, TimeUnit.MILLISECONDS);
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor()).as("killed by signal 9").isEqualTo(137);
    }

    /** The acknowledged ids that the reopened store does not have; the store must be sound in any case. */
    private Set<String> lost(List<String> acknowledged) {
        Set<String> missing = new HashSet<>(acknowledged);
        try (EmbeddedStore store = Samples.open(store())) {
            List<String> faults = new ArrayList<>();
            assertThat(StoreVerifier.verify(store, faults::add).sound())
                    .as(() -> faults.toString())
                    .isTrue();
            for (long next = 0; next <= store.committed(); ) {
                List<StoredEvent> events = store.read(next, 1_000);
                events.forEach(event -> missing.remove(event.id()));
                next += events.size();
            }
        }
        return missing;
    }

    /** Whole lines only: the last one may have been cut by the kill. */
    private List<String> acknowledged() throws IOException {
        String text = Files.readString(ledger());
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> line.length() == LEDGER_LINE_BYTES - 1)
                .toList();
    }

    private long ledgerBytes() throws IOException {
        return Files.exists(ledger()) ? Files.size(ledger()) : 0;
    }

    private Path store() {
        return dir.resolve("events");
    }

    private Path ledger() {
        return dir.resolve("ledger.txt");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
