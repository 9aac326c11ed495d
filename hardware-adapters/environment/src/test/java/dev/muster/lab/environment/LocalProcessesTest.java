package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.bytes;
import static dev.muster.lab.environment.Programs.exitOf;
import static dev.muster.lab.environment.Programs.isAlive;
import static dev.muster.lab.environment.Programs.refusalOf;
import static dev.muster.lab.environment.Programs.said;
import static dev.muster.lab.environment.Programs.soon;
import static dev.muster.lab.environment.Programs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.BoardProcesses.Running;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

@Timeout(60)
class LocalProcessesTest {

    private final Programs programs = new Programs(Programs.impatient());

    @AfterEach
    void close() {
        programs.close();
    }

    @Nested
    class Streams {

        @Test
        void whatGoesIntoCatComesOutInOrder() {
            Running cat = programs.sh("exec cat");
            byte[] sent = new byte[3_000_000];
            new Random(1).nextBytes(sent);

            CompletableFuture<byte[]> came = CompletableFuture.supplyAsync(() -> bytes(cat.output()));
            cat.input(Flux.range(0, 30).map(i -> java.util.Arrays.copyOfRange(sent, i * 100_000, (i + 1) * 100_000)));

            assertThat(soon(came)).isEqualTo(sent);
            assertThat(exitOf(cat)).isEqualTo(new Exit(0, null));
        }

        @Test
        void outputAndErrorsAreApart() {
            Running program = programs.sh("echo out; echo err >&2; echo more");

            assertThat(text(program.output())).isEqualTo("out\nmore\n");
            assertThat(text(program.errors())).isEqualTo("err\n");
        }

        @Test
        void theEndOfInputIsSeenByTheProgram() {
            Running counter = programs.sh("exec wc -c");

            counter.input(said("four", "five5"));

            assertThat(text(counter.output()).strip()).isEqualTo("9");
        }

        @Test
        void aProgramThatReadsNoMoreEndsItsInput() {
            Running program = programs.sh("exec 0<&-; sleep 0.3; echo done");
            CompletableFuture<Void> cancelled = new CompletableFuture<>();

            program.input(Flux.interval(Duration.ofMillis(5))
                    .map(i -> new byte[100])
                    .onBackpressureDrop()
                    .doOnCancel(() -> cancelled.complete(null)));

            soon(cancelled);
            assertThat(text(program.output())).isEqualTo("done\n");
            assertThat(exitOf(program).code()).isZero();
        }

        @Test
        void inputAfterTheEndIsJustNotTaken() {
            Running program = programs.sh("true");
            exitOf(program);
            CompletableFuture<Void> cancelled = new CompletableFuture<>();

            program.input(Flux.<byte[]>never().doOnCancel(() -> cancelled.complete(null)));

            soon(cancelled);
        }

        @Test
        void aSecondListenerIsRefused() {
            Running program = programs.sh("echo once");

            assertThat(text(program.output())).isEqualTo("once\n");
            assertThatThrownBy(() -> text(program.output())).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void whatWasSaidBeforeTheEndIsHeardAfterIt() {
            Running program = programs.sh("seq 1 5000");
            // It fits into the pipe, so the program ends before anybody listens.
            exitOf(program);

            assertThat(text(program.output()).lines()).hasSize(5000).last().isEqualTo("5000");
        }

        @Test
        void whatStaysBehindAndIsSilentDoesNotKeepTheOutputOpen() {
            Running program = programs.sh("sleep 30 & echo $!");

            String behind = text(program.output()).strip();

            assertThat(exitOf(program).code()).isZero();
            assertThat(isAlive(Long.parseLong(behind))).isTrue();
            program.end();
            await().until(() -> !isAlive(Long.parseLong(behind)));
        }

        @Test
        void whatStaysBehindAndFloodsIsReadOnlyAsAskedFor() {
            Running program = programs.sh("yes & sleep 0.2");
            exitOf(program);

            assertThat(bytes(program.output().take(10))).hasSizeLessThanOrEqualTo(10 * Outflow.PIECE_BYTES);
            program.end();
        }
    }

