package dev.muster.lab.boards;

import static dev.muster.lab.boards.Labs.CLASS;
import static dev.muster.lab.boards.Labs.read;
import static dev.muster.lab.boards.Labs.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.FlashBack;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.boards.ucl.UclReader;
import dev.muster.lab.boards.ucl.UclSource;
import dev.muster.testing.MemoryVault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract §7.1. */
class LabConfigurationReaderTest {

    private static BoardDefinition board(String members) {
        return read(CLASS + "boards { name = b, brdclass = c, " + members + " }")
                .boards()
                .getFirst();
    }

    @Test
    void theReadmesExampleHasTwoBoardsWithOneAndThreeOptions() {
        LabConfiguration lab = read("""
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
                """);
        assertThat(lab.setupScript()).isEqualTo("/srv/lab/board_script");
        assertThat(lab.classes())
                .containsOnly(
                        entry("cora-z7s", Map.of("arch", "arm-armv7")),
                        entry("pine64-a64-lts", Map.of("arch", "arm64-aarch64")));
        assertThat(lab.switches()).isEmpty();
        assertThat(lab.boards()).extracting(each -> each.options().size()).containsExactly(1, 3);
        assertThat(lab.board(new BoardName("a64lts-1")))
                .contains(new BoardDefinition(
                        new BoardName("a64lts-1"),
                        "pine64-a64-lts",
                        Map.of("arch", "arm64-aarch64"),
                        List.of(
                                new BoardOption("etheriface", Map.of("val", "awg0.103")),
                                new BoardOption("serialconsole", Map.of("val", "/dev/ttyU0")),
                                new BoardOption("snmppower", Map.of("host", "poe", "port", 3))),
                        Map.of(),
                        null,
                        4 * 3600,
                        24 * 3600,
                        false,
                        null,
                        null));
    }

    @Test
    void anEmptyTextIsAnEmptyLab() {
        assertThat(read("")).isEqualTo(LabConfiguration.EMPTY);
    }

