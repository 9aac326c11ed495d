package dev.muster.lab.boards.ucl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One case for everything that a hostile text may try. Each ends soon, with an answer. */
@Timeout(20)
class HostileUclTest {

    private static final int MIB = 1 << 20;

    private static UclFault fault(String text) {
        UclFault fault = catchThrowableOfType(UclFault.class, () -> Trees.read(text));
        assertThat(fault).as("a fault").isNotNull();
        assertThat(fault.getMessage()).hasSizeLessThan(300);
        return fault;
    }

    private static void isTooDeep(String text) {
        assertThat(fault(text)).hasMessageContaining("nested deeper than 64");
    }

    @Test
    void sixtyFourLevelsAreTakenAndAHundredThousandAreNot() {
        Trees.read("a = " + "[".repeat(64) + "]".repeat(64));
        Trees.read("a ".repeat(64) + "{}");
        isTooDeep("a = " + "[".repeat(65) + "]".repeat(65));
        isTooDeep("a = " + "[".repeat(100_000));
        isTooDeep("a {".repeat(100_000));
        isTooDeep("a ".repeat(65) + "{}");
        isTooDeep("a ".repeat(100_000) + "{}");
        isTooDeep("[".repeat(100_000));
    }

    @Test
    void aMebibyteIsTakenAndNoMore() {
        String most = "a = " + "x".repeat(MIB - 4);
        assertThat(Trees.read(most)).isEqualTo(Map.of("a", "x".repeat(MIB - 4)));
        assertThat(fault(most + "x")).hasMessageContaining("longer than");
        assertThat(fault("a = " + "é".repeat(MIB / 2))).hasMessageContaining("longer than");
        assertThat(fault("#".repeat(50 * MIB))).hasMessageContaining("longer than");
    }

    @Test
    void aHundredThousandValuesAreTakenAndNoMore() {
        assertThat(Trees.read("a = [" + "1,".repeat(99_998) + "]")).isNotNull();
        assertThat(fault("a = [" + "1,".repeat(100_000) + "]")).hasMessageContaining("more than 100000 values");
        assertThat(fault("a=1;".repeat(100_000))).hasMessageContaining("more than 100000 values");
        assertThat(fault("a b c{};".repeat(100_000))).hasMessageContaining("more than 100000 values");
    }

    @Test
    void keysThatComeOftenAreCollectedInTheTimeTheirNumberTakes() {
        assertThat(Trees.read("a=1;".repeat(99_999)))
                .extracting("a")
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .hasSize(99_999);
        Trees.read("a{}".repeat(99_999));
        Trees.read("a b{}".repeat(40_000));
    }

    @Test
    void commentsInCommentsEnd() {
        int levels = MIB / 8;
        assertThat(Trees.read("/*".repeat(levels) + "*/".repeat(levels))).isEqualTo(Map.of());
        assertThat(fault("/*".repeat(MIB / 2))).hasMessageContaining("comment does not end");
        assertThat(fault("a = 1 " + "/* */ ".repeat(100_000) + "/*")).hasMessageContaining("comment does not end");
        assertThat(fault("/*/".repeat(300_000))).hasMessageContaining("comment does not end");
    }

    @Test
    void marksOfLinesAreSearchedOnce() {
        assertThat(fault("a = <<A\n" + "AA\n".repeat(300_000))).hasMessageContaining("lines do not end");
        assertThat(fault("a = <<" + "A".repeat(300_000) + "\n" + ("A".repeat(299_999) + "\n").repeat(2)))
                .hasMessageContaining("lines do not end");
        assertThat(fault("a = <<A\n" + "\nAB".repeat(300_000))).hasMessageContaining("lines do not end");
        Trees.read("a <<A\nx\nA\n".repeat(50_000));
        Trees.read("a = <<A\n" + "a = <<B\n".repeat(100_000) + "\nA");
    }

