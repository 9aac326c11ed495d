package dev.muster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SteadyRateTest {

    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger stalls = new AtomicInteger();
    private final AtomicInteger hangUps = new AtomicInteger();
    private final AtomicInteger known = new AtomicInteger();
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
    void eachOperationAsksForWhatItWroteAndCountsOnce() throws IOException {
        LoadResult result = run(500, 8, Duration.ofMillis(400));
        assertThat(result.answered()).isEqualTo(200);
        assertThat(result.statuses())
                .containsEntry(201, 200L)
                .containsEntry(200, 200L)
                .hasSize(2);
        assertThat(known).hasValue(200);
        assertThat(most.get()).isLessThanOrEqualTo(8);
    }

    @Test
    void theRateIsKept() throws IOException {
        assertThat(run(500, 8, Duration.ofMillis(400)).perSecond()).isBetween(200.0, 510.0);
    }

    @Test
    void aStallCountsForAllThatWereDueMeanwhile() throws IOException {
        stalls.set(1);
        LoadResult result = run(100, 1, Duration.ofMillis(500));
        assertThat(result.answered()).isEqualTo(50);
        // One of fifty stalled for 300 ms; more than half of the others were due before it was over.
        assertThat(result.latencies().getValueAtPercentile(80)).isGreaterThan(100_000);
    }

    @Test
    void aLostConnectionIsCountedAndTheRoundGoesOn() throws IOException {
        hangUps.set(1);
        LoadResult result = run(100, 2, Duration.ofMillis(200));
        assertThat(result.errors()).isEqualTo(1);
        assertThat(result.answered()).isEqualTo(19);
    }

    /** Writes, then reads what the answer names. */
    private LoadResult run(int perSecond, int most, Duration length) throws IOException {
        return SteadyRate.run(server.port(), perSecond, most, length, new Operation() {
            @Override
            public byte[] first(int number) {
                return Requests.post("/things", "", "{\"id\":\"" + number + "\"}");
            }

            @Override
            public byte @Nullable [] next(int number, Lane answer) {
                String position = answer.header("muster-position");
                return position == null ? null : Requests.get("/things/" + number, "", position);
            }
        });
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            exchange.getRequestBody().readAllBytes();
            if (stalls.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                stall();
            }
            // Before the answer goes out: the client may ask anew while this one still closes.
            inFlight.decrementAndGet();
            if (hangUps.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new IOException("hangs up without an answer");
            }
            if (exchange.getRequestMethod().equals("POST")) {
                known.incrementAndGet();
                exchange.getResponseHeaders().set("Muster-Position", "42");
                exchange.sendResponseHeaders(201, -1);
            } else {
                boolean asked = "42".equals(exchange.getRequestHeaders().getFirst("Muster-Min-Position"));
                exchange.sendResponseHeaders(asked ? 200 : 400, -1);
            }
        }
    }

    private static void stall() throws IOException {
        try {
            if (new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("nobody ends the stall");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
