package dev.muster.lab.boards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.LabConfiguration;
import dev.muster.testing.MemoryVault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The configuration in force, and the file that it may come from. */
class StoredLabConfigurationsTest {

    private static final String LAB = """
            classes { c { arch = arm } }
            switches { poe { address = x, community = hunter1 } }
            boards { name = b, brdclass = c, options [ { cls = snmppower, host = poe, port = 1, version = 3, user = u,
              community = hunter2, read_community = hunter3, auth = SHA, auth_pass = hunter44, priv = AES, priv_pass = hunter55,
              timeout = 1500ms }
              { cls = serialconsole, val = /dev/ttyU0 } ] }
            """;

    @TempDir
    Path lab;

    private final MemoryVault vault = new MemoryVault();

    private StoredLabConfigurations started(Path file) {
        StoredLabConfigurations configurations = new StoredLabConfigurations(vault, file);
        assertThat(configurations.start()).isTrue();
        return configurations;
    }

    private Path written(String name, String text) throws IOException {
        Path file = lab.toRealPath().resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static Refused refused(StoredLabConfigurations configurations) {
        Refused refused = catchThrowableOfType(Refused.class, configurations::file);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.refusal().code()).isEqualTo("lab.configuration-invalid");
        return refused;
    }

    @Test
    void beforeTheFirstThereIsNone() {
        StoredLabConfigurations configurations = started(null);
        assertThat(configurations.current()).isEqualTo(LabConfiguration.EMPTY);
        assertThat(configurations.text()).isEmpty();
        assertThat(configurations.file()).isNull();
    }

    @Test
    void readingPutsNothingInForce() {
        StoredLabConfigurations configurations = started(null);
        assertThat(configurations.read(LAB).boards()).hasSize(1);
        assertThat(configurations.current()).isEqualTo(LabConfiguration.EMPTY);
        assertThat(vault.entries()).isEmpty();
    }

    @Test
    void whatIsKeptIsInForceAlsoAfterARestart() {
        StoredLabConfigurations configurations = started(null);
        configurations.keep(LAB);
        assertThat(configurations.current()).isEqualTo(configurations.read(LAB));
        assertThat(vault.entries()).containsOnlyKeys("lab/configuration");
        StoredLabConfigurations again = started(null);
        assertThat(again.current()).isEqualTo(configurations.current());
        assertThat(again.text()).isEqualTo(LAB);
    }

    @Test
    void whatIsInvalidIsNotKept() {
        StoredLabConfigurations configurations = started(null);
        configurations.keep(LAB);
        assertThatThrownBy(() -> configurations.keep(LAB + "x = 1")).isInstanceOf(Refused.class);
        assertThat(configurations.text()).isEqualTo(LAB);
        assertThat(configurations.current().boards()).hasSize(1);
    }

    @Test
    void aKeptTextThatIsNotTakenAnyMoreLeavesTheServerAtWork() {
        vault.put("lab/configuration", "boards = ".getBytes(StandardCharsets.UTF_8));
        StoredLabConfigurations configurations = new StoredLabConfigurations(vault, null);
        assertThat(configurations.start()).isFalse();
        assertThat(configurations.current()).isEqualTo(LabConfiguration.EMPTY);
        assertThat(configurations.text()).isEqualTo("boards = ");
    }

    @Test
    void historySeesNoSecrets() {
        StoredLabConfigurations configurations = started(null);
        List<BoardDefinition> shown = configurations.withoutSecrets(configurations.read(LAB));
        assertThat(shown.toString()).doesNotContain("hunter");
        assertThat(shown.getFirst().options().getFirst().parameters())
                .isEqualTo(Map.of(
                        "host", "poe", "port", 1, "version", "3", "user", "u", "auth", "SHA", "priv", "AES", "timeout",
                        1.5));
        assertThat(shown.getFirst().options().getLast())
                .isEqualTo(
                        configurations.read(LAB).boards().getFirst().options().getLast());
    }

    @Test
    void definitionsAreTheSameWhenTheyComeBackFromHistory() {
        JsonMapper json = new JsonMapper();
        StoredLabConfigurations configurations = started(null);
        BoardDefinition shown =
                configurations.withoutSecrets(configurations.read(LAB)).getFirst();
        assertThat(json.readValue(
                        json.writeValueAsBytes(shown.options().getFirst().parameters()), Map.class))
                .isEqualTo(shown.options().getFirst().parameters());
    }

