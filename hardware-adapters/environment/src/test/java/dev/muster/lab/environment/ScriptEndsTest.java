package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.isAlive;
import static dev.muster.lab.environment.Programs.refusalOf;
import static dev.muster.lab.environment.Programs.soon;
import static dev.muster.lab.environment.Scripts.board;
import static dev.muster.lab.environment.Scripts.reservation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refusal;
import dev.muster.lab.Environment;
import dev.muster.lab.LabConfiguration;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class ScriptEndsTest extends ScriptStory {

    @Nested
    class HowTheScriptEnds {

        @Test
        void withSixtyFiveTheRequestIsUnacceptable() {
            script("echo checking >&2; echo 'That key is no key.' >&2; echo >&2; exit 65");

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.unacceptable");
            assertThat(refusal.message()).isEqualTo("That key is no key.");
            assertThat(refusal.details()).containsEntry("temporary", false).containsEntry("exit", 65);
        }

        @Test
        void withSeventyFiveAnotherBoardMayDo() {
            script("echo no address left >&2; exit 75");

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.setup-failed");
            assertThat(refusal.message()).isEqualTo("no address left");
            assertThat(refusal.details()).containsEntry("temporary", true);
        }

        @Test
        void withAnythingElseItFailed() {
            script("exit 1");

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.setup-failed");
            assertThat(refusal.message()).isEqualTo("The setup script ended with 1.");
            assertThat(refusal.details()).containsEntry("temporary", false).containsEntry("exit", 1);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 65, 75})
        void onReleaseEachFailureIsOne(int code) {
            script("echo stuck >&2; exit " + code);

            Refusal refusal = refusalOf(runner().release(board("b"), reservation(), Environment.NONE, ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.release-failed");
            assertThat(refusal.message()).isEqualTo("stuck");
        }

        @Test
        void bySignalItFailed() {
            script("kill -KILL $$");

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.setup-failed");
            assertThat(refusal.details()).containsEntry("signal", "KILL");
        }

        @Test
        void tooLateItIsEndedWithAllItStarted() throws Exception {
            settings = hasty();
            script("sleep 50 & echo $! > child; echo making the jail >&2; sleep 51");

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.details()).containsEntry("reason", "time-limit");
            assertThat(refusal.message()).contains("making the jail");
            assertThatChildIsGone();
        }

        @Test
        void tooLateAndDeafItIsKilled() throws Exception {
            settings = hasty();
            script("trap '' TERM; sleep 52 & echo $! > child; sleep 53; sleep 54");
            long begun = System.nanoTime();

            Refusal refusal = refusalOf(runner().release(board("b"), reservation(), Environment.NONE, ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.release-failed");
            assertThat(refusal.details()).containsEntry("reason", "time-limit");
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .isBetween(Duration.ofMillis(1600), Duration.ofSeconds(8));
            assertThatChildIsGone();
        }

        @Test
        void tooLateIsAFailureEvenIfItThenSaysThatAllIsWell() {
            settings = hasty();
            script("trap 'exit 0' TERM; while :; do sleep 0.1; done");

            assertThat(refusalOf(runner().reserve(board("b"), reservation(), ran -> {}))
                            .details())
                    .containsEntry("reason", "time-limit");
        }

        @Test
        void whatItSaysToPeopleCannotSteerTheirTerminals() {
            script("head -c 300000 /dev/zero | tr '\\0' x >&2; printf '\\n\\033[31mred\\007 alert\\r\\n' >&2; exit 1");

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.message()).isEqualTo("\uFFFD[31mred\uFFFD alert");
        }

        @Test
        void thatIsNoneCannotBeStarted() {
            configuration.set(new LabConfiguration("/nowhere/board_script", Map.of(), List.of(), Map.of()));

            Refusal onReserve = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));
            Refusal onRelease = refusalOf(runner().release(board("b"), null, Environment.NONE, ran -> {}));

            assertThat(onReserve.code()).isEqualTo("lab.setup-failed");
            assertThat(onReserve.details()).containsEntry("reason", "not-started");
            assertThat(onRelease.code()).isEqualTo("lab.release-failed");
        }

        private ScriptSettings hasty() {
            return settings.with(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
        }

        private void assertThatChildIsGone() throws Exception {
            long child =
                    Long.parseLong(Files.readString(directory.resolve("child")).strip());
            await().until(() -> !isAlive(child));
        }
    }

    @Nested
    class Turns {

        @Test
        void withoutAScriptAllSucceedsWithNothing() {
            assertThat(soon(runner().reserve(board("b"), reservation(), ran -> {})))
                    .isEqualTo(Environment.NONE);
            soon(runner().release(board("b"), reservation(), Environment.NONE, ran -> {}));
        }

        @Test
        void forOneBoardTheyNeverOverlapAndKeepTheirOrder() throws Exception {
            script("mkdir lock.$2 || exit 9; echo $1 >> order; sleep 0.3; rmdir lock.$2");
            ScriptRunner runner = runner();

            CompletableFuture<?> first = runner.reserve(board("b"), reservation(), ran -> {});
            CompletableFuture<?> second = runner.release(board("b"), reservation(), Environment.NONE, ran -> {});
            CompletableFuture<?> third = runner.reserve(board("b"), reservation(), ran -> {});

            soon(CompletableFuture.allOf(first, second, third));
            assertThat(Files.readAllLines(directory.resolve("order"))).containsExactly("reserve", "release", "reserve");
        }

        @Test
        void forDifferentBoardsTheyRunSideBySideUpToTheBound() throws Exception {
            script("echo $2 > running.$2; n=$(ls running.* | wc -l); echo $n >> seen; sleep 0.6; rm running.$2");
            ScriptRunner runner = runner();

            soon(CompletableFuture.allOf(
                    runner.reserve(board("a"), reservation(), ran -> {}),
                    runner.reserve(board("b"), reservation(), ran -> {}),
                    runner.reserve(board("c"), reservation(), ran -> {}),
                    runner.reserve(board("d"), reservation(), ran -> {})));

            assertThat(Files.readAllLines(directory.resolve("seen")))
                    .contains("2")
                    .doesNotContain("3", "4");
        }

        @Test
        void tooManyForOneBoardAreRefused() {
            script("sleep 1");
            ScriptRunner runner = runner();
            List<CompletableFuture<Environment>> all = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(i -> runner.reserve(board("b"), reservation(), ran -> {}))
                    .toList();

            assertThat(refusalOf(all.getLast()).code()).isEqualTo("lab.too-many");
            soon(all.getFirst());
        }

        @Test
        void theScriptInForceIsTheOneThatRuns() {
            script("echo '{\"attrs\":{\"v\":1}}'");
            ScriptRunner runner = runner();
            assertThat(soon(runner.reserve(board("b"), reservation(), ran -> {}))
                            .attrs())
                    .containsEntry("v", 1);

            configuration.set(LabConfiguration.EMPTY);

            assertThat(soon(runner.reserve(board("b"), reservation(), ran -> {})))
                    .isEqualTo(Environment.NONE);
        }
    }
}
