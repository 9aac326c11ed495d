package dev.muster.server.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Ids;
import dev.muster.lab.ScriptWords;
import dev.muster.updates.ArtifactStore;
import dev.muster.updates.artifacts.DirectoryArtifactStore;
import dev.muster.updates.artifacts.DirectorySettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class ArtifactScriptWordsTest {

    @TempDir
    Path directory;

    private ArtifactStore texts;
    private ScriptWords words;

    @BeforeEach
    void aStore() {
        texts = new DirectoryArtifactStore(
                directory, DirectorySettings.defaults(), Clock.systemUTC(), Schedulers.boundedElastic());
        words = new ArtifactScriptWords(texts);
    }

    private static <T> T soon(CompletableFuture<T> work) throws Exception {
        return work.get(20, TimeUnit.SECONDS);
    }

    private Optional<String> keptOf(String said) throws Exception {
        return soon(words.read(soon(words.keep(said))));
    }

    @Test
    void whatIsKeptIsReadBackByItsDigest() throws Exception {
        String digest = soon(words.keep("café\nläuft"));
        assertThat(digest).isEqualTo(Ids.digest("café\nläuft"));
        assertThat(soon(words.read(digest))).contains("café\nläuft");
        assertThat(soon(words.keep("café\nläuft"))).isEqualTo(digest);
    }

    @Test
    void ofMoreTheEndIsKept() throws Exception {
        String exactly = "x".repeat(ScriptWords.BYTES_MAX);
        assertThat(keptOf(exactly)).contains(exactly);
        assertThat(keptOf("first line\n" + exactly + "last")).hasValueSatisfying(kept -> assertThat(kept)
                .hasSize(ScriptWords.BYTES_MAX)
                .doesNotContain("first")
                .endsWith("xlast"));
    }

    /** Four bytes each, and one before them: the limit is in the middle of one. */
    @Test
    void nothingBeginsInTheMiddleOfACharacter() throws Exception {
        String many = "😀".repeat(ScriptWords.BYTES_MAX / 4);
        assertThat(keptOf("😀" + many + "!")).hasValueSatisfying(kept -> {
            assertThat(kept).startsWith("😀").endsWith("😀!").doesNotContain("\uFFFD");
            assertThat(kept.getBytes(UTF_8).length).isEqualTo(ScriptWords.BYTES_MAX - 3);
        });
    }

    @Test
    void whatWasNeverKeptIsNotRead() throws Exception {
        assertThat(soon(words.read("ab".repeat(32)))).isEmpty();
        assertThat(soon(words.read("../../secret"))).isEmpty();
        byte[] large = new byte[ScriptWords.BYTES_MAX + 1];
        String other = texts.store(Flux.just(ByteBuffer.wrap(large)), large.length)
                .block()
                .sha256();
        assertThat(soon(words.read(other))).as("no script's words are as long").isEmpty();
    }

    /** Whoever has to may remove files; history goes on without them. */
    @Test
    void whatWasRemovedIsNotRead() throws Exception {
        String digest = soon(words.keep("a password"));
        texts.delete(digest).block();
        assertThat(soon(words.read(digest))).isEmpty();
    }
}
