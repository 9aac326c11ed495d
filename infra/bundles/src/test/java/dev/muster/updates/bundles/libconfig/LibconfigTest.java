package dev.muster.updates.bundles.libconfig;

import static dev.muster.updates.bundles.libconfig.Parsing.error;
import static dev.muster.updates.bundles.libconfig.Parsing.parse;
import static dev.muster.updates.bundles.libconfig.Parsing.x;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LibconfigTest {

    @Nested
    class Grammar {

        @ParameterizedTest
        @ValueSource(strings = {"", " \t\r\n\f", "# only a comment", "// so", "/* and\nso */", "/**/", "#"})
        void nothingIsAnEmptyGroup(String text) {
            assertThat(parse(text).members()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a = 1; b = 2;",
                    "a: 1, b: 2,",
                    "a=1 b=2",
                    "a\n=\n1\nb\n:\n2",
                    "/* c */ a /* c */ = // c\n 1 # c\n ; b = 2 // end",
                    "a = 1 b = /* ; */ 2",
                })
        void settingsMayBeWrittenInManyWays(String text) {
            assertThat(parse(text).members())
                    .containsExactly(Map.entry("a", new Setting.Whole(1)), Map.entry("b", new Setting.Whole(2)));
        }

        @Test
        void groupsListsAndArraysNest() {
            assertThat(x("{ a = ( 1, [ \"s\" ], ( ), { b = true; } ) ; c = [ ] }"))
                    .isEqualTo(new Setting.Group(Map.of(
                            "a",
                            new Setting.Items(List.of(
                                    new Setting.Whole(1),
                                    new Setting.Array(List.of(new Setting.Text("s"))),
                                    new Setting.Items(List.of()),
                                    new Setting.Group(Map.of("b", new Setting.Truth(true))))),
                            "c",
                            new Setting.Array(List.of()))));
        }

        @Test
        void commasMayFollowAnyValue() {
            assertThat(x("( 1, 2, )")).isEqualTo(x("(1,2)"));
            assertThat(x("[ 1,, 2,,, ]")).isEqualTo(x("[1,2]"));
            assertThat(error("x = (,1)").getMessage())
                    .contains("line 1, column 6")
                    .contains("value");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a-b_c*9", "*", "*-", "A", "trueish", "true1", "falsey", "TrueX"})
        void namesMayLookLikeThis(String name) {
            assertThat(parse(name + " = 1").members()).containsOnlyKeys(name);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1a = 1", "_a = 1", "-a = 1", "true = 1", "\"a\" = 1", "a.b = 1", "ä = 1", "= 1"})
        void namesMayNotLookLikeThis(String text) {
            assertThat(error(text).line()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"true", "TRUE", "True", "tRuE"})
        void truthHasAnyCase(String word) {
            assertThat(x(word)).isEqualTo(new Setting.Truth(true));
            assertThat(x("FaLsE")).isEqualTo(new Setting.Truth(false));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "a =",
                    "a = ;",
                    "a = b",
                    "a == 1",
                    "a = 1;; b = 2",
                    "a = { b = 1",
                    "a = ( 1",
                    "a = [ 1",
                    "a = 1 }",
                    "a = ( 1 2 )",
                    "a = [ 1; 2 ]",
                    "a = { 1 }",
                    "a = ( b = 1 )",
                    "{ a = 1 }",
                    "a = )",
                    "%",
                    "a = 'x'",
                    "a = /",
                    "a = 1 /",
                    "a = $HOME",
                    "a = nan",
                    "a = NaN",
                    "a = inf",
                    "a = -inf",
                    "a = +",
                    "a = -",
                    "a = .",
                    "a = e5",
                    "a = --1",
                    "a = 1.2.3",
                    "a = 0x",
                    "a = \\"
                })
        void textsThatMakeNoSenseAreRefused(String text) {
            assertThat(error(text).getMessage()).startsWith("line 1, column ");
        }
    }

    @Nested
    class Scalars {

        @ParameterizedTest
        @CsvSource({
            "0, 0",
            "-0, 0",
            "+7, 7",
            "007, 7",
            "-9223372036854775808, -9223372036854775808",
            "9223372036854775807, 9223372036854775807",
            "9223372036854775807LL, 9223372036854775807",
            "5L, 5",
            "0x7fFF, 32767",
            "0XffL, 255",
            "0xFFFFFFFFFFFFFFFF, -1",
            "0b101, 5",
            "0B1LL, 1",
            "0o17, 15",
            "0O17, 15",
            "0q17L, 15"
        })
        void integers(String text, long value) {
            assertThat(x(text)).isEqualTo(new Setting.Whole(value));
        }

        @ParameterizedTest
        @CsvSource({
            "1.5, 1.5",
            "-.5, -0.5",
            "5., 5",
            "+1e3, 1000",
            "1E-2, 0.01",
            "1.e2, 100",
            ".5e+1, 5",
            "4.9e-324, 4.9e-324"
        })
        void floatingPoint(String text, double value) {
            assertThat(x(text)).isEqualTo(new Setting.Real(value));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "9223372036854775808",
                    "-9223372036854775809",
                    "0x10000000000000000",
                    "0o7777777777777777777777",
                    "1e999999",
                    "-1e309",
                })
        void numbersBeyondTheirRangeAreRefused(String text) {
            assertThat(error("x = " + text).getMessage()).contains("beyond");
        }

        @Test
        void numbersOfAMillionDigitsAreRefused() {
            assertThat(error("x = " + "9".repeat(1_000_000)).getMessage()).contains("100 characters");
            assertThat(error("x = 0." + "9".repeat(1_000_000)).getMessage()).contains("100 characters");
            assertThat(error("x = 0x" + "f".repeat(1_000_000)).getMessage()).contains("100 characters");
        }

        @Test
        void arraysAreOfOneKind() {
            assertThat(x("[1, 2L]")).isEqualTo(new Setting.Array(List.of(new Setting.Whole(1), new Setting.Whole(2))));
            for (String mixed : new String[] {"[1, 1.0]", "[1, \"1\"]", "[true, 1]", "[(1)]", "[{}]", "[1, []]"}) {
                assertThat(error("x = " + mixed).getMessage()).contains("array");
            }
        }
    }

    @Nested
    class Strings {

        static List<Arguments> literals() {
            return List.of(
                    arguments("\"\"", ""),
                    arguments("\"a\" \"b\"\t\"c\"", "abc"),
                    arguments("\"a\" /* between */ \"b\" # and\n \"c\"", "abc"),
                    arguments("\"\\\"\\\\\"", "\"\\"),
                    arguments("\"\\x41\\X42\"", "AB"),
                    arguments("\"\\xc3\\xa4\"", "ä"),
                    arguments("\"\\.\\d\\/\\xZ1\\x4\"", "\\.\\d\\/\\xZ1\\x4"),
                    arguments("\"ä € 😀\"", "ä € 😀"),
                    arguments("\"# no // comment /* here\"", "# no // comment /* here"));
        }

        @ParameterizedTest
        @MethodSource("literals")
        void saysWhatItMeans(String literal, String meaning) {
            assertThat(x(literal)).isEqualTo(new Setting.Text(meaning));
        }

        @Test
        void controlCharactersByEscape() {
            assertThat(x("\"\\a\\b\\n\\r\\t\\v\\f\"")).isEqualTo(new Setting.Text("\u0007\b\n\r\t\u000b\f"));
        }

        @Test
        void linesGoOnInsideAString() {
            assertThat(x("\"one\ntwo\r\n\tthree\"")).isEqualTo(new Setting.Text("one\ntwo\r\n\tthree"));
        }

        @Test
        void embeddedLuaComesThroughAsItIs() {
            assertThat(parse("""
                    embedded-script = "
                    function f(image)
                      -- \\"quoted\\" and {braces}
                      return string.format('%d\\%', 1)
                    end
                    ";
                    """).members().get("embedded-script")).isEqualTo(new Setting.Text("""

                    function f(image)
                      -- "quoted" and {braces}
                      return string.format('%d\\%', 1)
                    end
                    """));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"", "\"abc", "\"abc\\\"", "\"abc\\", "\"abc\\x", "\"abc\n\n"})
        void withoutEndIsRefusedWhereItStarts(String literal) {
            LibconfigSyntaxException error = error("\n  x = " + literal);
            assertThat(error.getMessage()).isEqualTo("line 2, column 7: a string without end");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"a\0b\"", "\"a\\x00b\""})
        void withANulIsRefused(String literal) {
            assertThat(error("x = " + literal).getMessage()).contains("NUL");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\xff", "\\xc3", "\\xc3\\x28", "\\xed\\xa0\\x80", "\\xc0\\x80"})
        void whoseEscapesAreNoUtf8IsRefused(String escapes) {
            assertThat(error("x = \"" + escapes + "\"").getMessage()).contains("no UTF-8");
        }
    }
}
