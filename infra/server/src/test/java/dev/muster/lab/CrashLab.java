package dev.muster.lab;

import dev.muster.crash.Victim;
import dev.muster.testing.Snmpd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A lab whose power, script and serial lines live outside of the server that is killed: two boards for each way of
 * switching power. Ann holds what is held.
 */
final class CrashLab implements AutoCloseable {

    static final List<String> DRIVERS = List.of("snmp", "gpio", "command");
    static final List<String> BOARDS =
            DRIVERS.stream().flatMap(it -> Stream.of(it + "-1", it + "-2")).toList();
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Path dir;
    private final Snmpd snmpd;
    private final LabScript script;
    private final Map<String, ServerSocket> consoles = new HashMap<>();
    private final Map<String, Socket> callers = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private URI server;
    private String ann;

    CrashLab(Path dir) throws IOException {
        this.dir = dir;
        this.snmpd = new Snmpd(Files.createDirectory(dir.resolve("snmp")));
        this.script = new LabScript(dir.resolve("script"));
        Files.writeString(snmpd.state(), "{\"1\": 2, \"2\": 2}");
        for (String each : new String[] {"stop", "stopped"}) {
            Files.createDirectories(moments().resolve(each));
        }
        for (int number : new int[] {1, 2}) {
            Path line = Files.createDirectories(dir.resolve("gpio/gpio" + number));
            Files.writeString(line.resolve("direction"), "out\n");
            Files.writeString(line.resolve("value"), "0\n");
        }
        for (String board : BOARDS) {
            ServerSocket console = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
            consoles.put(board, console);
            Thread.ofPlatform().daemon().name("console-of-" + board).start(() -> answer(board, console));
        }
    }

    private void answer(String board, ServerSocket console) {
        while (!console.isClosed()) {
            try (Socket caller = console.accept()) {
                put(board, caller);
                caller.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The server was killed, or the test is over.
            } finally {
                put(board, null);
            }
        }
    }

    private synchronized void put(String board, Socket caller) {
        callers.put(board, caller);
    }

    /** Whether the server has the board's serial line open. */
    synchronized boolean hasConsole(String board) {
        return callers.get(board) != null;
    }

    Path moments() {
        return dir.resolve("moments");
    }

    LabScript script() {
        return script;
    }

    /** Configures the lab and makes Ann's account. */
    void open(Victim victim) throws IOException {
        server = victim.uri();
        String admin = victim.adminToken();
        must(
                201,
                call(
                        "POST",
                        "/api/v1/users",
                        admin,
                        Map.of("username", "ann", "password", "correct horse battery", "roles", List.of("lab-user"))));
        ann = must(200, call("POST", "/bitelab/auth/tokens", admin, Map.of("user", "ann")))
                .path("token")
                .asString();
        must(200, call("PUT", "/api/v1/lab/configuration", admin, configuration()));
    }

    private String configuration() {
        StringBuilder text =
                new StringBuilder("setup_script = " + script.path() + "\nclasses { any { arch = armv7 } }\n");
        for (String board : BOARDS) {
            char number = board.charAt(board.length() - 1);
            String power =
                    switch (board.substring(0, board.length() - 2)) {
                        case "snmp" ->
                            "cls = snmppower, host = \"127.0.0.1\", udp_port = %d, port = %s, cycle_delay = 100ms"
                                    .formatted(snmpd.port(), number);
                        case "gpio" ->
                            "cls = gpiopower, sysfs = \"%s\", number = %s, cycle_delay = 100ms"
                                    .formatted(dir.resolve("gpio"), number);
                        default ->
                            "cls = commandpower, on = [ touch, \"%1$s\" ], off = [ rm, \"-f\", \"%1$s\" ], read = [ test, \"-e\", \"%1$s\" ], cycle_delay = 100ms"
                                    .formatted(file(board));
                    };
            text.append(("boards { name = %s, brdclass = any, options = [ { %s }, "
                            + "{ cls = serialconsole, val = \"127.0.0.1:%d\" } ] }\n")
                    .formatted(board, power, consoles.get(board).getLocalPort()));
        }
        return text.toString();
    }

    private Path file(String board) {
        return dir.resolve("power-of-" + board);
    }

    /** How the power really is, whatever the server says. */
    boolean isOn(String board) {
        int number = board.charAt(board.length() - 1) - '0';
        try {
            return switch (board.substring(0, board.length() - 2)) {
                case "snmp" -> snmpd.column3(number) == 1;
                case "gpio" -> Files.readString(line(number)).strip().equals("1");
                default -> Files.exists(file(board));
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void pullPlug(String board) {
        int number = board.charAt(board.length() - 1) - '0';
        try {
            switch (board.substring(0, board.length() - 2)) {
                case "snmp" -> {
                    String ports = Files.readString(snmpd.state());
                    Files.writeString(snmpd.state(), ports.replace("\"" + number + "\": 1", "\"" + number + "\": 2"));
                }
                case "gpio" -> Files.writeString(line(number), "0\n");
                default -> Files.deleteIfExists(file(board));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (isOn(board)) {
            throw new AssertionError("the plug of " + board + " is not pulled");
        }
    }

    private Path line(int number) {
        return dir.resolve("gpio/gpio" + number + "/value");
    }

    /** @param action of the script, when the moment is in the middle of it */
    void stopsAt(String board, String moment, String action) {
        try {
            if (moment.equals("script")) {
                script.does(
                        action,
                        board,
                        "if [ ! -f go ]; then touch in-" + board + "; while [ ! -f go ]; do sleep 0.05; done; fi");
            } else {
                Files.writeString(moments().resolve("stop").resolve(board), moment);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean hasStopped(String board, String moment) {
        return moment.equals("script")
                ? script.has("in-" + board)
                : Files.exists(moments().resolve("stopped").resolve(board));
    }

    /** From now on nothing stops any more; a script that does goes on. */
    void forgetMoments() throws IOException {
        for (String each : new String[] {"stop", "stopped"}) {
            for (String board : BOARDS) {
                Files.deleteIfExists(moments().resolve(each).resolve(board));
            }
        }
        if (BOARDS.stream().anyMatch(board -> script.has("in-" + board))) {
            script.put("go", "");
        }
    }

    JsonNode reserve(String board, String power) {
        return must(200, call("POST", "/bitelab/board/" + board + "/reserve", ann, Map.of("power", power)));
    }

    JsonNode board(String board) {
        return must(200, call("GET", "/bitelab/board/" + board, ann, null));
    }

    /** Whoever waits for the answer of a server that is killed waits in vain. */
    void send(String board, String what, Object body) {
        CompletableFuture.runAsync(() -> {
            try {
                call("POST", "/bitelab/board/" + board + "/" + what, ann, body);
            } catch (UncheckedIOException e) {
                // As it must be.
            }
        });
    }

    /** Gives the board back if it is held. */
    void free(String board) {
        if (board(board).path("state").asString().equals("reserved")) {
            must(200, call("POST", "/bitelab/board/" + board + "/release", ann, null));
        }
    }

    private HttpResponse<String> call(String method, String path, String token, Object body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", body instanceof String ? "text/plain" : "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(
                                        body instanceof String text ? text : JSON.writeValueAsString(body)));
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode must(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new AssertionError(answer.uri() + " answered " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    @Override
    public void close() throws IOException {
        http.shutdownNow();
        snmpd.close();
        for (ServerSocket each : consoles.values()) {
            each.close();
        }
    }
}
