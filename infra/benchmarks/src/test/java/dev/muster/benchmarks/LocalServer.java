package dev.muster.benchmarks;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A plain server on a free port of this machine that answers everything in one way, each request on a thread of its own. */
final class LocalServer implements AutoCloseable {

    private static final int WAITING_MAX = 100;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    LocalServer(HttpHandler answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), WAITING_MAX);
        server.setExecutor(threads);
        server.createContext("/", answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Interrupts what is still being answered. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
