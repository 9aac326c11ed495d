package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.exitOf;
import static dev.muster.lab.environment.Programs.refusalOf;
import static dev.muster.lab.environment.Programs.soon;
import static dev.muster.lab.environment.Programs.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardProcesses.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramStartsTest {

    @TempDir
    Path directory;

    private final Programs programs = new Programs(Programs.impatient());

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void onlyWhatIsGivenStandsInTheEnvironment() {
        Running program = soon(
                programs.processes.start(List.of("env"), Map.of("COLOUR", "green", "LANG", "de_DE.UTF-8"), null, null));

        assertThat(text(program.output()).lines())
                .containsExactlyInAnyOrder(
                        "PATH=" + ProcessSettings.DEFAULTS.path(), "LANG=de_DE.UTF-8", "COLOUR=green");
    }

    @Test
    void wordsAreNeverReadByAShell() {
        Running program = soon(programs.processes.start(
                List.of("printf", "%s|", "a b", "$HOME", "`id`", "-n", ""), Map.of(), null, null));

        assertThat(text(program.output())).isEqualTo("a b|$HOME|`id`|-n||");
    }

    @Test
    void theDirectoryIsWhereItIsWanted() {
        Running program = soon(programs.processes.start(List.of("pwd"), Map.of(), directory.toString(), null));

        assertThat(text(program.output()).strip()).isEqualTo(directory.toString());
    }

    @Test
    void eachLeadsASessionOfItsOwn() throws Exception {
        Running program = programs.sh("echo $$; cat /proc/$$/stat");

        String[] lines = text(program.output()).split("\n");

        String[] stat = lines[1].substring(lines[1].lastIndexOf(')') + 2).split(" ");
        assertThat(stat[2]).as("group").isEqualTo(lines[0]);
        assertThat(stat[3]).as("session").isEqualTo(lines[0]);
    }

    @Test
    void theGroupIsMadeByTheTimeTheStartIsTold() {
        for (int i = 0; i < 30; i++) {
            LocalProcess program = (LocalProcess) programs.sh("sleep 60");

            assertThat(LibC.kill(Math.toIntExact(-program.number()), 0)).isZero();

            program.end();
        }
    }

    @Test
    void noDescriptorOfTheServerIsHandedOn() {
        Running program = programs.sh("ls /proc/$$/fd; :");

        // The shell itself may hold one more for its script.
        assertThat(text(program.output()).lines()).startsWith("0", "1", "2").hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void whatIsMissingOrNoProgramIsRefused() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "hello");

        for (List<String> argv : List.of(
                List.<String>of(),
                List.of(""),
                List.of("there-is-no-such-program"),
                List.of("/nowhere/prog"),
                List.of(text.toString()),
                List.of(directory.toString()),
                List.of("nul\0character"))) {
            assertThat(refusalOf(programs.processes.start(argv, Map.of(), null, null))
                            .code())
                    .as("%s", argv)
                    .isEqualTo("lab.setup-failed");
        }
        assertThat(refusalOf(programs.processes.start(List.of("true"), Map.of(), "/nowhere", null))
                        .message())
                .contains("/nowhere");
    }

    @Test
    void variablesThatLoadersAndShellsObeyAreRefused() {
        for (String name : List.of("LD_PRELOAD", "LD_LIBRARY_PATH", "PATH", "BASH_ENV", "A=B", "", "A B")) {
            assertThat(refusalOf(programs.processes.start(List.of("true"), Map.of(name, "x"), null, null))
                            .code())
                    .as(name)
                    .isEqualTo("lab.bad-value");
        }
    }

    @Test
    void noMoreRunAtOnceThanAllowed() {
        try (Programs few = new Programs(new ProcessSettings(
                ProcessSettings.DEFAULTS.path(),
                2,
                Duration.ofSeconds(1),
                Duration.ofMillis(300),
                Duration.ofMillis(300)))) {
            Running first = few.sh("sleep 68");
            Running second = few.sh("sleep 69");

            assertThat(refusalOf(few.processes.start(List.of("true"), Map.of(), null, null))
                            .code())
                    .isEqualTo("lab.too-many");

            first.end();
            exitOf(first);
            await().untilAsserted(
                            () -> assertThat(exitOf(few.sh("exit 5")).code()).isEqualTo(5));
            second.end();
        }
    }
}
