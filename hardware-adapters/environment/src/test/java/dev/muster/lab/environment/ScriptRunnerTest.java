package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.isAlive;
import static dev.muster.lab.environment.Programs.refusalOf;
import static dev.muster.lab.environment.Programs.soon;
import static dev.muster.lab.environment.Scripts.board;
import static dev.muster.lab.environment.Scripts.reservation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Refusal;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.Environment;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(90)
class ScriptRunnerTest extends ScriptStory {

    @Nested
    class WhatTheScriptIsTold {

        @Test
        void wordsEnvironmentAndDirectory() throws Exception {
            script("for each in \"$0\" \"$@\"; do echo \"$each\"; done > told; pwd >> told; env | sort > env");

            soon(runner().reserve(board("a64lts-1"), reservation(), ran -> {}));

            assertThat(Files.readAllLines(directory.resolve("told")))
                    .containsExactly(
                            directory.resolve("board_script").toString(),
                            "reserve",
                            "a64lts-1",
                            "jmg",
                            directory.toString());
            assertThat(Files.readAllLines(directory.resolve("env")))
                    .filteredOn(line -> !line.startsWith("PWD=") && !line.startsWith("OLDPWD="))
                    .containsExactlyInAnyOrder(
                            "BITELAB_ACTION=reserve",
                            "BITELAB_BOARD=a64lts-1",
                            "BITELAB_CLASS=pine64-a64-lts",
                            "BITELAB_RESERVATION=" + Scripts.RESERVATION,
                            "BITELAB_USER=jmg",
                            "LANG=C.UTF-8",
                            "PATH=" + ProcessSettings.DEFAULTS.path());
        }

        @Test
        void aDocumentWithoutSecrets() throws Exception {
            script("cat > document");
            BoardDefinition board = board(
                    "a64lts-1",
                    new BoardOption("etheriface", Map.of("val", "awg0.103")),
                    new BoardOption(
                            "snmppower",
                            Map.of(
                                    "host", "poe",
                                    "port", 3L,
                                    "verify", true,
                                    "community", "hush",
                                    "read_community", "hush",
                                    "auth_pass", "hush",
                                    "priv_pass", "hush",
                                    "api_key", "hush")));

            soon(runner().reserve(board, reservation(), ran -> {}));

            assertThat(JsonMapper.shared().readTree(Files.readString(directory.resolve("document"))))
                    .isEqualTo(JsonMapper.shared().readTree("""
                            {"version":1,"action":"reserve","reservation":"%s","user":"jmg",
                             "sshpubkeys":["ssh-ed25519 AAAA jmg"],
                             "board":{"name":"a64lts-1","brdclass":"pine64-a64-lts",
                                      "class":{"arch":"arm64-aarch64"},
                                      "options":[{"cls":"etheriface","val":"awg0.103"},
                                                 {"cls":"snmppower","host":"poe","port":3,"verify":true}]},
                             "state":{}}""".formatted(Scripts.RESERVATION)));
        }

        @Test
        void theStateComesBackOnRelease() throws Exception {
            script("""
                    case $1 in
                      reserve) echo '{"state":{"jail":7,"deep":{"list":[1,null]}},"vlan":103}' ;;
                      release) cat > document ;;
                    esac""");
            ScriptRunner runner = runner();

            Environment made = soon(runner.reserve(board("b"), reservation(), ran -> {}));
            soon(runner.release(board("b"), reservation(), made, ran -> {}));

            var document = JsonMapper.shared().readTree(Files.readString(directory.resolve("document")));
            assertThat(document.get("action").stringValue()).isEqualTo("release");
            assertThat(document.get("state"))
                    .isEqualTo(JsonMapper.shared().readTree("{\"jail\":7,\"deep\":{\"list\":[1,null]},\"vlan\":103}"));
        }

        @Test
        void aReleaseWithoutAReservationNamesNobody() throws Exception {
            script("printf '%s|' \"$#\" \"$1\" \"$2\" \"$3\" \"$BITELAB_RESERVATION\" > told; cat > document");

            soon(runner().release(board("b"), null, Environment.NONE, ran -> {}));

            assertThat(Files.readString(directory.resolve("told"))).isEqualTo("3|release|b|||");
            var document = JsonMapper.shared().readTree(Files.readString(directory.resolve("document")));
            assertThat(document.get("user").stringValue()).isEmpty();
            assertThat(document.get("sshpubkeys")).isEmpty();
        }

