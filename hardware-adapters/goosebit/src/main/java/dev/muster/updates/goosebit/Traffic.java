package dev.muster.updates.goosebit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.http.server.reactive.ServerHttpResponse;

/** What came in here and how long it took, under the original's names (contract §10); since this process began. */
final class Traffic {

    private final LongAdder active = new LongAdder();
    private final Histogram milliseconds = new Histogram(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000);
    private final Histogram requestBytes = new Histogram(0, 100, 1000, 10_000, 100_000, 1_000_000, 1_000_000_000);
    private final Histogram responseBytes = new Histogram(0, 100, 1000, 10_000, 100_000, 1_000_000, 1_000_000_000);

    void began() {
        active.increment();
    }

    /** Sizes are those that were announced; what announced none counts as nothing. */
    void ended(Visit visit, Duration took, ServerHttpResponse response) {
        active.decrement();
        milliseconds.add(took.toMillis());
        requestBytes.add(Math.max(0, visit.headers.getContentLength()));
        responseBytes.add(Math.max(0, response.getHeaders().getContentLength()));
    }

    void write(StringBuilder text) {
        text.append("# HELP http_server_active_requests Requests being answered\n")
                .append("# TYPE http_server_active_requests gauge\nhttp_server_active_requests ")
                .append(active.sum())
                .append('\n');
        milliseconds.write(text, "http_server_duration_milliseconds", "How long answers took");
        requestBytes.write(text, "http_server_request_size_bytes", "Sizes of requests");
        responseBytes.write(text, "http_server_response_size_bytes", "Sizes of answers");
    }

    /** Counts in steps, each with all that is not greater. */
    private static final class Histogram {

        private final long[] steps;
        /** How many fell just into each step, and behind them how many were greater than all. */
        private final AtomicLongArray counts;

        private final LongAdder sum = new LongAdder();

        Histogram(long... steps) {
            this.steps = steps;
            this.counts = new AtomicLongArray(steps.length + 1);
        }

        void add(long value) {
            int i = 0;
            while (i < steps.length && value > steps[i]) {
                i++;
            }
            counts.incrementAndGet(i);
            sum.add(value);
        }

        void write(StringBuilder text, String name, String help) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(" histogram\n");
            long all = 0;
            for (int i = 0; i <= steps.length; i++) {
                all += counts.get(i);
                String step = i < steps.length ? steps[i] + ".0" : "+Inf";
                text.append(name)
                        .append("_bucket{le=\"")
                        .append(step)
                        .append("\"} ")
                        .append(all)
                        .append('\n');
            }
            text.append(name).append("_sum ").append(sum.sum()).append('\n');
            text.append(name).append("_count ").append(all).append('\n');
        }
    }
}
