package dev.muster.updates;

import java.nio.ByteBuffer;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes one release of one bundle, for wires with uploads of their own: name, version and hardware are the bundle's. On
 * such a wire software of one version exists once for each hardware ({@link UpdatesRefusal#SOFTWARE_COLLIDES}), and every
 * file is a bundle: a plain one fails with {@link UpdatesRefusal#BUNDLE_INVALID}, a version nobody can compare with
 * {@link UpdatesRefusal#VERSION_INVALID}. The answer is the number of the software.
 */
public interface ReleaseIntake {

    /** A file's name as devices will see it. Fails with {@link UpdatesRefusal#FILE_NAME_INVALID}. */
    String fileName(String given);

    /** Stores the content while reading it. */
    Mono<Long> upload(Flux<ByteBuffer> content, String fileName, Map<String, String> provenance);

    /**
     * Reads what stays where it lies. Software from the same address gives way to it once it was read; while a rollout
     * gives that one, it is refused with {@link UpdatesRefusal#SOFTWARE_REFERENCED}.
     */
    Mono<Long> fetch(RemoteUrl url, Map<String, String> provenance);

    /**
     * Takes a release off the shelf, and its file out of the store unless another release has the same, or a device or a
     * rollout is still to get it.
     */
    Mono<Void> remove(ReleaseId release, Map<String, String> provenance);
}
