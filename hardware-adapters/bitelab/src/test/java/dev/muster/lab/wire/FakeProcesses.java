package dev.muster.lab.wire;

import dev.muster.lab.BoardProcesses;
import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * Real programs on pipes, and two that are none: one that never stops talking, and one that never listens and has nothing
 * to say. (The JDK's WebSocket may lose its place in what is said to it in the very moment in which it opens.)
 */
final class FakeProcesses implements BoardProcesses {

    static final String ENDLESS = "endless";
    static final String DEAF = "deaf";
    static final String NEVER = "never-starts";

    record Started(
            List<String> argv,
            Map<String, String> env,
            @Nullable String directory,
            @Nullable Terminal terminal) {}

    final List<Started> started = new CopyOnWriteArrayList<>();
    final List<String> heard = new CopyOnWriteArrayList<>();
    final AtomicLong produced = new AtomicLong();
    /** What the deaf one has: ask it for more. */
    final Deaf deaf = new Deaf();

    volatile boolean isEnded;

    @Override
    public CompletableFuture<Running> start(
            List<String> argv, Map<String, String> env, @Nullable String directory, @Nullable Terminal terminal) {
        started.add(new Started(argv, env, directory, terminal));
        if (argv.contains(NEVER)) {
            return new CompletableFuture<>();
        }
        if (argv.contains(ENDLESS) || argv.contains(DEAF)) {
            return CompletableFuture.completedFuture(new Strange(argv.contains(ENDLESS)));
        }
        try {
            return CompletableFuture.completedFuture(new Real(new ProcessBuilder(argv).start()));
        } catch (IOException e) {
            return CompletableFuture.failedFuture(LabRefusal.SETUP_FAILED.because("There is no such program."));
        }
    }

    static final class Deaf extends BaseSubscriber<byte[]> {
        final AtomicLong bytes = new AtomicLong();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Nothing is asked for yet.
        }

        @Override
        protected void hookOnNext(byte[] value) {
            bytes.addAndGet(value.length);
        }
    }

    private final class Strange implements Running {
        private final CompletableFuture<Exit> exit = new CompletableFuture<>();
        private final boolean talks;

        Strange(boolean talks) {
            this.talks = talks;
        }

        @Override
        public Flux<byte[]> output() {
            if (!talks) {
                return Flux.never();
            }
            return Flux.generate(sink -> {
                produced.addAndGet(16 << 10);
                sink.next(new byte[16 << 10]);
            });
        }

        @Override
        public Flux<byte[]> errors() {
            return Flux.never();
        }

        @Override
        public void input(Publisher<byte[]> input) {
            input.subscribe(deaf);
        }

        @Override
        public void resize(int cols, int rows) {
            heard.add(cols + "x" + rows);
        }

        @Override
        public void signal(String name) {
            heard.add(name);
        }

        @Override
        public void end() {
            isEnded = true;
            exit.complete(new Exit(-1, "TERM"));
        }

        @Override
        public CompletableFuture<Exit> exit() {
            return exit;
        }
    }

    private final class Real implements Running {
        private final Process process;

        Real(Process process) {
            this.process = process;
        }

        @Override
        public Flux<byte[]> output() {
            return reading(process.getInputStream());
        }

        @Override
        public Flux<byte[]> errors() {
            return reading(process.getErrorStream());
        }

        private static Flux<byte[]> reading(InputStream stream) {
            return Flux.<byte[]>generate(sink -> {
                        byte[] bytes = new byte[16 << 10];
                        try {
                            int n = stream.read(bytes);
                            if (n < 0) {
                                sink.complete();
                            } else {
                                sink.next(Arrays.copyOf(bytes, n));
                            }
                        } catch (IOException e) {
                            sink.complete();
                        }
                    })
                    .subscribeOn(Schedulers.newSingle("test-reading", true));
        }

        @Override
        public void input(Publisher<byte[]> input) {
            OutputStream stream = process.getOutputStream();
            Flux.from(input)
                    .publishOn(Schedulers.newSingle("test-writing", true), 1)
                    .subscribe(
                            bytes -> {
                                try {
                                    stream.write(bytes);
                                    stream.flush();
                                } catch (IOException e) {
                                    process.destroy();
                                }
                            },
                            failure -> process.destroy(),
                            () -> {
                                try {
                                    stream.close();
                                } catch (IOException e) {
                                    process.destroy();
                                }
                            });
        }

        @Override
        public void resize(int cols, int rows) {
            heard.add(cols + "x" + rows);
        }

        @Override
        public void signal(String name) {
            heard.add(name);
            if (name.equals("KILL")) {
                process.destroyForcibly();
            } else {
                process.destroy();
            }
        }

        @Override
        public void end() {
            isEnded = true;
            process.destroy();
        }

        @Override
        public CompletableFuture<Exit> exit() {
            return process.onExit()
                    .thenApply(it -> it.exitValue() > 128
                            ? new Exit(-1, it.exitValue() == 137 ? "KILL" : "TERM")
                            : new Exit(it.exitValue(), null));
        }
    }
}
