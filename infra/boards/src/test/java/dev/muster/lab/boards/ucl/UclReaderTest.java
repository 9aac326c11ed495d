package dev.muster.lab.boards.ucl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the recorded vectors do not show. */
class UclReaderTest {

    private static UclValue.Section root(String text) {
        return (UclValue.Section)
                UclReader.ofTextAlone().read(new UclSource(null, text)).root();
    }

    private static UclFault fault(String text) {
        UclFault fault = catchThrowableOfType(UclFault.class, () -> Trees.read(text));
        assertThat(fault).as("a fault").isNotNull();
        return fault;
    }

    @Test
    void eachValueKnowsWhereItIs() {
        UclValue.Section root = root("# c\na = 1\nb {\n\tc = \"\uD83D\uDE00é\", d = [x, y]\r\n}\nb { e = 2 }");
        assertThat(root.members().get("a").place()).isEqualTo(new Place(2, 5, null));
        UclValue.Items twice = (UclValue.Items) root.members().get("b");
        assertThat(twice.repeated()).isTrue();
        assertThat(twice.place()).isEqualTo(new Place(3, 3, null));
        assertThat(twice.items().get(1).place()).isEqualTo(new Place(6, 3, null));
        UclValue.Section first = (UclValue.Section) twice.items().getFirst();
        assertThat(first.members().get("c").place()).isEqualTo(new Place(4, 6, null));
        UclValue.Items list = (UclValue.Items) first.members().get("d");
        assertThat(list.repeated()).isFalse();
        assertThat(list.place()).isEqualTo(new Place(4, 16, null));
        assertThat(list.items().get(1).place()).isEqualTo(new Place(4, 20, null));
    }

