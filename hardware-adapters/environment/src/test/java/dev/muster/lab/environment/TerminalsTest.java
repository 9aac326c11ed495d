package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.exitOf;
import static dev.muster.lab.environment.Programs.refusalOf;
import static dev.muster.lab.environment.Programs.said;
import static dev.muster.lab.environment.Programs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.BoardProcesses.Running;
import dev.muster.lab.BoardProcesses.Terminal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TerminalsTest {

    private final Programs programs = new Programs(Programs.impatient());

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void aTerminalHasTheSizeAndTypeThatWereAskedFor() {
        Running program = programs.shOnTerminal("stty size; tty >/dev/null && echo $TERM", 97, 31);

        assertThat(text(program.output()).lines()).containsExactly("31 97", "xterm");
        assertThat(exitOf(program)).isEqualTo(new Exit(0, null));
    }

    @Test
    void aNewSizeIsSeenAndSignalled() {
        Running program = programs.shOnTerminal(
                "trap 'stty size; exit 0' WINCH; echo ready; while :; do sleep 0.05; done", 80, 24);
        StringBuilder heard = listen(program);
        await().until(() -> heard.indexOf("ready") >= 0);

        program.resize(132, 50);

        assertThat(exitOf(program).code()).isZero();
        await().untilAsserted(() -> assertThat(heard.toString()).contains("50 132"));
        program.resize(10, 10);
    }

    @Test
    void errorsComeWithTheOutput() {
        Running program = programs.shOnTerminal("echo out; echo err >&2", 80, 24);

        assertThat(text(program.output()).lines()).containsExactly("out", "err");
        assertThat(text(program.errors())).isEmpty();
    }

    @Test
    void whoeverLooksAtOnceSeesTheSizeToo() {
        for (int i = 0; i < 50; i++) {
            Running program = programs.onTerminal(80, 24, "stty", "size");

            assertThat(text(program.output()).strip()).isEqualTo("24 80");
        }
    }

    @Test
    void theEndOfInputEndsAProgramThatReadsLines() {
        Running program = programs.shOnTerminal("stty -echo; echo ready; cat; echo over", 80, 24);
        StringBuilder heard = listen(program);
        await().until(() -> heard.indexOf("ready") >= 0);

        program.input(said("one\n", "no end of line"));

        assertThat(exitOf(program).code()).isZero();
        await().untilAsserted(() ->
                assertThat(heard.toString().lines()).containsExactly("ready", "one", "no end of lineover"));
    }

    @Test
    void interruptsTypedAndSentBothArrive() {
        Running typed = programs.shOnTerminal("echo ready; exec sleep 60", 80, 24);
        StringBuilder heard = listen(typed);
        await().until(() -> heard.indexOf("ready") >= 0);
        typed.input(said("\u0003").concatWith(reactor.core.publisher.Flux.never()));
        assertThat(exitOf(typed)).isEqualTo(new Exit(-1, "INT"));

        Running sent = programs.shOnTerminal("echo ready; exec sleep 60", 80, 24);
        StringBuilder heardToo = listen(sent);
        await().until(() -> heardToo.indexOf("ready") >= 0);
        sent.signal("INT");
        assertThat(exitOf(sent)).isEqualTo(new Exit(-1, "INT"));
    }

    /** Between its fork and its exec the JVM's own handlers would take the signal, and nobody would hear of it. */
    @Test
    void aSignalInTheMomentOfTheStartArrives() {
        for (int i = 0; i < 60; i++) {
            String signal = i % 2 == 0 ? "INT" : "TERM";
            Running program = programs.onTerminal(80, 24, "sleep", "60");

            program.signal(signal);

            assertThat(exitOf(program)).isEqualTo(new Exit(-1, signal));
        }
    }

    @Test
    void allThatWasSaidIsHeardAfterTheEnd() {
        Running program = programs.shOnTerminal("seq 1 20000", 80, 24);

        assertThat(text(program.output()).lines()).hasSize(20_000).last().isEqualTo("20000");
        assertThat(exitOf(program).code()).isZero();
    }

    @Test
    void endingItKillsWhatIgnoresTheHangUp() {
        Running program = programs.shOnTerminal("trap '' TERM HUP; echo ready; while :; do sleep 1; done", 80, 24);
        StringBuilder heard = listen(program);
        await().until(() -> heard.indexOf("ready") >= 0);

        program.end();

        assertThat(exitOf(program)).isEqualTo(new Exit(-1, "KILL"));
    }

    @Test
    void aTypeThatIsNoneAndAProgramThatIsNoneAreRefused() {
        assertThat(refusalOf(programs.processes.start(List.of("true"), Map.of(), null, new Terminal("x/../y", 80, 24)))
                        .code())
                .isEqualTo("lab.bad-value");
        assertThat(refusalOf(programs.processes.start(
                                List.of("/nowhere/prog"), Map.of(), null, new Terminal("xterm", 80, 24)))
                        .code())
                .isEqualTo("lab.setup-failed");
    }

    private static StringBuilder listen(Running program) {
        StringBuilder heard = new StringBuilder();
        program.output().map(String::new).subscribe(heard::append);
        return heard;
    }
}
