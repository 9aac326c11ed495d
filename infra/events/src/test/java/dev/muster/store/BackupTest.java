package dev.muster.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    @TempDir
    Path dir;

    @Test
    void aBackupMadeUnderLoadRestoresToItsPosition() throws Exception {
        Path target = dir.resolve("backup");
        AtomicBoolean stop = new AtomicBoolean();
        long position;
        List<String> ids;
        String storeId;
        try (EmbeddedStore store = Samples.open(dir.resolve("events"));
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            storeId = store.facts().storeId();
            new Vault(store).put("person/1", "Ada".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 8; i++) {
                String aggregate = "w" + i;
                threads.submit(() -> {
                    for (long sequence = 0; !stop.get(); sequence++) {
                        store.append(List.of(Samples.event(aggregate, sequence)));
                    }
                });
            }
            await().until(() -> store.committed() > 2_000);
            position = store.backup(target);
            long then = store.committed();
            await().until(() -> store.committed() > then + 500);
            stop.set(true);
            ids = store.read(0, (int) position + 1).stream()
                    .map(StoredEvent::id)
                    .toList();
        }

        Path restored = dir.resolve("restored");
        copy(target, restored);
        try (EmbeddedStore store = Samples.open(restored)) {
            assertThat(store.committed()).isGreaterThanOrEqualTo(position);
            assertThat(store.read(0, (int) position + 1))
                    .extracting(StoredEvent::id)
                    .isEqualTo(ids);
            List<String> faults = new ArrayList<>();
            assertThat(StoreVerifier.verify(store, faults::add).sound())
                    .as(faults.toString())
                    .isTrue();
            assertThat(store.facts().storeId()).isEqualTo(storeId);
            assertThat(new Vault(store).get("person/1")).hasValue("Ada".getBytes(StandardCharsets.UTF_8));
            Samples.fill(store, "after", 0, 10);
        }
    }

    @Test
    void aBackupNeverOverwritesAnything() throws Exception {
        Path target = Files.createDirectory(dir.resolve("there"));
        try (EmbeddedStore store = Samples.open(dir.resolve("events"))) {
            StoreFault fault = catchThrowableOfType(StoreFault.class, () -> store.backup(target));
            assertThat(fault).hasMessageContaining("exists already");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
