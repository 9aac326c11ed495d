package dev.muster.server.apps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.AppsRefusal;
import dev.muster.kernel.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.socket.CloseStatus;

class ShellWireTest {

    @Test
    void aSizeIsReadFromAMessageAndARequest() {
        assertThat(ScreenSize.in("{\"rows\":24,\"columns\":80,\"more\":1}")).isEqualTo(new ScreenSize(24, 80));
        assertThat(ScreenSize.of(1, 32_767)).isEqualTo(new ScreenSize(1, 32_767));
        assertThat(ScreenSize.of(null, null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "{",
                "{}",
                "{\"rows\":24}",
                "{\"rows\":0,\"columns\":80}",
                "{\"rows\":24.5,\"columns\":80}",
                "{\"rows\":\"24\",\"columns\":80}",
                "{\"rows\":24,\"columns\":32768}",
                "{\"rows\":24,\"columns\":99999999999}"
            })
    void whatIsNoSizeIsPassedOver(String message) {
        assertThat(ScreenSize.in(message)).isNull();
    }

    @Test
    void halfASizeIsRefused() {
        assertThatThrownBy(() -> ScreenSize.of(24, null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> ScreenSize.of(24, 0)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> ScreenSize.of(-1, 80)).isInstanceOf(Refused.class);
    }

    @Test
    void aRefusalBecomesAClose() {
        CloseStatus status = ShellClose.broken(AppsRefusal.AGENT_OFFLINE.because("Away."));
        assertThat(status).isEqualTo(new CloseStatus(4409, "Away."));
        assertThat(ShellClose.broken(new IOException("broken pipe"))).isEqualTo(CloseStatus.SERVER_ERROR);
    }

    /** A control frame has no room for more, and half a character would be none. */
    @Test
    void aReasonFitsIntoAClose() {
        assertThat(ShellClose.fitting("a".repeat(123))).hasSize(123);
        assertThat(ShellClose.fitting("a".repeat(124))).hasSize(123);
        String long1 = ShellClose.fitting("ä".repeat(100));
        assertThat(long1).isEqualTo("ä".repeat(61));
        assertThat(ShellClose.fitting("€".repeat(50)).getBytes(StandardCharsets.UTF_8))
                .hasSize(123);
        assertThat(ShellClose.fitting("😀".repeat(50))).isEqualTo("😀".repeat(30));
    }
}
