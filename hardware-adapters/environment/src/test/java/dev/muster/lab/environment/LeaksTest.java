package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.exitOf;
import static dev.muster.lab.environment.Programs.openDescriptors;
import static dev.muster.lab.environment.Programs.said;
import static dev.muster.lab.environment.Programs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardProcesses.Running;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeaksTest {

    private final Programs programs = new Programs(Programs.impatient());

    @BeforeEach
    void useEachKindOnce() {
        assertThat(text(programs.sh("echo hi").output())).isEqualTo("hi\n");
        assertThat(text(programs.shOnTerminal("echo hi", 80, 24).output())).isEqualTo("hi\r\n");
        await().until(() -> programs.processes.running() == 0);
        // The errors of the first were left unheard.
        pause(600);
    }

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void twoHundredProgramsLeaveNothingBehind() {
        long before = openDescriptors();
        for (int i = 0; i < 200; i++) {
            Running program = programs.sh("cat; echo err >&2");
            program.input(said("x" + i));
            assertThat(text(program.output())).isEqualTo("x" + i);
            assertThat(text(program.errors())).isEqualTo("err\n");
            assertThat(exitOf(program).code()).isZero();
        }

        assertNothingBehind(before);
    }

    @Test
    void terminalsLeaveNothingBehind() {
        long before = openDescriptors();
        for (int i = 0; i < 60; i++) {
            Running program = programs.shOnTerminal("echo " + i, 80, 24);
            assertThat(text(program.output()).strip()).isEqualTo("" + i);
            assertThat(exitOf(program).code()).isZero();
        }

        assertNothingBehind(before);
    }

    @Test
    void programsThatNobodyListensToLeaveNothingBehind() {
        long before = openDescriptors();
        IntStream.range(0, 40).forEach(i -> programs.sh("echo unheard; echo unheard >&2"));
        IntStream.range(0, 10).forEach(i -> programs.shOnTerminal("echo unheard", 80, 24));

        assertNothingBehind(before);
    }

    @Test
    void cancelledAndEndedProgramsLeaveNothingBehind() {
        long before = openDescriptors();
        for (int i = 0; i < 40; i++) {
            Running program = programs.sh("yes");
            program.errors().subscribe();
            program.input(reactor.core.publisher.Flux.never());
            program.output().take(3).blockLast(Programs.SOON);
            if (i % 2 == 0) {
                program.end();
            }
            exitOf(program);
        }

        assertNothingBehind(before);
    }

    @Test
    void whatCannotBeStartedLeavesNothingBehind() {
        long before = openDescriptors();
        for (int i = 0; i < 50; i++) {
            Programs.refusalOf(programs.processes.start(java.util.List.of("/nowhere"), java.util.Map.of(), null, null));
        }

        assertNothingBehind(before);
    }

    private void assertNothingBehind(long before) {
        await().untilAsserted(() -> {
            assertThat(programs.processes.running()).isZero();
            assertThat(openDescriptors()).isLessThanOrEqualTo(before);
            assertThat(ProcessHandle.current().children()).isEmpty();
        });
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
