package dev.muster.testing;

import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
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
import org.jspecify.annotations.Nullable;

/**
 * A real S3 server: the one that {@code MUSTER_TEST_S3=http(s)://key:secret@host:port/bucket} names, or else S3Proxy on a
 * folder, in a process of its own. Its region is {@code us-east-1}.
 */
public final class S3Server implements AutoCloseable {

    /** As modules below {@code infra} see it, in whose directories the tests run. */
    private static final Path CLASS_PATH = Path.of("..", "artifacts", "s3proxy", "target", "s3proxy.classpath");

    private static final String NAMED = "MUSTER_TEST_S3";
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final String KEY = "test-key";
    private static final String SECRET = "test-secret";
    private static final String BUCKET = "artifacts";

    private final URI endpoint;
    private final String key;
    private final String secret;
    private final String bucket;
    private final @Nullable Process process;

    private S3Server(URI endpoint, String key, String secret, String bucket, @Nullable Process process) {
        this.endpoint = endpoint;
        this.key = key;
        this.secret = secret;
        this.bucket = bucket;
        this.process = process;
    }

    /** Empty, after saying so loudly, when there is none to be had. */
    public static Optional<S3Server> start(Path folder) throws IOException {
        String named = System.getenv(NAMED);
        if (named != null) {
            return Optional.of(named(URI.create(named)));
        }
        if (!Files.isRegularFile(CLASS_PATH)) {
            System.err.println("SKIPPED, the S3 tests did not run: S3Proxy could not be resolved ("
                    + CLASS_PATH.toAbsolutePath().normalize() + " is missing), and " + NAMED + " is not set");
            return Optional.empty();
        }
        Files.createDirectories(folder.resolve("data").resolve(BUCKET));
        URI endpoint = URI.create("http://127.0.0.1:" + freePort());
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
        try (HttpClient http = HttpClient.newHttpClient()) {
            Programs.await(START_MAX, "S3Proxy is there", () -> answers(http, endpoint, process));
        }
        return Optional.of(new S3Server(endpoint, KEY, SECRET, BUCKET, process));
    }

    private static S3Server named(URI address) {
        String[] credentials = address.getUserInfo().split(":", 2);
        URI endpoint = URI.create(address.getScheme() + "://" + address.getHost()
                + (address.getPort() < 0 ? "" : ":" + address.getPort()));
        return new S3Server(
                endpoint, credentials[0], credentials[1], address.getPath().substring(1), null);
    }

    private static boolean answers(HttpClient http, URI endpoint, Process process) {
        if (!process.isAlive()) {
            throw new IllegalStateException("S3Proxy ended");
        }
        try {
            http.send(HttpRequest.newBuilder(endpoint).build(), HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Its address, without the bucket. */
    public URI endpoint() {
        return endpoint;
    }

    /** Who may ask. */
    public String key() {
        return key;
    }

    /** What they sign with. */
    public String secret() {
        return secret;
    }

    /** A bucket that is there. */
    public String bucket() {
        return bucket;
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
