package dev.muster.updates.goosebit;

import dev.muster.updates.ArtifactStore;
import dev.muster.updates.SoftwareModule.Artifact;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;

/**
 * Whether a software's file is still there, for every poll that offers one: what is lost is not offered (contract §2.8).
 * A store may be far away, so it is asked once in a while and by one poll for all.
 */
final class StoredFiles {

    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final Duration WAIT_MAX = Duration.ofSeconds(2);
    private static final int REMEMBERED_MAX = 10_000;

    private final ArtifactStore store;
    private final ConcurrentHashMap<String, Mono<Boolean>> looks = new ConcurrentHashMap<>();

    StoredFiles(ArtifactStore store) {
        this.store = store;
    }

    /** As the store says now. What lies elsewhere is not looked for. */
    Mono<Boolean> isThere(Artifact file) {
        return file.url() != null
                ? Mono.just(true)
                : store.find(file.sha256()).hasElement().doOnNext(there -> looks.remove(file.sha256()));
    }

    /** As the store said at most some seconds ago; of a store that does not answer nothing is known against a file. */
    Mono<Boolean> wasThere(Artifact file) {
        if (file.url() != null) {
            return Mono.just(true);
        }
        if (looks.size() > REMEMBERED_MAX) {
            looks.clear();
        }
        return looks.computeIfAbsent(file.sha256(), this::look);
    }

    private Mono<Boolean> look(String sha256) {
        return store.find(sha256)
                .hasElement()
                .timeout(WAIT_MAX)
                .onErrorReturn(true)
                .cache(REMEMBERED);
    }
}
