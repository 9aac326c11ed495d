package dev.muster.updates.artifacts;

import java.io.IOException;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.awaitility.Awaitility;

/**
 * A real S3 server: the one that {@code MUSTER_TEST_S3=endpoint,key,secret,bucket} names, or else S3Proxy on a folder,
 * in a process of its own.
 */
final class S3Server implements AutoCloseable {

    private static final Path CLASS_PATH = Path.of("s3proxy", "target", "s3proxy.classpath");
    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";
    private static final String BUCKET = "artifacts";

    final URI endpoint;
    final String key;
    final String secret;
    final String bucket;
    private final Process process;

    private S3Server(URI endpoint, String key, String secret, String bucket, Process process) {
        this.endpoint = endpoint;
        this.key = key;
        this.secret = secret;
        this.bucket = bucket;
        this.process = process;
    }

    /** Empty, after saying so loudly, when there is none to be had. */
    static Optional<S3Server> start(Path folder) throws Exception {
        String named = System.getenv("MUSTER_TEST_S3");
        if (named != null) {
            String[] parts = named.split(",");
            return Optional.of(new S3Server(URI.create(parts[0]), parts[1], parts[2], parts[3], null));
        }
        if (!Files.isRegularFile(CLASS_PATH)) {
            System.err.println("SKIPPED, the S3 tests did not run: S3Proxy could not be resolved ("
                    + CLASS_PATH.toAbsolutePath() + " is missing), and MUSTER_TEST_S3 is not set");
            return Optional.empty();
        }
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        int port = freePort();
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        Path properties = folder.resolve("s3proxy.properties");
        Files.writeString(properties, properties(endpoint, folder.resolve("data")));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Files.readString(CLASS_PATH).strip(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        properties.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        S3Server server = new S3Server(endpoint, KEY, SECRET, BUCKET, process);
        try (HttpClient http = HttpClient.newHttpClient()) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .failFast("S3Proxy ended", () -> !process.isAlive())
                    .until(() ->
                            http.send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.discarding())
                                            .statusCode()
                                    > 0);
        }
        return Optional.of(server);
    }

    private static String properties(URI endpoint, Path data) throws IOException {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "s3proxy.endpoint", endpoint.toString(),
                "s3proxy.authorization", "aws-v4",
                "s3proxy.identity", KEY,
                "s3proxy.credential", SECRET,
                "s3proxy.ignore-unknown-headers", "true",
                "jclouds.provider", "filesystem-nio2",
                "jclouds.identity", "identity",
                "jclouds.credential", "credential",
                "jclouds.filesystem.basedir", data.toString()));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