    @Test
    void scalarsKeepHowTheyAreWritten() {
        UclValue.Section root = root("a = 007; b = 10k; c = 1.50; d = OFF; e = 0x1F");
        assertThat(root.members().values())
                .allSatisfy(value -> assertThat(value).isInstanceOf(UclValue.Scalar.class))
                .extracting(value -> ((UclValue.Scalar) value).text())
                .containsExactly("007", "10k", "1.50", "OFF", "0x1F");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a = \"x|1|5",
                "a = 1; b = /* x|1|12",
                "a { b = [1, 2|1|9",
                "a { b = 1|1|3",
                "é = \uD83D\uDE00]|1|6",
                "a = 5 }|1|7",
                "$x = 1|1|1",
                "a = \"\\u12g4\"|1|8",
                "a = [ \"x\" \"y\" ]|1|11",
                ".include \"x\"|1|1",
                "a = 99999999999999999999|1|5"
            })
    void aFaultSaysWhereItIs(String text, int line, int column) {
        UclFault fault = fault(text);
        assertThat(fault.line()).isEqualTo(line);
        assertThat(fault.column()).isEqualTo(column);
        assertThat(fault.file()).isNull();
        assertThat(fault(("x = 1\r\n").repeat(3) + text).line()).isEqualTo(line + 3);
    }

    @Test
    void aFaultDoesNotShowValues() {
        assertThat(fault("community = hunter2 ]").getMessage()).doesNotContain("hunter2");
        assertThat(fault("community = \"hunter2\" x").getMessage()).doesNotContain("hunter2");
        assertThat(root("community = hunter2; n = 4711").toString()).doesNotContain("hunter2", "4711");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a = 1} b = 2",
                "{a = 1}}",
                "[1] 2",
                "[1",
                "a = [1}",
                "a = {b = 1]",
                "a = 0x8000000000000000",
                "a = 10000000000000000k",
                "a = 99999999999999999999s",
                "a = 1e308g",
                "a = \"\t\"",
                "a = \"x\\\ny\"",
                "a = \"\\ud83d\"",
                "a = \"\\ude00\\ud83d\"",
                "a = \"\\u0000\"",
                "a = \\u00",
                "a = 'x",
                "a = 'x\\",
                "a = \"x\\",
                "a # c\n b",
                "a # c\n\n= b",
                "a \"\" { b = 1 }",
                "a b /* c */ { d = 1 }",
                "a = 1 /* c */ b = 2 /* d */ \"",
                "a = \"x\" /* c */ b = 2",
                ".priority 16",
                ".priority -1",
                ".priority x",
                ".priority(a=1) 1",
                ".priority",
                ".",
                ".include",
                "a = <<E F\nx\nE",
                "a = \"x\" }",
                ". include \"x\""
            })
    void whatHasNoMeaningIsRefused(String text) {
        fault(text);
    }

    @Test
    void surrogatesAreCombined() {
        assertThat(Trees.read("a = \"\\ud83d\\uDE00\"; b = \\ud83d\\ude00"))
                .isEqualTo(Map.of("a", "\uD83D\uDE00", "b", "\uD83D\uDE00"));
    }

    @Test
    void aMarkOfByteOrderIsNoText() {
        assertThat(Trees.read("\uFEFFa = 1")).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void variablesOfATextFromNowhereStayAsTheyAre() {
        assertThat(Trees.read("a = ${CURDIR}/x; b = \"$HOME\"; c = $PATH"))
                .isEqualTo(Map.of("a", "${CURDIR}/x", "b", "$HOME", "c", "$PATH"));
    }

    @Test
    void configuredVariablesArePutIn() {
        UclReader reader = new UclReader(UclLimits.STANDARD, Includes.REFUSED, Map.of("LAB", "lab-7", "N", "5"));
        UclDocument document = reader.read(new UclSource(
                "/etc/lab/x.conf",
                "a = $LAB; b = \"${LAB}-$LABX-${LABX}-${LAB\"; c = $N; d = '$LAB'; e = <<E\n$LAB$N\nE\n"
                        + "f = $FILENAME; g = ${CURDIR}; h = $"));
        assertThat(Trees.plain(document.root()))
                .isEqualTo(Map.of(
                        "a", "lab-7",
                        "b", "lab-7-$LABX-${LABX}-${LAB",
                        "c", "5",
                        "d", "$LAB",
                        "e", "lab-75",
                        "f", "/etc/lab/x.conf",
                        "g", "/etc/lab",
                        "h", "$"));
        assertThat(document.selfContained()).isFalse();
        assertThat(reader.read(new UclSource("/x", "a = $B; .priority 3")).selfContained())
                .isTrue();
    }

    @Test
    void prioritiesReplaceAndCollect() {
        assertThat(Trees.read(".priority 1\na = 1\na = 2\n.priority 2; a = 3\n.priority 1\na = 4"))
                .isEqualTo(Map.of("a", 3L));
        assertThat(Trees.read("a { .priority 2\nb = 1\n.priority 1\nb = 2\n}; a { c = 1 }"))
                .isEqualTo(Map.of("a", List.of(Map.of("b", 1L), Map.of("c", 1L))));
    }

    @Test
    void whatIsNoTextIsRefused() {
        assertThat(fault("a = 1\r\nb = \ud83d").line()).isEqualTo(2);
        assertThat(fault("a = \ude00\ud83d").column()).isEqualTo(5);
        assertThat(fault("a\u0000 = 1").column()).isEqualTo(2);
    }

    @Test
    void whatATextFromTheNetworkIncludesIsRefusedWhateverItTries() {
        assertThat(fault("a = 1\n  .include(try=true) \"/etc/passwd\"").getMessage())
                .isEqualTo("Files cannot be included here.");
        assertThat(fault(".include(try=true,glob=true) \"*\"").line()).isEqualTo(1);
    }

    @Test
    void listsMayBeDocuments() {
        assertThat(Trees.read("/* c */ [ {a = 1} {b = 2}\n\"x\"\n[] ] # d"))
                .isEqualTo(List.of(Map.of("a", 1L), Map.of("b", 2L), "x", List.of()));
    }
}
