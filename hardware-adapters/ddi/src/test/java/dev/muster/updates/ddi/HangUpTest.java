package dev.muster.updates.ddi;

import static dev.muster.updates.ddi.House.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.updates.SoftwareModule;
import dev.muster.updates.SoftwareModule.Artifact;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Devices lose their network in the middle of a download every day. */
@ExtendWith(OutputCaptureExtension.class)
class HangUpTest {

    /** More than both sockets hold, so that the file is surely still being sent. */
    private static final int SIZE = 32 << 20;

    private static final int TIMES = 5;

    @TempDir
    Path directory;

    @Test
    void aDownloadThatTheDeviceCutsIsNoFaultAndNotLogged(CapturedOutput output) throws Exception {
        try (House house = new House()) {
            byte[] content = new byte[SIZE];
            Artifact onDisk = house.shelf.put("disk.bin", content, Files.write(directory.resolve("disk"), content));
            content[0] = 1;
            Artifact streamed = house.shelf.put("stream.bin", content, null);
            house.device("d", null);
            house.assign(
                    "d",
                    1,
                    house.release(
                            "fw",
                            new SoftwareModule(
                                    5, "os", "fw", "1", false, List.of(onDisk, streamed), List.of(), List.of())));
            for (int i = 0; i < TIMES; i++) {
                hangUp(house, "disk.bin");
                hangUp(house, "stream.bin");
            }
            assertThat(house.get(path("d")).statusCode()).isEqualTo(200);
            await().during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(output.getAll())
                    .doesNotContain("artifacts/disk.bin failed", "artifacts/stream.bin failed"));
        }
    }

    /** Reads the beginning of a download, then resets the connection. */
    private static void hangUp(House house, String file) throws Exception {
        String request =
                "GET %s/softwaremodules/5/artifacts/%s HTTP/1.1\r\nHost: x\r\nAuthorization: GatewayToken %s\r\n\r\n"
                        .formatted(path("d"), file, House.GATEWAY);
        try (Socket device = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(house.url()).getPort())) {
            device.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(device.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            device.setSoLinger(true, 0);
        }
    }
}
