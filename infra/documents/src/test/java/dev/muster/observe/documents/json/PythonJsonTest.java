package dev.muster.observe.documents.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.documents.text.Faults;
import dev.muster.observe.documents.text.TextFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON in, the forms out that other programs compare byte by byte; and hostile JSON. */
@Timeout(60)
class PythonJsonTest {

    private static final int MIB = 1 << 20;
    private static final JsonLimits LIMITS = new JsonLimits(34 * MIB, 64, 100);

    private static String canonical(String json) {
        return new CanonicalJson(json, LIMITS).whole();
    }

    private static Refusal refusal(String json) {
        TextFault fault = catchThrowableOfType(TextFault.class, () -> canonical(json));
        assertThat(fault).as("a fault").isNotNull();
        Refused refused = Faults.refused(ObserveRefusal.DASHBOARD_INVALID, fault);
        assertThat(refused.refusal().message()).hasSizeLessThan(400);
        return refused.refusal();
    }

    @ParameterizedTest
    @CsvSource({
        "1.50, 1.5",
        "1.0, 1.0",
        "1e-7, 1e-07",
        "1E5, 100000.0",
        "1e16, 1e+16",
        "-0, 0",
        "-0.0, -0.0",
        "5e-324, 5e-324",
        "1e-400, 0.0",
        "123456789012345678901234567890, 123456789012345678901234567890"
    })
    void numbersAreWrittenAsPythonHasThem(String number, String written) {
        assertThat(canonical(number)).isEqualTo(written);
    }

    @Test
    void theCanonicalFormIsCompactAndKeepsCharactersAsTheyAre() {
        assertThat(canonical(" { \"b\" : [ 1 , \"caf\\u00e9 \\/ \\u2028\" ] ,\n\"a\":{ } } "))
                .isEqualTo("{\"b\":[1,\"caf\u00e9 / \\u2028\"],\"a\":{}}");
    }

    @Test
    void aDownloadHasBlanksAndOnlyAscii() {
        String canonical = "{\"id\":null,\"title\":\"caf\u00e9 \ud83d\ude00: a,b \\\"x\\\"\",\"n\":[1,1.0,1e-07]}";
        assertThat(new PythonJson().spaced(canonical))
                .isEqualTo(
                        "{\"id\": null, \"title\": \"caf\\u00e9 \\ud83d\\ude00: a,b \\\"x\\\"\", \"n\": [1, 1.0, 1e-07]}");
    }

    @Test
    void theLastOfTwoEqualNamesHoldsAtTheFirstOnesPlace() {
        assertThat(canonical("{\"a\":{\"x\":1,\"x\":2},\"b\":0,\"\\u0061\":[3]}"))
                .isEqualTo("{\"a\":[3],\"b\":0}");
        StringBuilder many = new StringBuilder("{");
        for (int i = 0; i < 5000; i++) {
            many.append("\"").append(i % 1000).append("\":").append(i).append(',');
        }
        String canonical = canonical(many + "\"x\":{}}");
        assertThat(canonical).startsWith("{\"0\":4000,\"1\":4001,").endsWith("\"999\":4999,\"x\":{}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"a\"",
                "\"\\\"\\\\\\n\\t\\r\\b\\f\\u0001\u007f/\"",
                "\"\\u2028\\u2029\"",
                "\"\ud83d\ude00\"",
                "\"\\ud83d\"",
                "\"\\ude00\\ud83d\"",
                "\"caf\u00e9\""
            })
    void aCanonicalStringStaysAsItIs(String text) {
        assertThat(canonical(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{\"uid\": \"a\",",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{\"a\" 1}",
                "'a'",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e309",
                "-1e999999",
                "01",
                "+1",
                ".5",
                "1.",
                "0x1",
                "tru",
                "nul",
                "True",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\u0001\"",
                "\"a\nb\"",
                "\ufeff{}",
                "{}{}",
                "[] x",
                "[1}",
                "{\"a\":1]",
                "]",
                "\u00a01",
                "{\"a\":1,,}",
                "//x\n1",
                "\"\\u\uff11\uff12\uff13\uff14\""
            })
    void whatIsNoJsonIsRefused(String json) {
        Refusal refusal = refusal(json);
        assertThat(refusal.details()).containsEntry("fault", "syntax");
        assertThat(refusal.message()).startsWith("line ");
    }

    @Test
    void aFaultHasItsPlaceInCharacters() {
        Refusal refusal = refusal("{\n  \"\ud83d\ude00\": x}");
        assertThat(refusal.details()).containsEntry("line", 2).containsEntry("column", 8);
    }

    @Test
    void sixtyFourLevelsAreTakenAndAHundredThousandAreNot() {
        assertThat(canonical("[".repeat(64) + "]".repeat(64))).hasSize(128);
        assertThat(refusal("[".repeat(65) + "]".repeat(65)).details()).containsEntry("fault", "limit");
        assertThat(refusal("[".repeat(10 * MIB)).details()).containsEntry("fault", "limit");
        assertThat(refusal("{\"a\":".repeat(100_000)).details()).containsEntry("fault", "limit");
    }

    @Test
    void numbersHaveAHundredCharacters() {
        assertThat(canonical("7".repeat(100))).hasSize(100);
        assertThat(refusal("7".repeat(101)).details()).containsEntry("fault", "limit");
        assertThat(refusal("0." + "7".repeat(MIB)).details()).containsEntry("fault", "limit");
    }

    @Test
    void namesPreparedToCollideInEveryStringHashAreReadInTheTimeTheirLengthTakes() {
        // "Aa" and "BB" have the same hash, and so has every text made of them.
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < 1 << 17; i++) {
            text.append('"');
            for (int bit = 0; bit < 17; bit++) {
                text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            text.append("\":0,");
        }
        String canonical = canonical(text + "\"x\":0}");
        assertThat(canonical).hasSize(text.length() + 6);
    }

    @Test
    void namesOverruledAtEveryLevelCostNoMoreThanTheLevels() {
        String text = "[" + "1,".repeat(100_000) + "1]";
        for (int i = 0; i < 62; i++) {
            text = "{\"a\":0,\"a\":" + text + "}";
        }
        assertThat(canonical(text)).startsWith("{\"a\":{\"a\":").doesNotContain("0,");
    }

    @Test
    void whatGrowsBeyondTheLimitIsRefused() {
        assertThat(refusal("[" + "1E15,".repeat(3 * MIB) + "0]").details()).containsEntry("fault", "limit");
        assertThat(refusal(" ".repeat(34 * MIB + 1)).details()).containsEntry("fault", "limit");
    }
}