    @Test
    void boardsMayComeOneByOneAndInLists() {
        String b = ", brdclass = c, options [] }\n";
        LabConfiguration lab = read(CLASS + "boards { name = 1" + b + "boards [ { name = 2" + b + "{ name = 3" + b
                + "]\n" + "boards { name = 4" + b);
        assertThat(lab.boards())
                .extracting(BoardDefinition::name)
                .map(BoardName::value)
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void classesMayComeAsNamedSections() {
        assertThat(read("classes a { arch = x }\nclasses b { arch = y, cores = 4, fpu = yes }")
                        .classes())
                .containsOnly(
                        entry("a", Map.of("arch", "x")), entry("b", Map.of("arch", "y", "cores", "4", "fpu", "yes")));
        assertThat(refusal("classes a {}\nclasses a {}").details()).containsEntry("line", 2);
    }

    @Nested
    class SettingsOfBoards {

        @Test
        void areRead() {
            BoardDefinition board = board("options [], tags { sdwire = yes, rev = 007 }, pool = ci, max_duration = 8h, "
                    + "default_duration = 90min, power_on_release = keep, device = robot-7");
            assertThat(board.tags()).isEqualTo(Map.of("sdwire", "yes", "rev", "007"));
            assertThat(board.pool()).isEqualTo("ci");
            assertThat(board.maxSeconds()).isEqualTo(8 * 3600);
            assertThat(board.defaultSeconds()).isEqualTo(90 * 60);
            assertThat(board.keepsPower()).isTrue();
            assertThat(board.deviceId()).isEqualTo("robot-7");
        }

        @Test
        void areTheClasssWhereTheBoardSaysNothing() {
            LabConfiguration lab = read("""
                    classes { c { arch = arm, tags { a = 1, b = 2 }, pool = ci, max_duration = 2h, power_on_release = keep } }
                    boards { name = one, brdclass = c, options = [] }
                    boards { name = two, brdclass = c, options = [], tags { b = 3 }, pool = qa, max_duration = 1h,
                             power_on_release = off, default_duration = 600 }
                    """);
            BoardDefinition one = lab.boards().getFirst();
            assertThat(one.attributes()).isEqualTo(Map.of("arch", "arm"));
            assertThat(one.tags()).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(one.pool()).isEqualTo("ci");
            assertThat(one.maxSeconds()).isEqualTo(7200);
            assertThat(one.defaultSeconds()).isEqualTo(7200);
            assertThat(one.keepsPower()).isTrue();
            BoardDefinition two = lab.boards().getLast();
            assertThat(two.tags()).isEqualTo(Map.of("a", "1", "b", "3"));
            assertThat(two.pool()).isEqualTo("qa");
            assertThat(two.maxSeconds()).isEqualTo(3600);
            assertThat(two.defaultSeconds()).isEqualTo(600);
            assertThat(two.keepsPower()).isFalse();
        }

        @Test
        void sayWhatADeviceIsFlashedBackTo() {
            assertThat(board("options [], device = d").flashBack()).isNull();
            assertThat(board("options [], device = d, flash_back { release = lab-os, version = 1.0 }")
                            .flashBack())
                    .isEqualTo(new FlashBack("lab-os", "1.0", 1800));
            LabConfiguration lab = read("""
                    classes { c { arch = arm, flash_back { release = "lab os", version = 007, within = 90min } } }
                    boards { name = one, brdclass = c, options = [], device = d1 }
                    boards { name = two, brdclass = c, options = [], device = d2, flash_back { release = x, version = 2 } }
                    """);
            assertThat(lab.boards())
                    .extracting(BoardDefinition::flashBack)
                    .containsExactly(new FlashBack("lab os", "007", 5400), new FlashBack("x", "2", 1800));
            assertThat(lab.classes()).containsOnly(entry("c", Map.of("arch", "arm")));
            assertThat(new StoredLabConfigurations(new MemoryVault(), null).withoutSecrets(lab))
                    .isEqualTo(lab.boards());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                value = {
                    "max_duration = long | 'max_duration' is not a time",
                    "max_duration = 0 | from 1 s to 31622400 s",
                    "max_duration = 10y | from 1 s to",
                    "max_duration = 1h, default_duration = 2h | 'default_duration' is longer than 'max_duration'",
                    "default_duration = 2d | 'default_duration' is longer",
                    "power_on_release = on | keep or off",
                    "pool = a b | 'pool' is a name",
                    "tags = x | 'tags' is not an object",
                    "tags { \"x y\" = 1 } | A tag has a name",
                    "tags { x = [1] } | 'x' is not a text",
                    "tags { x = 1; x = 2 } | 'x' is given more than once",
                    "flash_back = x | 'flash_back' is not an object",
                    "device = d, flash_back { release = os } | 'version' is missing",
                    "device = d, flash_back { version = 1 } | 'release' is missing",
                    "device = d, flash_back { release = os, version = [1] } | 'version' is not a text",
                    "device = d, flash_back { release = os, version = 1, within = 30m } | from 1 s to 86400 s",
                    "device = d, flash_back { release = os, version = 1, within = soon } | 'within' is not a time",
                    "device = d, flash_back { release = os, version = 1, wihtin = 1h } | 'wihtin' is not known here",
                    "flash_back { release = os, version = 1 } | 'flash_back' needs a board that is a 'device'",
                    "device = a b | 'device': A device id has no white space",
                    "colour = red | 'colour' is not known here",
                    "pool = null | 'pool' has no value"
                })
        void areRefusedWhenTheyMeanNothing(String members, String message) {
            assertThat(refusal(CLASS + "boards { name = b, brdclass = c, options = [], " + members + " }")
                            .message())
                    .contains(message);
        }
    }

    @Nested
    class Faults {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '~',
                nullValues = "-",
                value = {
                    "boards { brdclass = c, options = [] } | 2 | 8 | - | 'name' is missing.",
                    "boards { name = b, options = [] } | 2 | 8 | b | 'brdclass' is missing.",
                    "boards { name = b, brdclass = c } | 2 | 8 | b | 'options' is missing.",
                    "boards { name = b, brdclass = d, options = [] } | 2 | 31 | b | 'brdclass' is none of the classes.",
                    "boards { name = c, brdclass = c, options = [] } | 2 | 17 | c | The name is a class's too.",
                    "boards { name = -b, brdclass = c, options = [] } | 2 | 17 | - | A name has a letter or digit",
                    "boards { name = b; name = d } | 2 | 27 | - | 'name' is given more than once.",
                    "boards = 5 | 2 | 10 | - | 'boards' is not an object.",
                    "boards { name = b, brdclass = c, options = [ 1 ] } | 2 | 46 | b | 'options' is not an object.",
                    "boards { name = b, brdclass = c, options = 1 } | 2 | 44 | b | 'options' is not an object.",
                    "setup_script = bin/x | 2 | 16 | - | 'setup_script' is an absolute path.",
                    "setup_script = [ /x ] | 2 | 16 | - | 'setup_script' is not a text.",
                    "boards { name = b, brdclass = c, options = [], flash_back { release = x, version = 1 } } | 2 | 59 | b | 'flash_back' needs",
                    "boards { name = b, brdclass = c, options = [], device = d, flash_back { version = 1 } } | 2 | 71 | b | 'release' is missing.",
                    "boardz {} | 2 | 8 | - | 'boardz' is not known here, only boards, classes, setup_script, switches.",
                    "switches { poe {} } | 2 | 16 | - | 'address' is missing.",
                    "switches { poe { address = x, colour = red } } | 2 | 40 | - | 'colour' is not known here",
                    "switches { 'poe' = 1 } | 2 | 12 | - | A key begins",
                    "switches { poe = 1 } | 2 | 18 | - | 'poe' is not an object.",
                    "x = \" | 2 | 5 | - | This text does not end"
                })
        void sayWhereAndWhat(String text, int line, int column, String board, String message) {
            StoredLabConfigurations configurations = new StoredLabConfigurations(new MemoryVault(), null);
            Refused refused = catchThrowableOfType(Refused.class, () -> configurations.read(CLASS + text));
            assertThat(refused.refusal().details())
                    .containsEntry("line", line)
                    .containsEntry("column", column)
                    .doesNotContainKey("file");
            assertThat(refused.refusal().details().get("board")).isEqualTo(board);
            assertThat(refused.refusal().message())
                    .contains(message)
                    .startsWith("line " + line + ", column " + column + (board == null ? "" : ", board '" + board + "'")
                            + ": ");
        }

        @Test
        void twoBoardsOfOneNameAreRefusedAtTheSecond() {
            String board = "boards { name = b, brdclass = c, options = [] }\n";
            assertThat(refusal(CLASS + board + board).details()).contains(entry("line", 3), entry("board", "b"));
        }

        @Test
        void aBoardThatIsNoDeviceCannotHaveTheFlashBackOfItsClass() {
            String text = "classes { c { flash_back { release = os, version = 1 } } }\n"
                    + "boards { name = b, brdclass = c, options = [] }";
            assertThat(refusal(text).message())
                    .isEqualTo("line 2, column 8, board 'b': The 'flash_back' of its class needs a board that is a"
                            + " 'device'.");
            assertThat(refusal("classes { c { flash_back { release = os } } }").message())
                    .contains("line 1, column 26: 'version' is missing");
        }

        @Test
        void aListIsNoLab() {
            assertThat(refusal("[1]").message()).contains("'configuration' is not an object");
        }

        @Test
        void classesHaveTextsOnly() {
            assertThat(refusal("classes { c { arch = [] } }").message()).contains("'arch' is not a text");
            assertThat(refusal("classes { \"a b\" {} }").message()).contains("A name has a letter");
            assertThat(refusal("classes { c { max_duration = x } }").message())
                    .contains("'max_duration' is not a time");
        }
    }

    @Test
    void aRelativeScriptIsRelativeToTheFile() {
        LabConfiguration lab = new LabConfigurationReader()
                .read(
                        UclReader.ofTextAlone()
                                .read(new UclSource(null, "setup_script = ../bin/x"))
                                .root(),
                        Path.of("/etc/lab"));
        assertThat(lab.setupScript()).isEqualTo("/etc/bin/x");
    }
}
