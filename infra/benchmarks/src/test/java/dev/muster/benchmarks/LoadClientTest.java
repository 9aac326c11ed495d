package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadClientTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private LocalServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new LocalServer(this::answer);
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void eachRequestIsSentOnceAndEachAnswerIsCounted() throws IOException {
        LoadResult result = LoadClient.run(port(), 8, LONG, Requests.once(times(500, get("/fixed"))));
        assertThat(result.answered()).isEqualTo(500);
        assertThat(result.statuses()).containsOnlyKeys(200).containsEntry(200, 500L);
        assertThat(result.errors()).isZero();
        assertThat(served).hasValue(500);
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void largeAnswersInChunksAreReadWhole() throws IOException {
        LoadResult result = LoadClient.run(port(), 4, LONG, Requests.once(times(20, get("/large"))));
        assertThat(result.statuses()).containsEntry(200, 20L);
    }

    @Test
    void bodiesArriveWhole() throws IOException {
        byte[] post = Requests.post("/echo", "Bearer x", "{\"text\":\"grün\"}");
        LoadResult result = LoadClient.run(port(), 2, LONG, Requests.once(times(10, post)));
        assertThat(result.statuses()).containsEntry(201, 10L);
    }

    @Test
    void refusalsAreErrorsAndUnchangedIsNot() throws IOException {
        LoadResult result = LoadClient.run(
                port(), 2, LONG, Requests.once(List.of(get("/refuse"), get("/unchanged"), get("/fixed"))));
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.answered()).isEqualTo(3);
    }

    @Test
    void aLostConnectionIsCountedAndTheRoundGoesOn() throws IOException {
        LoadResult result =
                LoadClient.run(port(), 2, LONG, Requests.once(List.of(get("/hangup"), get("/fixed"), get("/fixed"))));
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.statuses()).containsEntry(200, 2L);
    }

    @Test
    void aRoundEndsWhenItsTimeIsOver() throws IOException {
        LoadResult result = LoadClient.run(port(), 2, Duration.ofMillis(300), Requests.inTurn(List.of(get("/fixed"))));
        assertThat(result.answered()).isPositive();
        assertThat(result.nanos()).isBetween(300_000_000L, 3_000_000_000L);
    }

    @Test
    void anOperationOfSeveralRequestsCountsOnceAndItsNumberIsItsOwn() throws IOException {
        List<Integer> ended = new ArrayList<>();
        LoadResult result = LoadClient.run(port(), 3, LONG, new Operation() {
            @Override
            public byte @Nullable [] first(int number) {
                return number < 50 ? get("/fixed") : null;
            }

            @Override
            public byte @Nullable [] next(int number, Lane answer) {
                if (answer.status() == 200) {
                    return get("/unchanged");
                }
                ended.add(number);
                return null;
            }
        });
        assertThat(result.answered()).isEqualTo(50);
        assertThat(result.statuses())
                .containsEntry(200, 50L)
                .containsEntry(304, 50L)
                .hasSize(2);
        assertThat(ended).hasSize(50).doesNotHaveDuplicates();
    }

    private void answer(HttpExchange exchange) throws IOException {
        most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            served.incrementAndGet();
            switch (exchange.getRequestURI().getPath()) {
                case "/large" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(new byte[700_000]);
                }
                case "/echo" ->
                    exchange.sendResponseHeaders(
                            new String(body, StandardCharsets.UTF_8).contains("grün") ? 201 : 400, -1);
                case "/refuse" -> exchange.sendResponseHeaders(429, -1);
                case "/unchanged" -> exchange.sendResponseHeaders(304, -1);
                case "/hangup" -> throw new IOException("hangs up without an answer");
                default -> {
                    exchange.sendResponseHeaders(200, 5);
                    exchange.getResponseBody().write("hello".getBytes());
                }
            }
        } finally {
            inFlight.decrementAndGet();
        }
    }

    private static byte[] get(String path) {
        return Requests.get(path, "");
    }

    private static List<byte[]> times(int n, byte[] request) {
        return Collections.nCopies(n, request);
    }

    private int port() {
        return server.port();
    }
}
