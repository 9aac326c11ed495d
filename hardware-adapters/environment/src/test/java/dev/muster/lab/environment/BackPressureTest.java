package dev.muster.lab.environment;

import static dev.muster.lab.environment.Programs.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardProcesses.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

@Timeout(60)
class BackPressureTest {

    private static final long BETWEEN_MAX = 1 << 20;

    private final Programs programs = new Programs(Programs.impatient());

    @AfterEach
    void close() {
        programs.close();
    }

    @Test
    void aSlowListenerKeepsTheProgramWaitingAndMemoryFlat() throws Exception {
        Running program = programs.sh("exec head -c 200000000 /dev/zero");
        Trickle listener = new Trickle();
        program.output().subscribe(listener);

        for (int i = 0; i < 100; i++) {
            listener.request(1);
            Thread.sleep(10);
        }

        await().until(() -> listener.pieces.get() == 100);
        assertThat(saidBy(program) - listener.bytes.get()).isBetween(0L, BETWEEN_MAX);
        assertThat(program.exit()).isNotDone();
        listener.cancel();
        assertThat(soon(program.exit()).code()).isNotZero();
    }

    @Test
    void nothingIsReadThatNobodyAskedFor() throws Exception {
        Running program = programs.sh("exec yes");
        Trickle listener = new Trickle();
        program.output().subscribe(listener);

        await().until(() -> saidBy(program) > 0);
        Thread.sleep(300);

        assertThat(listener.pieces.get()).isZero();
        // What the kernel's pipe holds, and a few bytes that the JDK's helper wrote before it became the program.
        assertThat(saidBy(program)).isLessThanOrEqualTo((64 << 10) + 64);
        program.end();
    }

    @Test
    void operatorsThatReadAheadStayWithinTheBound() throws Exception {
        Running program = programs.sh("exec yes");
        AtomicLong taken = new AtomicLong();
        program.output()
                .publishOn(reactor.core.scheduler.Schedulers.boundedElastic(), 64)
                .subscribe(piece -> {
                    taken.addAndGet(piece.length);
                    pause(20);
                });

        Thread.sleep(1000);

        assertThat(saidBy(program) - taken.get()).isLessThanOrEqualTo(BETWEEN_MAX);
        program.end();
    }

    @Test
    void inputIsAskedForOnlyWhenTheProgramTookIt() throws Exception {
        Running program = programs.sh("sleep 60");
        AtomicInteger asked = new AtomicInteger();

        program.input(
                Flux.range(0, 1000).doOnRequest(n -> asked.addAndGet((int) n)).map(i -> new byte[10_000]));
        Thread.sleep(500);

        // Seven fill the kernel's pipe of 64 KiB.
        assertThat(asked.get()).isBetween(6, 8);
        program.end();
        soon(program.exit());
    }

    @Test
    void idleProgramsKeepNoCarriersOfVirtualThreads() {
        try (Programs many = new Programs(ProcessSettings.DEFAULTS)) {
            for (int i = 0; i < 60; i++) {
                Running idle = soon(many.processes.start(List.of("cat"), Map.of(), null, null));
                idle.output().subscribe();
                idle.errors().subscribe();
                idle.input(Flux.never());
            }
            CompletableFuture<Void> ran = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> ran.complete(null));

            assertThat(ran).succeedsWithin(Duration.ofSeconds(2));
            // 120 streams that block in the kernel would keep 120.
            assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(each -> each.getName().startsWith("ForkJoinPool-1-worker"))
                    .hasSizeLessThan(40);
        }
    }

    /** The group's leader counts what it wrote. */
    private static long saidBy(Running program) throws Exception {
        long number = ((LocalProcess) program).number();
        return Files.readAllLines(Path.of("/proc/" + number + "/io")).stream()
                .filter(line -> line.startsWith("wchar: "))
                .mapToLong(line -> Long.parseLong(line.substring(7)))
                .sum();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Trickle extends BaseSubscriber<byte[]> {

        final AtomicInteger pieces = new AtomicInteger();
        final AtomicLong bytes = new AtomicLong();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(byte[] piece) {
            pieces.incrementAndGet();
            bytes.addAndGet(piece.length);
        }
    }
}
