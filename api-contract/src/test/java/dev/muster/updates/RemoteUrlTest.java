package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteUrlTest {

    @ParameterizedTest
    @CsvSource({
        "https://h.example.org/a/f.swu, true, h.example.org, 443, /a/f.swu, f.swu",
        "http://h/f.swu, false, h, 80, /f.swu, f.swu",
        "HTTP://H.Example.ORG:8080/F.swu?x=1&y=%20, false, h.example.org, 8080, /F.swu?x=1&y=%20, F.swu",
        "https://10.1.2.3:8443/f, true, 10.1.2.3, 8443, /f, f",
        "https://[2001:db8::1]/f, true, 2001:db8::1, 443, /f, f",
        "https://h/Ger%C3%A4t%20(1).swu, true, h, 443, /Ger%C3%A4t%20(1).swu, Gerät (1).swu",
        "' https://h/f ', true, h, 443, /f, f",
        "https://h/a/../f, true, h, 443, /a/../f, f",
    })
    void anAddressIsReadAsItIsAskedFor(
            String text, boolean secure, String host, int port, String target, String fileName) {
        RemoteUrl url = RemoteUrl.parse(text);

        assertThat(url.secure()).isEqualTo(secure);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.target()).isEqualTo(target);
        assertThat(url.fileName()).isEqualTo(fileName);
        assertThat(url.whole()).isEqualTo(text.strip());
        assertThat(url.authorization()).isNull();
    }

    @Test
    void userAndPasswordAreForTheOtherHostAlone() {
        RemoteUrl url = RemoteUrl.parse("https://us%3Aer:p%40ss%3Aword@h/f.swu");

        String header = url.authorization();
        assertThat(header).startsWith("Basic ");
        assertThat(new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8))
                .isEqualTo("us:er:p@ss:word");
        assertThat(url.masked()).isEqualTo("https://us%3Aer:***@h/f.swu");
        assertThat(url.toString()).isEqualTo(url.masked());
        assertThat(url.target()).isEqualTo("/f.swu");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "f.swu",
                "file:///etc/passwd",
                "ftp://h/secret",
                "gopher://h/secret",
                "jar:https://h/f.jar!/secret",
                "https:secret",
                "https:///secret",
                "https://h",
                "https://h/",
                "https://h/secret/",
                "https://h/%zz",
                "https://h/%ff",
                "https://h/f#secret",
                "https://h:0/secret",
                "https://h:65536/secret",
                "https://h:99999999999/secret",
                "https://h:-1/secret",
                "https://h:80:80/secret",
                "https://h./secret",
                "https://127.1/secret",
                "https://2130706433/secret",
                "https://0x7f.0.0.1/secret",
                "https://0x7f000001/secret",
                "https://010.0.0.1/secret",
                "https://127.0.0.1./secret",
                "https://256.0.0.1/secret",
                "https://1.2.3/secret",
                "https://[::ffff:127.0.0.1]/secret",
                "https://[fe80::1%25eth0]/secret",
                "https://[fe80::1%eth0]/secret",
                "https://[::1/secret",
                "https://a b/secret",
                "https://h/a b",
                "https://h\\@g/secret",
                "https://u:secret@h@g\\/f",
                "https://höst/secret",
                "https://h/ä",
                "https://u:secret%zz@h/f",
                "https://u:secret@/f",
                "//h/secret",
            })
    void whatIsNoneIsRefusedWithoutBeingRepeated(String text) {
        assertThatThrownBy(() -> RemoteUrl.parse(text)).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.refusal().code()).isEqualTo("updates.url-invalid");
            assertThat(e.refusal().message()).doesNotContain("secret");
            assertThat(e.refusal().details()).isEmpty();
        });
    }

    @Test
    void nothingOfARequestIsHiddenInAnAddress() {
        for (String text : List.of("https://h/f\r\nX: y", "https://h/f\nX", "https://h/\u0000f", "https://h\t/f")) {
            assertThatThrownBy(() -> RemoteUrl.parse(text)).isInstanceOf(Refused.class);
        }
        assertThat(RemoteUrl.parse("https://h/%0d%0aX").target()).isEqualTo("/%0d%0aX");
    }

    @Test
    void anAddressIsNotEndless() {
        assertThat(RemoteUrl.parse("https://h/" + "a".repeat(RemoteUrl.LENGTH_MAX - 10))
                        .fileName())
                .hasSize(RemoteUrl.LENGTH_MAX - 10);
        assertThatThrownBy(() -> RemoteUrl.parse("https://h/" + "a".repeat(RemoteUrl.LENGTH_MAX - 9)))
                .isInstanceOf(Refused.class);
    }
}