    @Test
    void longTextsAreReadInTheTimeTheirLengthTakes() {
        Trees.read("a = \"" + "\\\\".repeat(500_000) + "\"");
        Trees.read("a = '" + "\\'".repeat(500_000) + "'");
        Trees.read("a = " + "\\n".repeat(500_000));
        Trees.read("a" + " b".repeat(500_000));
        Trees.read("a " + "b;a ".repeat(99_000) + "b");
        Trees.read(" ".repeat(1_000_000) + "a = 1");
        Trees.read("\n".repeat(1_000_000) + "a = 1");
        Trees.read(";".repeat(1_000_000) + "a = 1");
        Trees.read("# x\n".repeat(250_000) + "a = 1");
        Trees.read("a = [" + "\"x\" , ".repeat(90_000) + "]");
        Trees.read("a = " + "$".repeat(1_000_000));
        Trees.read("k".repeat(1_000_000) + " = 1");
        fault("a " + "\"x\" ".repeat(250_000));
        fault("a " + "\"x ".repeat(250_000));
        fault("a = \"" + "\\u00e".repeat(200_000) + "\"");
        fault("a = " + "9".repeat(1_000_000));
        fault("a = 1." + "0".repeat(1_000_000));
        fault("a = 1e" + "9".repeat(1_000_000));
        assertThat(Trees.read("a = 0x" + "f".repeat(999_999) + "g").toString()).endsWith("g}");
    }

    @Test
    void keysThatHashAlikeAreNoTrouble() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1 << 15; i++) {
            for (int bit = 0; bit < 15; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("=1;");
        }
        assertThat(fault(text.toString())).hasMessageContaining("longer than");
        assertThat(Trees.read(text.substring(0, text.length() * 3 / 4 / 33 * 33)))
                .isNotNull();
    }

    @Test
    void variablesDoNotMultiply() {
        UclReader reader = new UclReader(UclLimits.STANDARD, Includes.REFUSED, Map.of("X", "x".repeat(4096)));
        UclFault fault = catchThrowableOfType(
                UclFault.class, () -> reader.read(new UclSource(null, "a = \"" + "$X ".repeat(300_000) + "\"")));
        assertThat(fault).hasMessageContaining("too long");
        UclFault many =
                catchThrowableOfType(UclFault.class, () -> reader.read(new UclSource(null, "a = $X\n".repeat(90_000))));
        assertThat(many).hasMessageContaining("too long");
    }

    @Test
    void includesDoNotMultiply() {
        Includes doubling = (from, path, pattern) -> {
            UclSource next = new UclSource(from.file() + "x", ".include \"x\"\n.include \"x\"\n");
            return List.of(next, new UclSource(next.file() + "y", next.text()));
        };
        UclReader reader = new UclReader(UclLimits.STANDARD, doubling, Map.of());
        UclFault fault = catchThrowableOfType(UclFault.class, () -> reader.read(new UclSource("/x", ".include \"x\"")));
        assertThat(fault.getMessage()).containsAnyOf("deeper than 16", "More than 256");
        Includes large = (from, path, pattern) -> List.of(new UclSource("/" + path, "#".repeat(MIB)));
        UclFault tooLarge =
                catchThrowableOfType(UclFault.class, () -> new UclReader(UclLimits.STANDARD, large, Map.of())
                        .read(new UclSource("/x", ".include \"a\"\n.include \"b\"\n".repeat(5))));
        assertThat(tooLarge).hasMessageContaining("All texts together");
    }

    @Test
    void mergingCostsWhatIsMerged() {
        String often = "q { a = 1 }\n".repeat(40_000);
        Includes merged = (from, path, pattern) -> List.of(new UclSource("/" + path, often));
        Object tree = Trees.plain(new UclReader(UclLimits.STANDARD, merged, Map.of())
                .read(new UclSource("/x", ".include(duplicate=merge) \"a\""))
                .root());
        assertThat(tree.toString()).startsWith("{q={a=[1, 1, 1, ").hasSizeGreaterThan(100_000);
    }
}
