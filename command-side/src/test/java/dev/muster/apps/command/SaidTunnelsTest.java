package dev.muster.apps.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.apps.command.TunnelLine.State;
import dev.muster.kernel.Refused;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tunnels in the agent's words: vector G-30, and what else agents may say. */
class SaidTunnelsTest {

    private static Map<String, Object> told(Map<String, ?> status, boolean active, boolean error, String message) {
        return Map.of(
                "status",
                status,
                "app_name",
                "hello",
                "port",
                22L,
                "active",
                active,
                "error",
                error,
                "error_message",
                message,
                "url",
                "tcp://3-hello-22.app.example.com:30022");
    }

    private static Map<String, ?> status(String name, String word) {
        return Map.of("name", name, "status", word, "remotePort", 30_022L, "error", "", "protocol", "tcp");
    }

    private static SaidTunnels said(Object... tunnels) {
        return SaidTunnels.in(List.of(Arrays.asList(tunnels)));
    }

    @Test
    void oneThatRunsIsOpen() {
        SaidTunnels said = said(told(status("3-hello-22-tcp", "running"), true, false, ""));
        assertThat(said.take("3-hello-22-tcp"))
                .isEqualTo(new SaidTunnels.Tunnel(
                        "hello", 22, "tcp", State.OPEN, "tcp://3-hello-22.app.example.com:30022", 30_022, null));
        assertThat(said.others()).isEmpty();
    }

    @Test
    void oneThatCouldNotBeOpenedSaysWhy() {
        SaidTunnels said = said(
                told(status("3-hello-22-tcp", "start error"), true, true, "port already used"),
                told(status("3-hello-23-tcp", "start error"), true, false, ""),
                told(status("3-hello-24-tcp", "wait start"), true, false, ""));
        assertThat(said.take("3-hello-22-tcp"))
                .extracting(SaidTunnels.Tunnel::state, SaidTunnels.Tunnel::fault)
                .containsExactly(State.FAILED, "port already used");
        assertThat(said.take("3-hello-23-tcp"))
                .extracting(SaidTunnels.Tunnel::state, SaidTunnels.Tunnel::fault)
                .containsExactly(State.FAILED, "start error");
        assertThat(said.take("3-hello-24-tcp"))
                .extracting(SaidTunnels.Tunnel::state)
                .isEqualTo(State.OPENING);
    }

    @Test
    void namesOfSecureOnesAreTheSameWithoutSayingSo() {
        SaidTunnels said = said(told(status("secure-3-hello-8443-https", "running"), true, false, ""));
        assertThat(said.take("3-hello-8443-https")).isNotNull();
    }

    @Test
    void whatIsNoTunnelIsNone() {
        SaidTunnels said = said(
                told(status("3-hello-22-tcp", "closed"), false, false, ""),
                told(status("<script>", "running"), true, false, ""),
                Map.of("status", "running"),
                "3-hello-22-tcp",
                null);
        assertThat(said.others()).isEmpty();
        assertThat(SaidTunnels.in(List.of()).others()).isEmpty();
        assertThat(SaidTunnels.in(Collections.singletonList(null)).others()).isEmpty();
        assertThatThrownBy(() -> SaidTunnels.in(List.of("none"))).isInstanceOf(Refused.class);
    }
}
