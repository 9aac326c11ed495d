package dev.muster.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.files.ByteRanges.Piece;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangesAndHeadersTest {

    private static List<Piece> ranges(String header) {
        return ByteRanges.parse(header, 5120, 256);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9,0,9",
        "bytes=5110-,5110,5119",
        "bytes=-10,5110,5119",
        "bytes=5110-99999,5110,5119",
        "bytes=0-5119,0,5119",
        "bytes=-99999,0,5119",
        "bytes=0-99999999999999999999999,0,5119"
    })
    void aSingleRangeIsClampedToTheFile(String header, long first, long last) {
        assertThat(ranges(header)).containsExactly(new Piece(first, last));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes=5120-",
                "bytes=100-10",
                "bytes=-0",
                "bytes=1-10,hdsf",
                "items=0-1",
                "bytes=0-9, 20-29",
                "bytes=0-10,10-20",
                "bytes=",
                "bytes=-",
                "bytes=0",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=1-2-3",
                "bytes=0-9,",
                "bytes=99999999999999999999999999999999999-",
                "BYTES=0-1",
                ""
            })
    void whatCannotBeServedIsNull(String header) {
        assertThat(ranges(header)).isNull();
    }

    @Test
    void severalComeInFileOrder() {
        assertThat(ranges("bytes=20-29,0-9,-10"))
                .containsExactly(new Piece(0, 9), new Piece(20, 29), new Piece(5110, 5119));
    }

    @Test
    void anEmptyFileHasNoRanges() {
        assertThat(ByteRanges.parse("bytes=0-", 0, 10)).isNull();
        assertThat(ByteRanges.parse("bytes=-5", 0, 10)).isNull();
    }

    @Test
    void theirNumberIsLimited() {
        String many = IntStream.range(0, 257).mapToObj(i -> 2 * i + "-" + 2 * i).collect(Collectors.joining(","));

        assertThat(ranges("bytes=" + many)).isNull();
        assertThat(ranges("bytes=" + many.substring(0, many.lastIndexOf(',')))).hasSize(256);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file1|attachment;filename=file1",
                "a b.bin|attachment;filename=\"a b.bin\"",
                "a(1).bin|attachment;filename=\"a(1).bin\"",
                "q\"uote|attachment;filename=\"q\\\"uote\"",
                "grün|attachment;filename=gr_n;filename*=UTF-8''gr%C3%BCn"
            })
    void fileNamesAreWrittenSafely(String name, String expected) {
        assertThat(FileHeaders.disposition(name)).isEqualTo(expected);
    }

    @Test
    void longFileNamesAreCut() {
        assertThat(FileHeaders.disposition("x".repeat(100))).isEqualTo("attachment;filename=" + "x".repeat(78));
    }

    @Test
    void controlsNeverReachAHeader() {
        assertThat(FileHeaders.disposition("a\r\nSet-Cookie: x"))
                .doesNotContain("\r")
                .doesNotContain("\n");
    }

    @Test
    void validatorsAreComparedAsTheyShould() {
        String sha = "a".repeat(40);
        Instant at = Instant.parse("2026-03-01T08:00:00.999Z");

        assertThat(FileHeaders.matches(null, sha)).isTrue();
        assertThat(FileHeaders.matches("\"x\", \"" + sha + "\"", sha)).isTrue();
        assertThat(FileHeaders.matches("W/\"" + sha + "\"", sha)).isFalse();
        assertThat(FileHeaders.isSameFile(FileHeaders.date(at), sha, at)).isTrue();
        assertThat(FileHeaders.isSameFile("Sun, 01 Mar 2026 07:59:59 GMT", sha, at))
                .isFalse();
        assertThat(FileHeaders.isSameFile("gibberish", sha, at)).isFalse();
        assertThat(FileHeaders.date(at)).isEqualTo("Sun, 01 Mar 2026 08:00:00 GMT");
        assertThat(FileHeaders.names("\"a\", W/\"b\"", "\"b\"")).isTrue();
        assertThat(FileHeaders.names("\"ab\"", "\"b\"")).isFalse();
        assertThat(FileHeaders.names("*", "\"b\"")).isFalse();
    }
}
