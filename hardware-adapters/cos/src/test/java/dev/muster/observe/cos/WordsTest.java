package dev.muster.observe.cos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Single words: hosts, accepted media, numbers, settings. */
class WordsTest {

    @Test
    void plainAddressesAndNamedHostsAreAccepted() {
        Hosts hosts = new Hosts(List.of("muster.example.org", ".robots.example"));

        for (String fine : List.of(
                "localhost",
                "LOCALHOST:8080",
                "127.0.0.1:8000",
                "10.3.4.5",
                "[::1]:80",
                "[2001:db8::1]",
                "Muster.Example.org",
                "muster.example.org.:443",
                "a.robots.example",
                "robots.example")) {
            assertThat(hosts.accepts(fine)).as(fine).isTrue();
        }
        for (String not : List.of(
                "evil.example",
                "",
                "muster.example.org.evil.example",
                "xrobots.example",
                "a b",
                "127.0.0.1@evil.example",
                "[evil]",
                "300.1.1.1",
                "localhost:999999")) {
            assertThat(hosts.accepts(not)).as(not).isFalse();
        }
        assertThat(hosts.accepts(null)).isFalse();
        assertThat(new Hosts(List.of("*")).accepts("any.example")).isTrue();
    }

    @Test
    void theMostParticularRangeWinsThenJson() {
        assertThat(Rendering.wanted(List.of(), null)).isEqualTo(Rendering.JSON);
        assertThat(Rendering.wanted(List.of("*/*"), null)).isEqualTo(Rendering.JSON);
        assertThat(Rendering.wanted(List.of("text/html, application/json;q=0.1"), null))
                .isEqualTo(Rendering.JSON);
        assertThat(Rendering.wanted(List.of("text/html", "*/*"), null)).isEqualTo(Rendering.PAGE);
        assertThat(Rendering.wanted(List.of("application/*, text/*"), null)).isEqualTo(Rendering.JSON);
        assertThat(Rendering.wanted(List.of("application/json; indent=99"), null))
                .isEqualTo(new Rendering(false, 8));
        assertThat(Rendering.wanted(List.of("application/json; indent=x"), null))
                .isEqualTo(Rendering.JSON);
        assertThatThrownBy(() -> Rendering.wanted(List.of("text/plain"), null)).isInstanceOf(CosFailure.class);
        assertThatThrownBy(() -> Rendering.wanted(List.of("application/json"), "api"))
                .isInstanceOf(CosFailure.class);
    }

    @Test
    void numbersReadAsInTheOriginalsLanguage() {
        assertThat(PythonText.real(1.5)).isEqualTo("1.5");
        assertThat(PythonText.real(1e22)).isEqualTo("1e+22");
        assertThat(PythonText.real(123456789012345680.0)).isEqualTo("1.2345678901234568e+17");
        assertThat(PythonText.real(1e15)).isEqualTo("1000000000000000.0");
        assertThat(PythonText.real(0.0001)).isEqualTo("0.0001");
        assertThat(PythonText.real(0.00001)).isEqualTo("1e-05");
        assertThat(PythonText.real(-0.0)).isEqualTo("-0.0");
        assertThat(PythonText.real(Double.POSITIVE_INFINITY)).isEqualTo("inf");
    }

    @Test
    void escapesAreLowerCaseAndHalvesOfCharactersStayEscaped() {
        assertThat(new JsonText()
                        .text("\u001f\"\\\n\u007fé\u2029\ud800x\ud83d\ude00\udc00")
                        .toString())
                .isEqualTo("\"\\u001f\\\"\\\\\\n\u007fé\\u2029\\ud800x\ud83d\ude00\\udc00\"");
    }

    @Test
    void aPrefixMustBeOne() {
        for (String prefix : List.of("", "/", "cos", "/cos/", "/api", "/api/x", "//x", "/a b")) {
            assertThatThrownBy(() -> CosSettings.DEFAULTS.with(prefix, List.of(), Duration.ZERO))
                    .as(prefix)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("muster.cos.prefix");
        }
        assertThat(CosSettings.DEFAULTS.at("/model-cos/x").prefix()).isEqualTo("/model-cos/x");
    }
}
