package dev.muster.lab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.apps.simulator.AgentPlant;
import dev.muster.apps.simulator.AgentSettings;
import dev.muster.apps.simulator.DeviceFile;
import dev.muster.apps.simulator.SimulatedAgent;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The manual's example for nginx as it stands, but for its certificate and ports, before a real server. */
class BehindNginxTest {

    private static final File NGINX = new File("/usr/sbin/nginx");
    private static final Path PAGE = Path.of("../docs/how-to/behind-a-proxy.md");
    private static final Pattern EXAMPLE = Pattern.compile("## nginx\\s+```\\s(.*?)```", Pattern.DOTALL);

    @TempDir
    static Path dir;

    private static LabWorld world;
    private static HttpClient http;
    private static Process nginx;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(NGINX.canExecute(), "SKIPPED: no nginx in /usr/sbin; install Debian's package nginx");
        LabScript script = new LabScript(dir.resolve("lab"));
        script.answers("{\"exec\":[\"/usr/bin/env\"],\"ssh\":[\"/bin/cat\"]}");
        world = LabWorld.start("setup_script = " + script.path() + "\n" + LabWorld.boards("cora", 1));
        world.bitelab("POST", "/board/cora-1/reserve", Map.of(), world.ann).expect(200);
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        startNginx();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (http != null) {
            http.shutdownNow();
        }
        if (nginx != null) {
            nginx.destroy();
            if (!nginx.waitFor(5, TimeUnit.SECONDS)) {
                nginx.destroyForcibly();
            }
        }
        if (world != null) {
            world.close();
        }
    }

    private static void startNginx() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        // One process, which is ours to end, and as who runs the tests.
        Path file = Files.writeString(dir.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/nginx.pid;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  %2$s
                }
                """.formatted(dir, example()));
        Path log = dir.resolve("nginx.log");
        nginx = new ProcessBuilder(NGINX.getPath(), "-e", log.toString(), "-p", dir.toString(), "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("nginx.out").toFile())
                .start();
        Awaitility.await().atMost(LabWorld.WAIT).until(() -> {
            if (!nginx.isAlive()) {
                throw new AssertionError("nginx ended: " + Files.readString(log));
            }
            return isListening();
        });
    }

    private static boolean isListening() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** All of it but the certificate; it is about what is passed on, and that is the same without. */
    private static String example() throws IOException {
        String server = URI.create(world.server.baseUrl()).getAuthority();
        return EXAMPLE.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow()
                .replace("listen 443 ssl;", "listen 127.0.0.1:" + port + ";")
                .replaceAll("(?m)^.*ssl_certificate.*$", "")
                .replace("http://127.0.0.1:8080", "http://" + server);
    }

    private static URI at(String scheme, String path) {
        return URI.create(scheme + "://127.0.0.1:" + port + path);
    }

    @Test
    void aCommandOnABoardRunsThroughIt() {
        try (LabSocket socket =
                LabSocket.open(http, at("ws", "/bitelab/board/cora-1/exec/ws"), world.ann.token(), "bitelab.exec.v1")) {
            socket.say(JsonMapper.shared()
                    .writeValueAsString(Map.of("cmd", "exec", "args", List.of("sh", "-c", "cat; exit 3"))));
            assertThat(socket.json(0).path("status").asString()).isEqualTo("started");
            socket.send(0, "hello".getBytes(UTF_8));
            Awaitility.await().atMost(LabWorld.WAIT).until(() -> new String(socket.stream(1), UTF_8).equals("hello"));

            socket.send(new byte[] {0});

            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(socket.texts.getLast()).isEqualTo("{\"exit\":{\"code\":3}}");
        }
    }

    @Test
    void muchGoesBothWays() {
        byte[] piece = new byte[60_000];
        try (LabSocket socket = LabSocket.open(http, at("ws", "/bitelab/board/cora-1/ssh/ws"), world.ann.token())) {
            for (int i = 0; i < 50; i++) {
                socket.send(piece);
            }
            Awaitility.await()
                    .atMost(LabWorld.WAIT)
                    .until(() -> socket.messages.stream()
                                    .mapToInt(each -> each.length)
                                    .sum()
                            == 50 * piece.length);
        }
    }

    /** The agents' wire, and a shell of a device, which is below the API. */
    @Test
    void anAgentAndItsShellComeThroughIt() throws Exception {
        world.server.ok("POST", "/api/v1/devices", Map.of("id", "proxied"));
        String file =
                world.server.ok("POST", "/api/v1/devices/proxied/agent", null).toString();
        DeviceFile here = DeviceFile.read(file).at(at("ws", "/wamp").toString());
        CompletableFuture<String> shown = new CompletableFuture<>();
        try (AgentPlant plant = new AgentPlant(Duration.ofSeconds(5));
                SimulatedAgent agent = new SimulatedAgent(here, AgentSettings.QUICK, plant).start()) {
            Awaitility.await().atMost(LabWorld.WAIT).until(agent::isUp);
            WebSocket shell = http.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + world.server.adminToken())
                    .buildAsync(at("ws", "/api/v1/devices/proxied/terminal"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer bytes, boolean last) {
                            shown.complete(UTF_8.decode(bytes).toString());
                            socket.request(1);
                            return null;
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
            shell.sendBinary(ByteBuffer.wrap("ls\r".getBytes(UTF_8)), true).get(10, TimeUnit.SECONDS);
            assertThat(shown.get(10, TimeUnit.SECONDS)).isNotEmpty();
            shell.abort();
        }
    }

    @Test
    void whatIsRefusedIsRefusedInPlainHttp() {
        assertThat(catchThrowableOfType(
                                LabSocket.Refused.class,
                                () -> LabSocket.open(http, at("ws", "/bitelab/board/cora-1/ssh/ws"), null))
                        .status)
                .isEqualTo(401);
        assertThat(catchThrowableOfType(
                                LabSocket.Refused.class,
                                () -> LabSocket.open(http, at("ws", "/bitelab/board/cora-1/ssh/ws"), world.bob.token()))
                        .status)
                .isEqualTo(403);
    }

    @Test
    void bothApisAnswerThroughIt() throws Exception {
        for (String path : List.of("/bitelab/board/cora-1", "/api/v1/lab/boards/cora-1")) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(at("http", path))
                            .timeout(Duration.ofSeconds(10))
                            .header("Authorization", "Bearer " + world.ann.token())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.body()).contains("\"cora-1\"");
        }
    }
}
