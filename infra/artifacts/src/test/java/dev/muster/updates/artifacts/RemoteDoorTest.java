package dev.muster.updates.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Refused;
import dev.muster.updates.RemoteUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RemoteDoorTest {

    private static RemoteDoor door(List<String> allowed, String... addresses) {
        return new RemoteDoor(
                allowed,
                host -> Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new));
    }

    private static void refused(RemoteDoor door, String url) {
        assertThatThrownBy(() -> door.addresses(RemoteUrl.parse(url))).isInstanceOfSatisfying(Refused.class, e -> {
            assertThat(e.refusal().code()).isEqualTo("updates.url-refused");
            assertThat(e.refusal().message())
                    .as("nothing of the network is told")
                    .doesNotContainPattern("\\d+\\.\\d+\\.\\d+");
        });
    }

    @Test
    void publicHostsAreAskedOnUsualPorts() throws Exception {
        RemoteDoor door = door(List.of(), "8.8.8.8", "2606:4700::1111");
        for (String url : List.of("http://h/f", "https://h/f", "http://h:8080/f", "https://h:8443/f")) {
            assertThat(door.addresses(RemoteUrl.parse(url)))
                    .containsExactly(InetAddress.ofLiteral("8.8.8.8"), InetAddress.ofLiteral("2606:4700::1111"));
        }
        refused(door, "http://h:22/f");
        refused(door, "http://h:6379/f");
    }

    @Test
    void oneBadAddressIsEnough() {
        refused(door(List.of(), "8.8.8.8", "10.0.0.1"), "http://h/f");
        refused(door(List.of(), "2606:4700::1111", "169.254.169.254"), "http://h/f");
        refused(door(List.of("10.0.0.0/8"), "10.0.0.1", "127.0.0.1"), "http://h/f");
    }

    @Test
    void namedHostsAreAskedAnywhere() throws Exception {
        assertThat(door(List.of("10.0.0.0/8"), "10.0.0.1").addresses(RemoteUrl.parse("http://h:22/f")))
                .hasSize(1);
        assertThat(door(List.of("h"), "192.168.0.1").addresses(RemoteUrl.parse("http://h:22/f")))
                .hasSize(1);
        assertThat(door(List.of("10.0.0.0/8"), "10.0.0.1", "8.8.8.8").addresses(RemoteUrl.parse("http://h/f")))
                .hasSize(2);
        refused(door(List.of("10.0.0.0/8"), "10.0.0.1", "8.8.8.8"), "http://h:22/f");
        refused(door(List.of("other"), "192.168.0.1"), "http://h/f");
    }

    @Test
    void noAddressIsNoHost() {
        assertThatThrownBy(() -> door(List.of("h")).addresses(RemoteUrl.parse("http://h/f")))
                .isInstanceOf(UnknownHostException.class);
    }
}
