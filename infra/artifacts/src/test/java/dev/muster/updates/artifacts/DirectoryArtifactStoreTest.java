package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.muster.kernel.Refused;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.ArtifactStore.StoredArtifact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DirectoryArtifactStoreTest extends ArtifactStoreContract {

    private Path root() {
        return folder.resolve("artifacts");
    }

    @Override
    ArtifactStore open(Clock clock) {
        return new DirectoryArtifactStore(root(), DirectorySettings.defaults(), clock, scheduler);
    }

    @Override
    List<String> everythingThere() throws IOException {
        return filesBelow(root());
    }

    @Override
    List<String> uploadsUnderWay() throws IOException {
        return filesBelow(root().resolve("tmp"));
    }

    @Override
    int partsOfAnArtifact() {
        return 2;
    }

    @Override
    int openHandles() throws IOException {
        List<Path> open = new ArrayList<>();
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            for (Path handle : handles.toList()) {
                try {
                    open.add(Files.readSymbolicLink(handle));
                } catch (IOException e) {
                    // That one was closed meanwhile.
                }
            }
        }
        return (int) open.stream().filter(path -> path.startsWith(root())).count();
    }

    private static List<String> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void contentLiesUnderItsDigestWithItsFactsBeside() throws IOException {
        Content content = Content.random(100, 1);
        StoredArtifact artifact = stored(content);
        String place = content.sha256().substring(0, 2) + "/" + content.sha256();
        assertThat(everythingThere()).containsExactly(place, place + ".json");
        assertThat(artifact.path()).isEqualTo(root().resolve(place)).hasBinaryContent(content.bytes());
        assertThat(root().resolve(place + ".json"))
                .content()
                .contains(content.digest("SHA-1"), content.digest("MD5"), "2026-05-04T12:00:00Z");
    }

    @Test
    void leftoversOfAnEarlierRunAreCleared() throws IOException {
        Files.writeString(root().resolve("tmp/leftover"), "x");
        open(Clock.systemUTC());
        assertThat(everythingThere()).isEmpty();
    }

    @Test
    void aDiskWithoutRoomToSpareRefusesAndKeepsNothing() throws IOException {
        ArtifactStore full =
                new DirectoryArtifactStore(root(), new DirectorySettings(Long.MAX_VALUE), Clock.systemUTC(), scheduler);
        assertThatThrownBy(() -> full.store(Content.random(10, 1).flux(), 100).block(SOON))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo("updates.artifact-store-full"));
        assertThat(everythingThere()).isEmpty();
    }

    @Test
    void aDiskThatIsFullInTheMiddleIsTheSameRefusal() throws IOException {
        Path device = Path.of("/dev/full");
        assumeThat(device).exists();
        IOException fault = catchThrowableOfType(IOException.class, () -> {
            try (var out = Files.newByteChannel(device, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.allocate(1));
            }
        });
        assertThat(StoreFaults.explained(fault))
                .isInstanceOfSatisfying(
                        Refused.class, e -> assertThat(e.refusal().code()).isEqualTo("updates.artifact-store-full"));
        assertThat(StoreFaults.explained(new IOException("Input/output error"))).isInstanceOf(IOException.class);
    }

    @Test
    void otherTroubleWithFilesComesThroughAsItIs() throws IOException {
        Files.delete(root().resolve("tmp"));
        assertThatThrownBy(() -> stored(Content.random(10, 1))).hasRootCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void contentWithoutFactsOrOfAnotherSizeCountsAsGoneUntilItIsStoredAgain() throws IOException {
        Content content = Content.random(1000, 2);
        StoredArtifact artifact = stored(content);
        Path facts = Path.of(artifact.path() + ".json");
        for (Break damage : List.<Break>of(
                () -> Files.delete(facts),
                () -> Files.writeString(facts, "{"),
                () -> Files.writeString(facts, "null"),
                () -> Files.writeString(facts, "{}"),
                () -> Files.write(artifact.path(), new byte[999]),
                () -> Files.delete(artifact.path()))) {
            damage.happens();
            assertThat(store.find(content.sha256()).blockOptional(SOON)).isEmpty();
            assertThatThrownBy(() -> store.read(content.sha256(), 0, 1).blockLast(SOON))
                    .isInstanceOf(Refused.class);
            assertThat(stored(content)).isEqualTo(artifact);
            assertThat(Content.joined(store.read(content.sha256(), 0, 1000))).isEqualTo(content.bytes());
        }
    }

    private interface Break {
        void happens() throws IOException;
    }

    @Test
    void whoReadsWhileItIsDeletedReadsToTheEnd() {
        Content content = Content.random(1_000_000, 3);
        stored(content);
        byte[] read = Content.joined(store.read(content.sha256(), 0, 1_000_000)
                .concatMap(piece -> store.delete(content.sha256()).thenReturn(piece), 1));
        assertThat(read).isEqualTo(content.bytes());
    }

    @Test
    void settingsMustMakeSense() {
        assertThatThrownBy(() -> new DirectorySettings(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
