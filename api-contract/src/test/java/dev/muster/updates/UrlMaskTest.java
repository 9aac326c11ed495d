package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vector GB-55 of the gooseBit contract, and addresses that are made to confuse. */
class UrlMaskTest {

    @ParameterizedTest
    @CsvSource({
        "https://user@h/f.swu, https://user@h/f.swu",
        "https://h:8443/f.swu, https://h:8443/f.swu",
        "https://user:p%40ss%3Aword@h/f.swu, https://user:***@h/f.swu",
        "s3://bucket/key, s3://bucket/key",
        "file:///srv/f.swu, file:///srv/f.swu",
    })
    void gb55(String url, String shown) {
        assertThat(UrlMask.masked(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:secret@h:8443/f.swu, https://user:***@h:8443/f.swu",
        "http://user:p%40ss%3Aword@h/f.swu, http://user:***@h/f.swu",
        "HTTPS://u:p@h, HTTPS://u:***@h",
        "https://:p@h/f, https://:***@h/f",
        "https://u:p:q@h/f, https://u:***@h/f",
        "https://u:p@ss@h/f, https://u:***@h/f",
        "https://u:p@[::1]:8443/f, https://u:***@[::1]:8443/f",
        "https://u:p@h?x=a@b, https://u:***@h?x=a@b",
        "'  https://u:p@h/f', '  https://u:***@h/f'",
        "https://u:***@h/f, https://u:***@h/f",
    })
    void aPasswordIsNotShown(String url, String shown) {
        assertThat(UrlMask.masked(url)).isEqualTo(shown);
        assertThat(UrlMask.masked(shown)).as("twice is once").isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user@h/f.swu",
                "https://user:@h/f.swu",
                "https://h:8443/f.swu",
                "https://h/a:b@c",
                "https://h?a:b@c",
                "https://[::1]:8443/f",
                "s3://bucket/key:x@y",
                "s3://user:secret@bucket/key",
                "file:///srv/user:secret@x.swu",
                "https://",
                "https://@",
                "https://:@",
                "",
                "f.swu",
            })
    void whatHasNoneStaysAsItIs(String url) {
        assertThat(UrlMask.masked(url)).isEqualTo(url);
        assertThat(UrlMask.without(url)).isEqualTo(url);
        assertThat(UrlMask.with(url, "other")).isEqualTo(url);
        assertThat(UrlMask.passwordOf(url)).isNull();
    }

    @Test
    void aPasswordIsTakenOutAndPutBackIn() {
        String url = "https://user:p%40ss@h/f.swu";

        assertThat(UrlMask.passwordOf(url)).isEqualTo("p%40ss");
        assertThat(UrlMask.without(url)).isEqualTo("https://user@h/f.swu");
        assertThat(UrlMask.with(UrlMask.masked(url), "p%40ss")).isEqualTo(url);
        assertThat(UrlMask.with(url, "$1\\")).as("text, no pattern").isEqualTo("https://user:$1\\@h/f.swu");
    }
}
