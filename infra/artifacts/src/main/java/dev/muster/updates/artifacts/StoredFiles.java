package dev.muster.updates.artifacts;

import dev.muster.updates.ArtifactStore.StoredArtifact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The files of a store: {@code ab/ab12…} holds the content and {@code ab/ab12….json} its facts. The facts are in place
 * before the content is, so content that can be seen always has its facts. All of this blocks.
 */
final class StoredFiles {

    /** What is not in the name of the file. */
    record Facts(String sha1, String md5, long size, Instant storedAt) {
        Facts {
            Objects.requireNonNull(sha1, "sha1");
            Objects.requireNonNull(md5, "md5");
            Objects.requireNonNull(storedAt, "storedAt");
        }
    }

    private static final Logger log = LoggerFactory.getLogger(StoredFiles.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path root;
    private final Object[] locks = new Object[64];

    StoredFiles(Path root) {
        this.root = root;
        for (int i = 0; i < locks.length; i++) {
            locks[i] = new Object();
        }
    }

    /** Moves the file to its place, unless the same content is there already. */
    StoredArtifact add(Path file, Path factsFile, Digests digests, Instant now) throws IOException {
        synchronized (lock(digests.sha256())) {
            Optional<StoredArtifact> before = find(digests.sha256());
            if (before.isPresent()) {
                return before.get();
            }
            Path content = content(digests.sha256());
            Path folder = root.resolve(digests.sha256().substring(0, 2));
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                sync(root);
            }
            try {
                write(factsFile, JSON.writeValueAsBytes(new Facts(digests.sha1(), digests.md5(), digests.size(), now)));
                Files.move(factsFile, facts(digests.sha256()), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(factsFile);
            }
            Files.move(file, content, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            return new StoredArtifact(digests.sha256(), digests.sha1(), digests.md5(), digests.size(), now, content);
        }
    }

    /** Empty also when the content is not what its facts say, for then it must not be given to a device. */
    Optional<StoredArtifact> find(String sha256) throws IOException {
        Path content = content(sha256);
        try {
            long size = Files.size(content);
            @Nullable Facts facts = JSON.readValue(Files.readAllBytes(facts(sha256)), Facts.class);
            if (facts != null && facts.size() == size) {
                return Optional.of(
                        new StoredArtifact(sha256, facts.sha1(), facts.md5(), size, facts.storedAt(), content));
            }
            log.warn("artifact {} has {} bytes, which its facts {} do not say; it counts as gone", sha256, size, facts);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            log.warn("the facts of artifact {} cannot be read; it counts as gone", sha256, e);
        }
        return Optional.empty();
    }

    boolean delete(String sha256) throws IOException {
        synchronized (lock(sha256)) {
            boolean there = Files.deleteIfExists(content(sha256));
            Files.deleteIfExists(facts(sha256));
            if (there) {
                sync(root.resolve(sha256.substring(0, 2)));
            }
            return there;
        }
    }

    private Path content(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256);
    }

    private Path facts(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256 + ".json");
    }

    private Object lock(String sha256) {
        return locks[Integer.parseInt(sha256.substring(0, 2), 16) % locks.length];
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                out.write(rest);
            }
            out.force(true);
        }
    }

    /** A rename is only durable once its directory is. */
    private static void sync(Path folder) throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
