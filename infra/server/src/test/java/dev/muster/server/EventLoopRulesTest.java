package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.store.EmbeddedStore;
import dev.muster.store.StoreSettings;
import dev.muster.testing.NoBlocking;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class EventLoopRulesTest {

    @TempDir
    Path dir;

    @Test
    void whoReadsTheStoreWhereNobodyMayWaitIsCaught() {
        try (EmbeddedStore store = EmbeddedStore.open(StoreSettings.at(dir), Clock.systemUTC())) {
            store.append(List.of(CameBack.of("a", 0)));
            assertThat(NoBlocking.found()).as("here one may wait").isEmpty();
            Mono.fromCallable(() -> store.read(0, 1))
                    .subscribeOn(Schedulers.parallel())
                    .block();
        }
        assertThat(NoBlocking.found())
                .isNotEmpty()
                .extracting(BlockingOperationError::getMessage)
                .allSatisfy(found -> assertThat(found).contains("dev.muster.store.Database"));
    }
}