    @Test
    void aTextFromTheNetworkIncludesNoFiles() throws IOException {
        StoredLabConfigurations configurations = started(written("lab.conf", ""));
        written("a.conf", "classes {}");
        assertThatThrownBy(() -> configurations.read(".include(try=true) \"" + lab + "/a.conf\""))
                .hasMessageContaining("Files cannot be included here");
    }

    @Test
    void aFileThatNeedsNoOtherIsAnsweredAsItIs() throws IOException {
        StoredLabConfigurations configurations = started(written("lab.conf", "# mine\n" + LAB));
        assertThat(configurations.file()).isEqualTo("# mine\n" + LAB);
        assertThat(configurations.current()).isEqualTo(LabConfiguration.EMPTY);
        Files.writeString(lab.resolve("lab.conf"), "# changed");
        assertThat(configurations.file()).isEqualTo("# changed");
    }

    @Test
    void aFileThatNeedsOthersIsAnsweredAsOneText() throws IOException {
        written("boards.d/a.conf", LAB);
        written("boards.d/b.conf", "boards { name = b2, brdclass = c, options = [] }");
        StoredLabConfigurations configurations = started(
                written("lab.conf", "setup_script = bin/setup\n.include(glob=true) \"${CURDIR}/boards.d/*.conf\"\n"));
        String text = configurations.file();
        assertThat(text).startsWith("# Made of " + lab.toRealPath() + "/lab.conf and what it refers to.\n");
        configurations.keep(text);
        assertThat(configurations.current().setupScript()).isEqualTo(lab.toRealPath() + "/bin/setup");
        assertThat(configurations.current().boards())
                .extracting(each -> each.name().value())
                .containsExactly("b", "b2");
        assertThat(configurations.current().boards().getFirst())
                .isEqualTo(configurations.read(LAB).boards().getFirst());
    }

    @Test
    void theFileMayBeNamedByAnother() throws IOException {
        written("etc/boards.conf", LAB);
        Path env = written("lab/.env", "# state\ndb_file=./state.db\n\nboard_conf = \"../etc/boards.conf\"\nOTHER=1\n");
        assertThat(started(env).file()).isEqualTo(LAB);
        assertThat(EnvFile.read(env))
                .isEqualTo(new EnvFile(
                        lab.toRealPath().resolve("lab/state.db"),
                        lab.toRealPath().resolve("etc/boards.conf")));
        Files.writeString(env, "db_file=/var/x.db");
        assertThat(refused(started(env))).hasMessageContaining("'board_conf' is missing");
        assertThat(EnvFile.read(env)).isEqualTo(new EnvFile(Path.of("/var/x.db"), null));
        Files.writeString(env, "db_file=x\nboard_conf");
        assertThat(refused(started(env)).refusal().details()).containsEntry("line", 2);
        Files.writeString(env, "board_conf=");
        assertThat(refused(started(env))).hasMessageContaining("The path is missing");
    }

    @Test
    void faultsInFilesSayInWhich() throws IOException {
        Path included = written("a.conf", "boards {\n name = b, brdclass = c, options = [] }");
        StoredLabConfigurations configurations = started(written("lab.conf", "classes {}\n.include \"a.conf\""));
        Refused refused = refused(configurations);
        assertThat(refused.refusal().details())
                .containsEntry("file", included.toString())
                .containsEntry("line", 2)
                .containsEntry("board", "b");
        assertThat(refused).hasMessageContaining(included + ", line 2, column 23, board 'b': ");
        Files.writeString(included, "x = \"");
        assertThat(refused(configurations).refusal().details())
                .containsEntry("file", included.toString())
                .containsEntry("line", 1)
                .containsEntry("column", 5);
    }

    @Test
    void filesThatCannotBeReadAreRefused() throws IOException {
        assertThat(refused(started(lab.resolve("none.conf")))).hasMessageContaining("There is no such file");
        assertThat(refused(started(lab))).hasMessageContaining("This is no file");
        Path file = Files.write(lab.resolve("x.conf"), new byte[] {'#', (byte) 0xC3, '\n'});
        assertThat(refused(started(file))).hasMessageContaining("no text in UTF-8");
        Files.write(file, new byte[(1 << 20) + 1]);
        assertThat(refused(started(file))).hasMessageContaining("larger than 1048576 bytes");
    }
}
