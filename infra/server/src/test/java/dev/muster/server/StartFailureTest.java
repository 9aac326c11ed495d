package dev.muster.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.Muster;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;

/** Whoever starts a server with a setting that is wrong reads which one, and why. */
class StartFailureTest {

    @TempDir
    Path data;

    private @Nullable String reason(int port, String... settings) {
        List<String> all = new ArrayList<>(List.of("--server.port=" + port, "--muster.data=" + data));
        all.addAll(List.of(settings));
        Throwable failure = catchThrowable(() -> new SpringApplication(Muster.class)
                .run(all.toArray(String[]::new))
                .close());
        assertThat(failure).as("a start that should fail").isNotNull();
        return StartFailure.reason(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "--muster.registries.confdb=2.61, muster.registries.confdb, '2.61', 2.68",
        "--muster.registries.sockets[0].device=a, muster.registries.sockets[0], needs a path, device",
        "--muster.lab.silence-max=soon, muster.lab.silence-max, 'soon', duration",
        "--muster.bundles.rauc-compatible-pattern=(a, muster.bundles, rauc-compatible-pattern, cannot be used",
        "--muster.bundles.trust=/nowhere/ca.pem, muster.bundles, /nowhere/ca.pem, does not exist",
        "--muster.bundles.signature-policy=require, muster.bundles, muster.bundles.trust, nobody"
    })
    void aSettingIsNamedWithWhatIsWrong(String setting, String name, String what, String why) {
        assertThat(reason(0, setting)).contains("setting " + name, what, why).doesNotContain("\n");
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(reason(taken.getLocalPort())).contains("port " + taken.getLocalPort());
        }
    }

    @Test
    void aFaultOfOursHasNoShortReason() {
        assertThat(StartFailure.reason(new IllegalStateException("a fault of ours")))
                .isNull();
    }
}
