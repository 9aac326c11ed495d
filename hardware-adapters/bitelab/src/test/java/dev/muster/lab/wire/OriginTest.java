package dev.muster.lab.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class OriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://lab, lab, true",
        "https://LAB, lab, true",
        "https://lab:8443, lab, true",
        "http://127.0.0.1:8080, 127.0.0.1:8080, true",
        "http://[::1]:8080, [::1]:8080, true",
        "http://[::1], [::1], true",
        "https://lab, lab:443, true",
        "http://lab, lab:80, true",
        "http://lab, lab:443, false",
        "http://lab:8081, lab:8080, false",
        "http://evil.example, lab, false",
        "http://lab.evil.example, lab, false",
        "http://lab@evil.example, lab, false",
        "null, lab, false",
        "'', lab, false",
        "http://, lab, false"
    })
    void aPageIsOursByItsHost(String origin, String host, boolean own) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.ORIGIN, origin);
        headers.set(HttpHeaders.HOST, host);
        assertThat(Origin.isOwn(headers)).isEqualTo(own);
    }
}
