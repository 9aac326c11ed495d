package dev.muster.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A JVM started for a measurement, listening on a port of 127.0.0.1. */
final class Child implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Process process;
    private final int port;
    private final Path log;
    private final long began;

    private Child(Process process, int port, Path log, long began) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.began = began;
    }

    /** @param command all but the port, which is passed as {@code --server.port} */
    static Child start(List<String> command, int port, Path log) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.add("--server.port=" + port);
        words.add("--server.address=127.0.0.1");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new Child(process, port, log, began);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Asks until the answer is 200; answers the time since the process was started. */
    Duration awaitOk(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (System.nanoTime() - began < BenchSettings.PATIENCE.toNanos()) {
            if (!process.isAlive()) {
                throw new IOException("the process ended with " + process.exitValue() + "; see " + log);
            }
            try {
                if (CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return Duration.ofNanos(System.nanoTime() - began);
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            LockSupport.parkNanos(10_000_000);
        }
        throw new IOException(path + " did not answer 200 in " + BenchSettings.PATIENCE + "; see " + log);
    }

    /** The body of an answer that is 200. */
    String text(String path, String credential) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", credential)
                .build();
        HttpResponse<String> answer = CLIENT.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode());
        }
        return answer.body();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL, as a crash. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM; SIGKILL when that does not help within half a minute. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
