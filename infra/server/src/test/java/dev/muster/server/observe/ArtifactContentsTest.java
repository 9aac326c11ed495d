package dev.muster.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Ids;
import dev.muster.kernel.Refused;
import dev.muster.observe.ObserveRefusal;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.artifacts.DirectoryArtifactStore;
import dev.muster.updates.artifacts.DirectorySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Schedulers;

class ArtifactContentsTest {

    private static final String TEXT = "{\"title\":\"café\"}";

    @TempDir
    Path directory;

    private ArtifactStore artifacts;
    private ArtifactContents contents;

    @BeforeEach
    void aStore() {
        artifacts = new DirectoryArtifactStore(
                directory, DirectorySettings.defaults(), Clock.systemUTC(), Schedulers.boundedElastic());
        contents = new ArtifactContents(artifacts);
    }

    private String keep(String text) {
        return contents.keep(text.getBytes(UTF_8)).block();
    }

    private Path fileOf(String sha256) {
        return artifacts.find(sha256).block().path();
    }

    private void assertMissing(String sha256) {
        assertThatThrownBy(
                        () -> contents.read(sha256, TEXT.getBytes(UTF_8).length).block())
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.refusal().code())
                                .isEqualTo(ObserveRefusal.CONTENT_MISSING.code()));
    }

    @Test
    void whatIsKeptIsReadBackUnderItsDigest() {
        String sha256 = keep(TEXT);
        assertThat(sha256).isEqualTo(Ids.digest(TEXT));
        assertThat(contents.read(sha256, TEXT.getBytes(UTF_8).length).block()).isEqualTo(TEXT.getBytes(UTF_8));
    }

    @Test
    void megabytesComeBackWhole() {
        String large = "0123456789abcdef".repeat(200_000);
        assertThat(contents.read(keep(large), large.length()).block()).isEqualTo(large.getBytes(UTF_8));
    }

    @Test
    void whatIsThereIsNotWrittenAgain() throws IOException {
        String sha256 = keep(TEXT);
        FileTime longAgo = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(fileOf(sha256), longAgo);
        assertThat(keep(TEXT)).isEqualTo(sha256);
        assertThat(Files.getLastModifiedTime(fileOf(sha256))).isEqualTo(longAgo);
    }

    @Test
    void whatIsNotThereIsMissing() {
        assertMissing("0".repeat(64));
    }

    @Test
    void whatWasDamagedIsMissing() throws IOException {
        String sha256 = keep(TEXT);
        Path file = fileOf(sha256);
        file.toFile().setWritable(true);
        Files.writeString(file, TEXT.replace("title", "titel"));
        assertMissing(sha256);
    }
}
