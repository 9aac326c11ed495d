package dev.muster.observe.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScrapeAddressTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1,10.0.0.1:9100",
        "http://10.0.0.1,10.0.0.1:9100",
        "http://10.0.0.1:8080/status,10.0.0.1:9100",
        "10.0.0.1:22,10.0.0.1:9100",
        "robot-1.fleet.example,robot-1.fleet.example:9100",
        "2001:db8::1,[2001:db8::1]:9100",
        "::1,[::1]:9100",
        "::ffff:10.0.0.1,[::ffff:10.0.0.1]:9100",
        "http://[2001:db8::1],[2001:db8::1]:9100",
        "https://[2001:db8::1]:8443/x,[2001:db8::1]:9100",
        "fe80::1%eth0,[fe80::1]:9100",
        "http://[fe80::1%eth0],[fe80::1]:9100"
    })
    void aTargetIsTheHostWithThePort(String address, String target) {
        assertThat(ScrapeAddress.target(address, 9100)).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://***", "http://", "a b", "<script>", "[::1", "user@host", ":9100"})
    void whatHasNoHostIsNoTarget(String address) {
        assertThat(ScrapeAddress.target(address, 9100)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "a:", "::1%", "[", "http://"})
    void aLongAddressIsReadAtOnce(String piece) {
        long start = System.nanoTime();
        ScrapeAddress.target(piece.repeat(2000) + "!", 9100);
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }
}
