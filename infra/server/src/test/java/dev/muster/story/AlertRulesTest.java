package dev.muster.story;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The alerts about Muster itself, judged by Prometheus' own tool. */
class AlertRulesTest {

    private static final Path RULES =
            Path.of("../compose/prometheus").toAbsolutePath().normalize();

    @Test
    void eachAlertFiresWhenItShallAndOnlyThen() throws Exception {
        assumeTrue(
                Prometheus.isHere(),
                "SKIPPED: no prometheus and promtool in /usr/bin; install Debian's package prometheus");
        assertThat(Prometheus.faultsOf(RULES.resolve("rules/muster.yml"))).isEmpty();
        Process promtool = new ProcessBuilder(Prometheus.PROMTOOL, "test", "rules", "tests/muster.yml")
                .directory(RULES.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
