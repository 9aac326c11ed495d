package dev.muster.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON is read exactly and strictly, and a fault says where. */
class JsonReaderTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "9007199254740993",
                "123456789012345678901234567890",
                "0.1",
                "-7",
                "\"a\\\"\\\\\\n\\u0001\\ud800é\"",
                "[1,[],{}]",
                "{\"a\":{\"b\":[null]},\"c\":1}"
            })
    void canonicalTextStaysAsItIs(String text) {
        assertEquals(text, JsonReader.read(text).toString());
    }

    @Test
    void equalValuesAreEqual() {
        assertEquals(JsonReader.read("3"), JsonReader.read(" 3.0 "));
        assertEquals(JsonReader.read("0"), JsonReader.read("-0.0"));
        assertEquals(JsonReader.read("{\"a\":1,\"b\":2}"), JsonReader.read("{\"b\":2e0,\"a\":10e-1}"));
        assertEquals(JsonReader.read("1E+21"), JsonReader.read("1e21"));
        assertEquals(
                JsonReader.read("1e300"),
                JsonReader.read(JsonReader.read("1e300").toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "tru",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "--1",
                "nul",
                "[1,]",
                "[1",
                "{\"a\":1,}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "\"x",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 2",
                "1e999999999",
                "1e500",
                "NaN"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThrows(JsonFault.class, () -> JsonReader.read(text));
    }

    @Test
    void aFaultSaysWhere() {
        JsonFault fault = assertThrows(JsonFault.class, () -> JsonReader.read("{\n  \"a\": x\n}"));
        assertEquals(List.of(2, 8), List.of(fault.line(), fault.column()));
    }

    @Test
    void aPointerLeadsToItsPlace() {
        String text = "{\"a\":[1,{\"b/c\":true}]}";
        assertEquals(text.indexOf("true"), JsonReader.placeOf(text, "/a/1/b~1c"));
        assertEquals(text.indexOf("[1"), JsonReader.placeOf(text, "/a/7"));
        assertEquals(0, JsonReader.placeOf(text, "/nothing"));
    }

    /** Remembering all places by their pointers would take gigabytes: the long name would be in each. */
    @Test
    void aPlaceIsFoundWithoutRememberingAllOthers() {
        String text = "{\"" + "n".repeat(300_000) + "\":[" + "1,".repeat(50_000) + "1],\"z\":true}";
        int place = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> JsonReader.placeOf(text, "/z"));
        assertEquals(text.indexOf("true"), place);
        assertEquals(text.indexOf("[1"), JsonReader.placeOf(text, "/" + "n".repeat(300_000)));
    }

    @Test
    void aFaultRepeatsNoLongName() {
        String name = "n".repeat(5_000);
        JsonFault fault =
                assertThrows(JsonFault.class, () -> JsonReader.read("{\"" + name + "\":1,\"" + name + "\":1}"));
        assertTrue(String.valueOf(fault.getMessage()).length() < 500);
    }

    @Test
    void limits() {
        assertThrows(JsonFault.class, () -> JsonReader.read("[".repeat(100_000)));
        assertThrows(JsonFault.class, () -> JsonReader.read("1".repeat(500)));
    }
}
