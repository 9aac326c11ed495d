package dev.muster.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.server.TestServer;
import dev.muster.server.http.OwnListener;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** The agents' own port: opened with the server, closed with it, and only where somebody asked for it. */
class PocListenerTest {

    @Test
    void itIsOpenAsLongAsTheServerIs() {
        TestServer server = TestServer.start(
                "--muster.registries.address=127.0.0.1:0", "--muster.registries.trusted-networks=127.0.0.1");
        String base = "http://127.0.0.1:" + server.bean(OwnListener.class).port();
        try (PocClient client = new PocClient(base)) {
            assertThat(client.target()).isEqualTo("{}");
            server.close();
            assertThatThrownBy(client::target).isInstanceOf(UncheckedIOException.class);
        } finally {
            server.close();
        }
    }

    @Test
    void anAddressIsOne() {
        assertThat(OwnListener.addressOf("x", "127.0.0.1:8000").getPort()).isEqualTo(8000);
        assertThat(OwnListener.addressOf("x", "[::1]:80").getAddress().getHostAddress())
                .isEqualTo("0:0:0:0:0:0:0:1");
        for (String text : new String[] {
            "", "8000", ":8000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "::1:80", "a:-1", "127.0.0.1:65536"
        }) {
            assertThatThrownBy(() -> OwnListener.addressOf("the.setting", text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the.setting");
        }
    }
}
