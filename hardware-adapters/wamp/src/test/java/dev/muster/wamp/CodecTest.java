package dev.muster.wamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Three forms on the wire, which say the same. */
class CodecTest {

    @ParameterizedTest
    @EnumSource(Codec.class)
    void whatIsWrittenIsRead(Codec codec) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", "é €\n");
        map.put("nothing", null);
        map.put("deep", List.of(Map.of("k", List.of())));
        List<Object> values = new ArrayList<>(Arrays.asList(null, true, false, "", "x".repeat(70_000), map, 0.5, -7.0));
        for (int shift = 0; shift < 64; shift++) {
            values.add(1L << shift);
            values.add((1L << shift) - 1);
            values.add(-(1L << shift));
        }
        values.add(BigInteger.TWO.pow(64).subtract(BigInteger.ONE));
        for (int length : new int[] {0, 15, 16, 31, 32, 255, 256, 65_535, 65_536}) {
            values.add("y".repeat(length));
            values.add(new ArrayList<>(java.util.Collections.nCopies(length, 1L)));
        }
        List<Object> read = codec.read(codec.write(values));
        assertThat(read).isEqualTo(values);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void bytesAreBytes(Codec codec) {
        for (int length : new int[] {0, 1, 255, 256, 70_000}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0xfe);
            assertThat((byte[]) codec.read(codec.write(List.of(bytes))).getFirst())
                    .isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void wholeNumbersAndFractionsAreNotMixedUp(Codec codec) {
        List<Object> read = codec.read(codec.write(List.of(7, 7L, 7.0)));
        assertThat(read).containsExactly(7L, 7L, 7.0);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void nestingHasAnEnd(Codec codec) {
        assertThat(codec.read(codec.write(nested(64)))).isEqualTo(nested(64));
        byte[] tooDeep = codec.write(nested(65));
        assertThatThrownBy(() -> codec.read(tooDeep)).isInstanceOf(ProtocolViolation.class);
    }

    private static List<Object> nested(int depth) {
        List<Object> list = new ArrayList<>();
        if (depth > 1) {
            list.add(nested(depth - 1));
        }
        return list;
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void aPieceOfAMessageIsNone(Codec codec) {
        byte[] whole = codec.write(List.of(48L, 1L, Map.of("k", "v"), "a.b", List.of(1.5, "x", 70_000L)));
        for (int length = 0; length < whole.length; length++) {
            byte[] piece = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> codec.read(piece)).isInstanceOf(ProtocolViolation.class);
        }
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        more[whole.length] = codec == Codec.JSON ? (byte) '1' : 1;
        assertThatThrownBy(() -> codec.read(more)).isInstanceOf(ProtocolViolation.class);
    }

    /** From the format's own specification. */
    @ParameterizedTest
    @CsvSource({
        "91c0, null",
        "92c2c3, false true",
        "917f, 127",
        "91ff, -1",
        "91e0, -32",
        "91ccff, 255",
        "91cdffff, 65535",
        "91ceffffffff, 4294967295",
        "91cfffffffffffffffff, 18446744073709551615",
        "91d080, -128",
        "91d18000, -32768",
        "91d280000000, -2147483648",
        "91d38000000000000000, -9223372036854775808",
        "91ca3fc00000, 1.5",
        "91cb3ff8000000000000, 1.5",
        "91a3616263, abc",
        "91d903616263, abc",
        "91da0003616263, abc",
        "91db00000003616263, abc",
        "9181a16b01, {k=1}",
        "91de0001a16b01, {k=1}",
        "91df00000001a16b01, {k=1}",
        "9191c0, [null]",
        "92d4000001, null 1",
        "dc000101, 1",
        "dd0000000101, 1",
        "91810102, {1=2}"
    })
    void messagePackIsRead(String hex, String expected) {
        List<Object> read = Codec.MSGPACK.read(HexFormat.of().parseHex(hex));
        StringBuilder said = new StringBuilder();
        read.forEach(value -> said.append(said.isEmpty() ? "" : " ").append(value));
        assertThat(said).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c0",
                "80",
                "91c1",
                "91d40100",
                "91d40001",
                "dd7fffffff",
                "ddffffffff",
                "91c6ffffffff",
                "91dfffffffff",
                "91db7fffffff61",
                "9181c001",
                "91c67fffffff00"
            })
    void whatIsNoMessagePackIsRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> Codec.MSGPACK.read(bytes)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1e999999999]",
                "[NaN]",
                "['x']",
                "[1,]",
                "[01]",
                "[\"\\ud800\"]",
                "[{\"\\udc00\":1}]",
                "[{\"a\":1,}]",
                "[\"a\nb\"]"
            })
    void whatIsNoJsonIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Codec.JSON.read(bytes)).isInstanceOf(ProtocolViolation.class);
    }

    /** One text of a million characters that is said a hundred times over, in three bytes each. */
    @Test
    void aShortMessageDoesNotBecomeALongOne() {
        java.io.ByteArrayOutputStream said = new java.io.ByteArrayOutputStream();
        said.writeBytes(HexFormat.of().parseHex("d90100" + "9865" + "7a000f4240"));
        said.writeBytes("x".repeat(1_000_000).getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < 100; i++) {
            said.writeBytes(HexFormat.of().parseHex("d81900"));
        }
        byte[] bytes = said.toByteArray();
        assertThatThrownBy(() -> Codec.CBOR.read(bytes)).isInstanceOf(ProtocolViolation.class);
    }

    /** Half a million empty lists are a mebibyte on the wire and thirty in memory. */
    @ParameterizedTest
    @EnumSource(Codec.class)
    void aMessageHasSoManyValuesAndNoMore(Codec codec) {
        byte[] most = codec.write(java.util.Collections.nCopies(Values.COUNT_MAX - 1, List.of()));
        assertThat(codec.read(most)).hasSize(Values.COUNT_MAX - 1);
        byte[] more = codec.write(java.util.Collections.nCopies(Values.COUNT_MAX + 1, List.of()));
        assertThatThrownBy(() -> codec.read(more)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void whatJsonHasNotIsNull() {
        assertThat(new String(Codec.JSON.write(List.of(Double.NaN, Double.POSITIVE_INFINITY)), StandardCharsets.UTF_8))
                .isEqualTo("[null,null]");
    }

    @Test
    void jsonIsChosenWheneverItIsOffered() {
        assertThat(Codec.best(List.of("wamp.2.json", "wamp.2.cbor", "wamp.2.msgpack")))
                .isEqualTo(Codec.JSON);
        assertThat(Codec.best(List.of("wamp.2.cbor", "wamp.2.msgpack", "wamp.2.json")))
                .isEqualTo(Codec.JSON);
        assertThat(Codec.best(List.of("wamp.2.cbor", "wamp.2.msgpack"))).isEqualTo(Codec.MSGPACK);
        assertThat(Codec.best(List.of("wamp.2.cbor"))).isEqualTo(Codec.CBOR);
        assertThat(Codec.best(List.of("mqtt", "wamp.2.flatbuffers"))).isNull();
    }
}
