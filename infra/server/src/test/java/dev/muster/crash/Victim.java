package dev.muster.crash;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import org.springframework.util.FileSystemUtils;

/**
 * The server to be killed, in a process of its own on a port that stays the same. Started from jars with a JDK AOT
 * cache, because it is started some thirty times; both are made once for all tests of this process.
 */
public final class Victim {

    private static final List<String> OPTIONS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx400m",
            "-XX:TieredStopAtLevel=1",
            "-Daxoniq.update-checker.disabled=true",
            "-Ddisable-axoniq-console-message=true");
    private static final Duration READY_MAX = Duration.ofMinutes(2);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private static Path shared;
    private static String classPath;
    private static boolean trained;

    private final Class<?> main;
    private final Path dir;
    private final int port;
    private final List<String> settings;
    private Process process;

    private Victim(Class<?> main, Path dir, int port, List<String> settings) {
        this.main = main;
        this.dir = dir;
        this.port = port;
        this.settings = settings;
    }

    /**
     * @param dir gets the server's data, log and token file
     * @param settings like {@code --muster.lab.sshd-port=0}
     */
    public static Victim of(Class<?> main, Path dir, String... settings) throws IOException {
        pack();
        return new Victim(main, dir, freePort(), List.of(settings));
    }

    private static synchronized void pack() throws IOException {
        if (shared == null) {
            shared = Files.createTempDirectory("muster-victims");
            Path leftovers = shared;
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(leftovers.toFile())));
            classPath = jars(shared);
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Path data() {
        return dir.resolve("data");
    }

    /** The token the server wrote at its latest start. */
    public String adminToken() throws IOException {
        return Files.readString(dir.resolve("admin-token")).trim();
    }

    /**
     * One start on other data, at whose end the JVM writes the cache, unless another test had it made. Without one,
     * starts are only slower.
     */
    public void trainCache() throws IOException, InterruptedException {
        synchronized (Victim.class) {
            if (trained) {
                return;
            }
            trained = true;
            Process training = start(dir.resolve("training"), List.of("-XX:AOTCacheOutput=" + cache()));
            awaitReady(training);
            training.destroy();
            if (!training.waitFor(2, TimeUnit.MINUTES)) {
                training.destroyForcibly();
            }
            Files.deleteIfExists(dir.resolve("admin-token"));
        }
    }

    public void startAndAwaitReady() throws IOException {
        process = start(data(), Files.exists(cache()) ? List.of("-XX:AOTCache=" + cache()) : List.of());
        awaitReady(process);
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        if (process.waitFor() != 137) {
            throw new IllegalStateException(
                    "the server was not killed but ended with " + process.exitValue() + ": " + log());
        }
    }

    /** SIGTERM, and SIGKILL if that does not help. */
    public void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    /** The end of what the server has said. */
    public String log() {
        try {
            String text = Files.readString(dir.resolve("server.log"));
            return text.substring(Math.max(0, text.length() - 4_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Process start(Path data, List<String> more) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(more);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.add("--server.port=" + port);
        command.add("--muster.data=" + data);
        command.add("--muster.admin-token-file=" + dir.resolve("admin-token"));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        dir.resolve("server.log").toFile()))
                .start();
    }

    private void awaitReady(Process starting) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + "/readyz"))
                .timeout(Duration.ofSeconds(2))
                .build();
        await().atMost(READY_MAX)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(25))
                .until(() -> {
                    if (!starting.isAlive()) {
                        throw new IllegalStateException("the server ended with " + starting.exitValue() + ": " + log());
                    }
                    try {
                        return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    private static Path cache() {
        return shared.resolve("server.aot");
    }

    /** The class path of this test with each folder packed into a jar: the cache takes jars only. */
    private static String jars(Path dir) throws IOException {
        ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
        List<String> entries = new ArrayList<>();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : classPath.split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))) {
                Path packed = dir.resolve("classes-" + entries.size() + ".jar");
                int code = jar.run(System.out, System.err, "-c", "-f", packed.toString(), "-C", entry, ".");
                if (code != 0) {
                    throw new IOException("could not pack " + entry);
                }
                entries.add(packed.toString());
            } else if (Files.exists(Path.of(entry))) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
