package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.soon;
import static dev.muster.lab.environment.Scripts.board;
import static dev.muster.lab.environment.Scripts.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.Environment;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.ScriptOutcome;
import dev.muster.lab.ScriptRan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a run (contract §6) to who keeps account: once, before its caller is answered. */
@Timeout(60)
class ScriptRanTest extends ScriptStory {

    private final List<ScriptRan> told = new CopyOnWriteArrayList<>();

    private ScriptRan onlyTold(CompletableFuture<?> call) {
        boolean early = soon(call.handle((made, failed) -> !told.isEmpty()));
        assertThat(early).as("told before the caller is answered").isTrue();
        assertThat(told).hasSize(1);
        return told.getFirst();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo '{}'                              | DONE",
                "exit 65                                | UNACCEPTABLE",
                "exit 75                                | TEMPORARY",
                "exit 1                                 | FAILED",
                "kill -KILL $$                          | FAILED",
                "echo '{\"attrs\":'                     | FAILED",
                "head -c 2000000 /dev/zero              | FAILED",
                "sleep 50                               | TIMED_OUT"
            })
    void eachEndOnReserveIsTold(String shell, ScriptOutcome outcome) {
        settings = settings.with(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
        script("echo first >&2; echo last >&2; " + shell);

        ScriptRan ran = onlyTold(runner().reserve(board("b"), reservation(), told::add));

        assertThat(ran.outcome()).isEqualTo(outcome);
        assertThat(ran.words()).isEqualTo("first\nlast");
        assertThat(ran.millis()).isBetween(outcome == ScriptOutcome.TIMED_OUT ? 1000L : 0L, 20_000L);
    }

    /** Nobody's request is unacceptable on release: it has to work. */
    @ParameterizedTest
    @CsvSource({"0, DONE", "65, FAILED", "75, TEMPORARY", "1, FAILED"})
    void eachEndOnReleaseIsTold(int code, ScriptOutcome outcome) {
        script("exit " + code);

        ScriptRan ran = onlyTold(runner().release(board("b"), null, Environment.NONE, told::add));

        assertThat(ran.outcome()).isEqualTo(outcome);
        assertThat(ran.words()).isEmpty();
    }

    @Test
    void ofManyWordsTheNewestAreTold() {
        script("head -c 300000 /dev/zero | tr '\\0' x >&2; printf '\\nand \\033[31mred\\n' >&2; exit 1");

        ScriptRan ran = onlyTold(runner().reserve(board("b"), reservation(), told::add));

        assertThat(ran.words()).startsWith("xxx").endsWith("\nand \uFFFD[31mred");
        assertThat(ran.words().getBytes(StandardCharsets.UTF_8).length).isBetween(65_000, 65_600);
    }

    @Test
    void ofNoRunNothingIsTold() {
        soon(runner().reserve(board("b"), reservation(), told::add));
        configuration.set(new LabConfiguration("/nowhere/board_script", Map.of(), List.of(), Map.of()));
        soon(runner().reserve(board("b"), reservation(), told::add).handle((made, failed) -> true));
        assertThat(told).isEmpty();
    }
}
