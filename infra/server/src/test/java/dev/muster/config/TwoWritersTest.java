package dev.muster.config;

import static dev.muster.config.ConfigWorld.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.ConfigWorld.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Contract §16.6: two writers on one databag. Each puts its number in two places with every write; whoever reads sees
 * both the same, never less than what was acknowledged before, and at the end nothing is missing.
 */
@Tag("long")
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class TwoWritersTest {

    static final String COUNTERS = """
            {"account-id":"acme","name":"counters",
             "storage":{"schema":{"one":"int","one-copy":"int","two":"int","two-copy":"int","shared":"int"}},
             "views":{"all":{"rules":[{"storage":"one"},{"storage":"one-copy"},{"storage":"two"},{"storage":"two-copy"},
              {"storage":"shared"}]}}}
            """;

    static final String BAG = "/api/v1/registries/acme/counters/devices/contested";
    private static final int WRITES = 5_000;
    private static final int INCREMENTS = 300;

    private static ConfigWorld world;

    @BeforeAll
    static void start() {
        world = ConfigWorld.start();
        world.ask("POST", "/api/v1/registries", COUNTERS).expect(201);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
    }

    /** What one writer had acknowledged, and what a reader must find at least. */
    private record Writer(String name, AtomicLong acknowledged) {

        Writer(String name) {
            this(name, new AtomicLong());
        }
    }

    @Test
    void noWriteIsLostAndNoneIsSeenByHalf() throws Exception {
        List<Writer> writers = List.of(new Writer("one"), new Writer("two"));
        Set<Long> versions = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> reads = new ArrayList<>();
            for (String path : List.of("/values", "/views/all")) {
                reads.add(threads.submit(() -> read(path, writers, over)));
            }
            List<Future<Integer>> writes = new ArrayList<>();
            for (Writer writer : writers) {
                writes.add(threads.submit(() -> write(writer, versions)));
            }
            try {
                for (Future<Integer> each : writes) {
                    assertThat(each.get()).isEqualTo(WRITES);
                }
            } finally {
                over.set(true);
            }
            for (Future<Long> each : reads) {
                assertThat(each.get()).isPositive();
            }
        }
        assertThat(versions).as("each write made a version of its own").hasSize(2 * WRITES);
        JsonNode end = world.get(BAG + "/values").expect(200).json();
        assertThat(end.path("version").asLong()).isEqualTo(2L * WRITES);
        for (String name : List.of("one", "one-copy", "two", "two-copy")) {
            assertThat(end.path("values").path(name).asLong()).as(name).isEqualTo(WRITES);
        }
    }

    private static int write(Writer writer, Set<Long> versions) {
        for (int i = 1; i <= WRITES; i++) {
            Answer answer = world.ask("PATCH", BAG + "/views/all", values(writer.name(), i, writer.name() + "-copy", i))
                    .expect(200);
            versions.add(answer.json().path("version").asLong());
            writer.acknowledged().set(i);
        }
        return WRITES;
    }

    /** Reads until all is written; answers how often. */
    private static long read(String path, List<Writer> writers, AtomicBoolean over) {
        long reads = 0;
        while (!over.get()) {
            List<Long> least =
                    writers.stream().map(each -> each.acknowledged().get()).toList();
            Answer answer = world.get(BAG + path);
            if (answer.status() == 404) {
                continue;
            }
            JsonNode values = answer.expect(200).json().path(path.equals("/values") ? "values" : "value");
            for (int i = 0; i < writers.size(); i++) {
                String name = writers.get(i).name();
                long now = values.path(name).asLong(0);
                assertThat(values.path(name + "-copy").asLong(0))
                        .as("half a put")
                        .isEqualTo(now);
                // The read waits for the position of the last acknowledged write.
                assertThat(now).as("a lost write").isGreaterThanOrEqualTo(least.get(i));
            }
            reads++;
        }
        return reads;
    }

    @Test
    void whoSaysWhatTheySawLosesNothingEither() throws Exception {
        String bag = BAG.replace("contested", "counted");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> increments = () -> {
                int lost = 0;
                for (int done = 0; done < INCREMENTS; ) {
                    JsonNode now = world.get(bag + "/values").expect(200).json();
                    Answer answer = world.ask(
                            "PATCH",
                            bag + "/views/all",
                            values("shared", now.path("values").path("shared").asLong(0) + 1),
                            "If-Match",
                            "\"" + now.path("version").asLong() + "\"");
                    if (answer.status() == 412) {
                        lost++;
                    } else {
                        answer.expect(200);
                        done++;
                    }
                }
                return lost;
            };
            Future<Integer> one = threads.submit(increments);
            Future<Integer> two = threads.submit(increments);
            System.out.printf("%d races lost and run again%n", one.get() + two.get());
        }
        JsonNode end = world.get(bag + "/values").json();
        assertThat(end.path("values").path("shared").asLong()).isEqualTo(2L * INCREMENTS);
        assertThat(end.path("version").asLong()).isEqualTo(2L * INCREMENTS);
    }
}
