package dev.muster.updates.modes.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    @Test
    void noLinesAreNotAnEmptyLine() {
        assertThat(LogLines.kept(null)).isNull();
        assertThat(LogLines.kept(List.of())).isEmpty();
    }

    @Test
    void whatIsShortStaysAsItIs() {
        assertThat(LogLines.kept(List.of("a", "", "b"))).containsExactly("a", "", "b");
    }

    @Test
    void ofTooManyTheLastAreKept() {
        List<String> many = IntStream.range(0, 1000).mapToObj(i -> "line " + i).toList();
        assertThat(LogLines.kept(many))
                .hasSize(LogLines.LINES_MAX)
                .startsWith("line 488")
                .endsWith("line 999");
    }

    @Test
    void ofLongOnesTheBeginningIsKept() {
        assertThat(LogLines.kept(List.of("x".repeat(10_000)))).containsExactly("x".repeat(LogLines.LINE_MAX));
        String wide = "x".repeat(LogLines.LINE_MAX - 1) + "\uD83D\uDE00";
        assertThat(LogLines.kept(List.of(wide))).containsExactly("x".repeat(LogLines.LINE_MAX - 1));
    }

    @Test
    void togetherTheyStaySmall() {
        List<String> kept = LogLines.kept(Collections.nCopies(500, "x".repeat(5000)));
        assertThat(kept).isNotEmpty();
        assertThat(kept.stream().mapToInt(each -> each.length() + 1).sum()).isLessThanOrEqualTo(LogLines.TEXT_MAX);
    }
}