        @Test
        void aLongDocumentIsReadOrNotAsTheScriptLikes() throws Exception {
            Environment big = new Environment(Map.of(), List.of(), List.of(), Map.of("text", "x".repeat(900_000)));
            script("wc -c > size");
            soon(runner().release(board("b"), null, big, ran -> {}));
            assertThat(Long.parseLong(
                            Files.readString(directory.resolve("size")).strip()))
                    .isGreaterThan(900_000);

            script("exit 0");
            soon(runner().release(board("b"), null, big, ran -> {}));
        }
    }

    @Nested
    class WhatTheScriptAnswers {

        @Test
        void nothingIsAnEmptyEnvironment() {
            script("echo; exit 0");

            assertThat(soon(runner().reserve(board("b"), reservation(), ran -> {})))
                    .isEqualTo(Environment.NONE);
        }

        @Test
        void anObjectIsTheEnvironment() {
            script("""
                    cat <<'E'
                    {"attrs":{"ip":"192.0.2.7","note":null,"ports":[1,2]},"exec":["jexec","j7"],
                     "ssh":["jexec","j7","sshd","-i"],"state":{"jail":7},"extra":{"a":1},"jail":8,"none":null}
                    E""");

            assertThat(soon(runner().reserve(board("b"), reservation(), ran -> {})))
                    .isEqualTo(new Environment(
                            Map.of("ip", "192.0.2.7", "ports", List.of(1, 2)),
                            List.of("jexec", "j7"),
                            List.of("jexec", "j7", "sshd", "-i"),
                            Map.of("jail", 7, "extra", Map.of("a", 1))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "hello",
                    "[]",
                    "7",
                    "null",
                    "{\"attrs\":{}} trailing",
                    "{\"attrs\":{}}{}",
                    "{\"attrs\":[]}",
                    "{\"exec\":\"jexec j7\"}",
                    "{\"exec\":[7]}",
                    "{\"ssh\":[\"\"]}",
                    "{\"state\":7}",
                    "{\"state\":{},\"state\":{}}",
                    "{\"attrs\":{\"ip\":}",
                    "{\"attrs\":"
                })
        void garbageIsAFailureOnReserveAndOnRelease(String answer) {
            script("echo working on it >&2; cat <<'E'\n" + answer + "\nE");

            Refusal onReserve = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));
            Refusal onRelease = refusalOf(runner().release(board("b"), reservation(), Environment.NONE, ran -> {}));

            assertThat(onReserve.code()).isEqualTo("lab.setup-failed");
            assertThat(onReserve.details()).containsEntry("reason", "bad-output");
            assertThat(onReserve.message()).contains("working on it");
            assertThat(onRelease.code()).isEqualTo("lab.release-failed");
        }

        @Test
        void deepNestingIsAFailure() {
            script("head -c 100000 /dev/zero | tr '\\0' '['");

            assertThat(refusalOf(runner().reserve(board("b"), reservation(), ran -> {}))
                            .details())
                    .containsEntry("reason", "bad-output");
        }

        @Test
        void anEndlessAnswerEndsTheScript() {
            script("yes");
            long begun = System.nanoTime();

            Refusal refusal = refusalOf(runner().reserve(board("b"), reservation(), ran -> {}));

            assertThat(refusal.code()).isEqualTo("lab.setup-failed");
            assertThat(refusal.details()).containsEntry("reason", "bad-output");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(settings.reserveMax());
        }

        @Test
        void aLongAnswerWithinTheLimitIsTaken() {
            script("printf '{\"attrs\":{\"text\":\"'; head -c 1000000 /dev/zero | tr '\\0' x; printf '\"}}'");

            assertThat(soon(runner().reserve(board("b"), reservation(), ran -> {}))
                            .attrs()
                            .get("text"))
                    .asString()
                    .hasSize(1_000_000);
        }

        @Test
        void aServiceThatIsLeftBehindLivesOn() throws Exception {
            script("sleep 40 & echo $! > service; echo '{\"attrs\":{\"ip\":\"192.0.2.8\"}}'");

            Environment made = soon(runner().reserve(board("b"), reservation(), ran -> {}));

            long service = Long.parseLong(
                    Files.readString(directory.resolve("service")).strip());
            assertThat(made.attrs()).containsEntry("ip", "192.0.2.8");
            assertThat(isAlive(service)).isTrue();
            ProcessHandle.of(service).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
