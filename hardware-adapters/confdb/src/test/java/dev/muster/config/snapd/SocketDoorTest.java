package dev.muster.config.snapd;

import static dev.muster.config.snapd.ConfdbHouse.ROBOT;
import static dev.muster.config.snapd.FakeStore.LAB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.config.DatabagId;
import dev.muster.config.Layer;
import dev.muster.registry.DeviceId;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sockets themselves: their files, and what clients rely on (contract §3). */
@Timeout(60)
class SocketDoorTest {

    @AutoClose
    private static final ConfdbHouse house = new ConfdbHouse();

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        house.store.forget();
    }

    private static ConfdbSockets open(DeviceSocket... sockets) {
        ConfdbSockets opened = new ConfdbSockets(house.handler, List.of(sockets), UnaryOperator.identity());
        opened.open();
        return opened;
    }

    private DeviceSocket socket(String name, String device) {
        return new DeviceSocket(directory.resolve(name), new DeviceId(device), false, Generation.V2_68);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void onlyWhoIsMeantMayOpenTheFile() throws IOException {
        assertThat(mode(house.path(Generation.V2_74))).isEqualTo("rw-------");
        assertThat(mode(house.path(Generation.V2_73))).isEqualTo("rw-rw----");
        try (Stream<Path> files = Files.list(house.directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("."));
        }
    }

    @Test
    void anAnswerIsTheLastOfItsConnection() {
        String text = new String(
                new RawSocket(house.path(Generation.V2_74))
                        .exchange("GET http://localhost/v2/changes/1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
        assertThat(text).startsWith("HTTP/1.1 404 ").containsOnlyOnce("HTTP/1.1");
        assertThat(text.toLowerCase(Locale.ROOT).lines())
                .contains("content-type: application/json", "connection: close");
    }

    @Test
    void theOriginFormOfATargetWorksAsWell() {
        byte[] answer = new RawSocket(house.path(Generation.V2_74))
                .exchange("GET /v2/changes/1 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(RawSocket.parsed(answer).status()).isEqualTo(404);
    }

    @Test
    void eachSocketIsOneDevices() throws Exception {
        try (ConfdbSockets opened = open(socket("a", "one"), socket("b", "two"))) {
            assertThat(opened).isNotNull();
            RawSocket one = new RawSocket(directory.resolve("a"));
            RawSocket two = new RawSocket(directory.resolve("b"));
            String path = "/v2/confdb/" + LAB + "/all";
            one.send("PUT", path, "{\"host\":\"a\"}").change();
            assertThat(one.send("GET", path, null).brief()).isEqualTo("200 {\"host\":\"a\"}");
            assertThat(two.send("GET", path, null).status()).isEqualTo(404);
            assertThat(house.store.bags).containsOnlyKeys(new DatabagId(LAB, Layer.actual(new DeviceId("one"))));
            assertThat(house.store.provenances.peek()).containsEntry("actor", "device:one");
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aSecretIsShownToWhoeverCouldOpenTheFile() throws Exception {
        try (ConfdbSockets opened = open(socket("a", ROBOT.value()))) {
            assertThat(opened).isNotNull();
            RawSocket one = new RawSocket(directory.resolve("a"));
            one.send("PUT", "/v2/confdb/" + LAB + "/key", "{\"key\":\"hush\"}").change();
            assertThat(one.send("GET", "/v2/confdb/" + LAB + "/key", null).brief())
                    .isEqualTo("200 {\"key\":\"hush\"}");
        }
    }

    @Test
    void whatACrashLeftBehindIsReplaced() throws Exception {
        Path path = directory.resolve("a");
        try (ServerSocketChannel crashed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            crashed.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(path).exists();
        try (ConfdbSockets opened = open(socket("a", "one"))) {
            assertThat(opened).isNotNull();
            assertThat(new RawSocket(path).send("GET", "/v2/changes/1", null).status())
                    .isEqualTo(404);
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void anotherServersSocketIsLeftAlone() throws Exception {
        Path path = directory.resolve("b");
        try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            other.bind(UnixDomainSocketAddress.of(path));
            assertThatThrownBy(() -> open(socket("a", "one"), socket("b", "two")))
                    .hasMessageContaining(path + " is another server's");
            assertThat(path).exists();
        }
        assertThat(directory.resolve("a")).doesNotExist();
    }

    @Test
    void whatIsNoSocketIsLeftAlone() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "precious");
        assertThatThrownBy(() -> open(socket("a", "one"))).hasMessageContaining("is no socket");
        assertThat(file).hasContent("precious");
        Path link = Files.createSymbolicLink(directory.resolve("b"), house.path(Generation.V2_74));
        assertThatThrownBy(() -> open(socket("b", "one"))).hasMessageContaining("is no socket");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void aDirectoryThatIsNotThere() {
        assertThatThrownBy(() -> open(socket("nowhere/a", "one"))).hasMessageContaining("nowhere");
    }

    @Test
    void twoDevicesAtOnePlaceAreAMistake() {
        assertThatThrownBy(() -> open(socket("a", "one"), socket("./a", "two")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anOlderGenerationHasAPathOfItsOwn() {
        assertThatThrownBy(() -> new DeviceSocket(directory.resolve("a"), ROBOT, false, Generation.REGISTRY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConfdbSettings.DEFAULTS.as(Generation.ASPECTS))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
