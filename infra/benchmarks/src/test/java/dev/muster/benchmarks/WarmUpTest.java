package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WarmUpTest {

    private long now;
    private long compiled;
    private long compiledEachRound;

    @Test
    void itEndsWhenTwoRoundsAgree() throws IOException {
        WarmUp warm = rounds(List.of(1000.0, 1800.0, 2600.0, 2700.0, 9999.0).iterator());
        assertThat(warm.figures()).containsExactly(1000.0, 1800.0, 2600.0, 2700.0);
        assertThat(warm.steady()).isTrue();
        assertThat(warm.words()).isEqualTo("steady after 20 s");
    }

    @Test
    void aFallingFigureSettlesToo() throws IOException {
        assertThat(rounds(List.of(900.0, 500.0, 480.0).iterator()).figures()).hasSize(3);
    }

    @Test
    void whatNeverSettlesIsMeasuredAfterNinetySecondsAndSaysSo() throws IOException {
        WarmUp warm = rounds(Stream.iterate(1.0, rate -> rate * 2).iterator());
        assertThat(warm.took()).isEqualTo(Duration.ofSeconds(90));
        assertThat(warm.steady()).isFalse();
        assertThat(warm.words()).isEqualTo("not steady after 90 s");
    }

    @Test
    void nothingTwiceIsNotSteady() throws IOException {
        assertThat(rounds(Stream.generate(() -> 0.0).iterator()).steady()).isFalse();
    }

    @Test
    void aCompilerThatWorksIsWaitedFor() throws IOException {
        compiledEachRound = Duration.ofSeconds(1).toNanos();
        assertThat(rounds(Stream.generate(() -> 1.0).iterator()).steady()).isFalse();
        compiledEachRound = Duration.ofMillis(700).toNanos();
        now = 0;
        assertThat(rounds(Stream.generate(() -> 1.0).iterator()).figures()).hasSize(2);
    }

    @Test
    void aJvmsCompilersAreFound() throws IOException {
        assertThat(Proc.compilerNanos(ProcessHandle.current().pid())).isPositive();
    }

    private WarmUp rounds(Iterator<Double> figures) throws IOException {
        return WarmUp.untilSteady(
                length -> {
                    now += length.toNanos();
                    compiled += compiledEachRound;
                    return figures.next();
                },
                () -> compiled,
                () -> now);
    }
}
