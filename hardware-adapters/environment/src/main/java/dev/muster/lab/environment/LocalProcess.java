package dev.muster.lab.environment;

import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.BoardProcesses.Running;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** A program that runs on this machine. */
final class LocalProcess implements Running {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcess.class);

    private final Launched launched;
    private final ProcessGroup group;
    private final ProcessSettings settings;
    private final Inflow input;
    private final Outflow output;
    private final @Nullable Outflow errors;
    private final String name;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private @Nullable CompletableFuture<Void> ending;

    LocalProcess(Launched launched, Readiness readiness, ProcessSettings settings) {
        this.launched = launched;
        this.settings = settings;
        this.group = new ProcessGroup(launched.process());
        this.name = "lab-process-" + launched.process().pid();
        this.input = new Inflow(name + "-in", launched.input(), readiness, launched.screen() != null);
        this.output = new Outflow(name + "-out", launched.output(), readiness);
        Descriptor errorPipe = launched.errors();
        this.errors = errorPipe == null ? null : new Outflow(name + "-err", errorPipe, readiness);
        Thread.ofVirtual().name(name + "-exit").start(this::awaitExit);
    }

    @Override
    public Flux<byte[]> output() {
        return output;
    }

    @Override
    public Flux<byte[]> errors() {
        return errors == null ? Flux.empty() : errors;
    }

    @Override
    public void input(Publisher<byte[]> from) {
        input.take(from);
    }

    @Override
    public void resize(int cols, int rows) {
        if (launched.screen() != null) {
            launched.screen().resize(cols, rows);
        }
    }

    @Override
    public void signal(String signal) {
        group.signal(Signals.number(signal));
    }

    @Override
    public void end() {
        endWithin(settings.killAfter());
    }

    @Override
    public CompletableFuture<Exit> exit() {
        return exit.copy();
    }

    /** The number of the process, and of its group. */
    long number() {
        return launched.process().pid();
    }

    /** TERM to the group, KILL after this time. Done when nobody is left in it or all were killed. */
    synchronized CompletableFuture<Void> endWithin(Duration killAfter) {
        if (ending == null) {
            CompletableFuture<Void> ended = new CompletableFuture<>();
            ending = ended;
            Thread.ofVirtual().name(name + "-end").start(() -> {
                try {
                    endGroup(killAfter);
                } finally {
                    ended.complete(null);
                }
            });
        }
        return ending.copy();
    }

    private void endGroup(Duration killAfter) {
        group.signal(Signals.TERM);
        long deadline = System.nanoTime() + killAfter.toNanos();
        while (group.isThere() && System.nanoTime() < deadline) {
            pause(LOOK_AGAIN);
        }
        if (group.isThere()) {
            group.signal(Signals.KILL);
        }
        // What it said before is still handed on; only nothing new is waited for.
        silenceEnds(Duration.ZERO);
    }

    private void awaitExit() {
        int number = exitNumber();
        group.leaderIsOver();
        input.stop();
        silenceEnds(settings.silenceAfterExit());
        if (launched.screen() != null) {
            launched.screen().close();
        }
        exit.complete(Signals.exitOf(number));
        if (!output.isHeard() || errors != null && !errors.isHeard()) {
            pause(settings.unheardAfterExit());
        }
        output.closeUnheard();
        if (errors != null) {
            errors.closeUnheard();
        }
    }

    private int exitNumber() {
        while (true) {
            try {
                return launched.process().waitFor();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; if somebody did, the program would still be to be waited for.
                LOG.debug("Interrupted while waiting for a program to end.");
            }
        }
    }

    private void silenceEnds(Duration after) {
        output.endsWithSilenceOf(after.toNanos());
        if (errors != null) {
            errors.endsWithSilenceOf(after.toNanos());
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