    @Nested
    class Ends {

        @Test
        void theExitCodeIsTold() {
            assertThat(exitOf(programs.sh("exit 3"))).isEqualTo(new Exit(3, null));
        }

        @Test
        void theSignalThatEndedItIsTold() {
            assertThat(exitOf(programs.sh("kill -SEGV $$"))).isEqualTo(new Exit(-1, "SEGV"));
        }

        @Test
        void aSignalReachesAGrandchild() {
            Running program = programs.sh("sh -c 'sleep 60 & echo $!; wait' & wait");
            long grandchild = Long.parseLong(firstLine(program));
            assertThat(isAlive(grandchild)).isTrue();

            program.signal("TERM");

            await().until(() -> !isAlive(grandchild));
            assertThat(exitOf(program)).isEqualTo(new Exit(-1, "TERM"));
        }

        @Test
        void aProgramThatHandlesInterruptsGetsThem() {
            Running program = programs.sh("trap 'echo caught; exit 7' INT; echo ready; while :; do sleep 0.05; done");
            StringBuilder heard = new StringBuilder();
            program.output().map(String::new).subscribe(heard::append);
            await().until(() -> heard.toString().contains("ready"));

            program.signal("INT");

            assertThat(exitOf(program)).isEqualTo(new Exit(7, null));
            await().until(() -> heard.toString().contains("caught"));
        }

        @Test
        void whatIgnoresTermIsKilledWithItsGroup() {
            Running program = programs.sh("trap '' TERM; (trap '' TERM; sleep 61) & echo $!; sleep 62; sleep 63");
            long child = Long.parseLong(firstLine(program));

            long begun = System.nanoTime();
            program.end();

            assertThat(exitOf(program)).isEqualTo(new Exit(-1, "KILL"));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(550));
            await().until(() -> !isAlive(child));
        }

        @Test
        void aChildThatOutlivesItsEndedParentIsKilledToo() {
            Running program = programs.sh("(trap '' TERM; sleep 64; sleep 65) & echo $!; wait");
            long child = Long.parseLong(firstLine(program));

            program.end();

            assertThat(exitOf(program)).isEqualTo(new Exit(-1, "TERM"));
            await().until(() -> !isAlive(child));
        }

        @Test
        void endingItTwiceOrAfterTheEndDoesNothing() {
            Running program = programs.sh("exit 4");
            exitOf(program);

            program.end();
            program.end();
            program.signal("KILL");

            assertThat(exitOf(program).code()).isEqualTo(4);
        }

        @Test
        void anEndAtOnceAfterTheStartWorks() {
            for (int i = 0; i < 20; i++) {
                Running program = programs.sh("sleep 66");
                program.signal("TERM");
                assertThat(exitOf(program).signal()).isEqualTo("TERM");
            }
        }

        @Test
        void otherSignalsAreRefused() {
            Running program = programs.sh("true");

            assertThatThrownBy(() -> program.signal("STOP")).isInstanceOf(Refused.class);
        }

        @Test
        void closingEndsWhatRuns() {
            Running program = programs.sh("echo $$; exec sleep 67");
            long number = Long.parseLong(firstLine(program));

            programs.close();

            assertThat(exitOf(program).signal()).isEqualTo("TERM");
            assertThat(isAlive(number)).isFalse();
            assertThat(refusalOf(programs.processes.start(List.of("true"), Map.of(), null, null))
                            .code())
                    .isEqualTo("lab.setup-failed");
        }

        private String firstLine(Running program) {
            StringBuilder heard = new StringBuilder();
            program.output().map(String::new).subscribe(heard::append);
            await().until(() -> heard.indexOf("\n") >= 0);
            return heard.substring(0, heard.indexOf("\n"));
        }
    }
}
