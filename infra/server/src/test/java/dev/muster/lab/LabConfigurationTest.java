package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Contract §11.1 and §7.1 on the whole server: a configured file with includes, reloads, and the README's own example. */
class LabConfigurationTest {

    /** As it stands in bitelab's README (vector U56). */
    private static final String README = """
            setup_script = /srv/lab/board_script;

            classes {
                    cora-z7s = { arch = arm-armv7; }
                    pine64-a64-lts = { arch = arm64-aarch64; }
            }

            boards [
                    {
                            name = cora-1;
                            brdclass = cora-z7s;
                            options = [
                                    { cls = snmppower, host = poe, port = 2 },
                            ]
                    },
                    {
                            name = a64lts-1;
                            brdclass = pine64-a64-lts;
                            options = [
                                    { cls = etheriface, val = awg0.103 },
                                    { cls = serialconsole, val = /dev/ttyU0 },
                                    { cls = snmppower, host = poe, port = 3 },
                            ]
                    },
            ]
            """;

    @TempDir
    static Path dir;

    private static LabScript script;
    private static LabWorld world;

    @BeforeAll
    static void start() {
        script = new LabScript(dir.resolve("lab"));
        write("lab/.env", "# of the former server\ndb_file=state.db\nboard_conf=boards.conf\n");
        write("lab/classes.conf", "classes { cora { arch = armv7 } pine { arch = arm64 } }\n");
        write("lab/boards.d/one.conf", "boards { name = cora-1, brdclass = cora, options = [] }\n");
        write(
                "lab/boards.conf",
                "setup_script = board_script\n.include \"classes.conf\"\n.include(glob=true) \"boards.d/*.conf\"\n");
        world = LabWorld.startWith(Map.of(), null, "--muster.lab.configuration=" + dir.resolve("lab/.env"));
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    private static void write(String name, String text) {
        try {
            Path file = dir.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> boards() {
        return List.copyOf(world.bitelab("GET", "/board/", null, world.ann)
                .expect(200)
                .json()
                .propertyNames());
    }

    private static Answer reload() {
        return world.bitelab("POST", "/board/reload", null, world.boss);
    }

    @Test
    void theReadmesExampleIsTwoBoardsWithOneAndThreeOptions() {
        Answer read = world.api("POST", "/lab/configuration:check", README, world.boss, "Content-Type", "text/plain");
        assertThat(read.expect(200).json().path("boards").toString()).isEqualTo("[\"cora-1\",\"a64lts-1\"]");
        assertThat(boards()).as("nothing is in force by being read").doesNotContain("a64lts-1");

        // With an address for its switch, so that nobody is asked where "poe" is.
        world.configure(README + "switches { poe { address = 127.0.0.1, udp_port = 9, timeout = 50ms } }\n");
        try {
            assertThat(boards()).containsExactly("a64lts-1", "cora-1");
            assertThat(options("cora-1")).containsExactly("snmppower");
            assertThat(options("a64lts-1")).containsExactlyInAnyOrder("etheriface", "serialconsole", "snmppower");
            assertThat(world.bitelab("GET", "/board/classes", null, world.ann)
                            .json()
                            .toString())
                    .isEqualTo("{\"cora-z7s\":{\"arch\":\"arm-armv7\",\"total\":1,\"free\":1},"
                            + "\"pine64-a64-lts\":{\"arch\":\"arm64-aarch64\",\"total\":1,\"free\":1}}");
            JsonNode board = world.board("a64lts-1");
            assertThat(board.path("attrs").path("iface").asString()).isEqualTo("awg0.103");
            assertThat(board.path("attrs").path("console").asBoolean()).isTrue();
            assertThat(board.path("attrs").path("power").isNull()).isTrue();
        } finally {
            reload().expect(200);
        }
        assertThat(boards()).containsExactly("cora-1");
    }

    private static List<String> options(String board) {
        return world
                .api("GET", "/lab/boards/" + board, null, world.ann)
                .expect(200)
                .json()
                .path("options")
                .values()
                .stream()
                .map(option -> option.path("cls").asString())
                .toList();
    }

    @Test
    void theConfiguredFileIsReadAtTheStartAndAgainWhenToldTo() {
        assertThat(boards()).containsExactly("cora-1");
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann).expect(200);
        assertThat(script.calls("reserve", "cora-1")).as("beside the file").isEqualTo(1);

        write("lab/boards.d/one.conf", "boards { name = pine-1, brdclass = pine, options = [] }\n");
        write("lab/boards.d/two.conf", "boards { name = pine-2, brdclass = pine, options = [] }\n");
        assertThat(reload().expect(200).json().path("boards").asInt()).isEqualTo(2);

        assertThat(boards())
                .as("whoever has a board keeps it, also when it is configured no longer")
                .containsExactly("cora-1", "pine-1", "pine-2");
        Answer late = world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.bob);
        assertThat(late.expect(422).json().path("details").path("cora-1").asString())
                .contains("configured no longer");
        world.bitelab("POST", "/board/cora-1/release", null, world.ann).expect(200);
        assertThat(boards()).containsExactly("pine-1", "pine-2");

        write("lab/boards.d/one.conf", "boards { name = cora-1, brdclass = cora, options = [] }\n");
        write("lab/boards.d/two.conf", "");
        reload().expect(200);
        assertThat(boards()).containsExactly("cora-1");
    }

    @Test
    void aFileThatIsWrongChangesNothingAndIsSaidWithFileLineAndBoard() {
        write("lab/boards.d/wrong.conf", "\nboards { name = pine-9, brdclass = nine, options = [] }\n");
        try {
            Answer answer = reload();

            assertThat(answer.expect(422).code()).isEqualTo("configuration-invalid");
            JsonNode details = answer.json().path("details");
            assertThat(details.path("file").asString()).endsWith("boards.d/wrong.conf");
            assertThat(details.path("line").asInt()).isEqualTo(2);
            assertThat(details.path("board").asString()).isEqualTo("pine-9");
            assertThat(boards()).containsExactly("cora-1");
        } finally {
            write("lab/boards.d/wrong.conf", "");
            reload().expect(200);
        }
        assertThat(world.bitelab("POST", "/board/reload", null, world.ann).status())
                .isEqualTo(403);
    }
}
