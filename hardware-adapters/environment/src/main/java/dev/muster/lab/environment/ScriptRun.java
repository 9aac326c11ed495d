package dev.muster.lab.environment;

import dev.muster.lab.BoardProcesses.Exit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Runs a setup script once and waits for it, on a thread that may. A service that the script leaves behind lives on, also
 * if it keeps the script's output open.
 */
final class ScriptRun {

    /** For what must come by itself: the end of a killed program, the rest of an output that nobody writes any more. */
    private static final Duration AFTERMATH_MAX = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ScriptRun.class);

    private final LocalProcesses processes;
    private final ScriptSettings settings;

    ScriptRun(LocalProcesses processes, ScriptSettings settings) {
        this.processes = processes;
        this.settings = settings;
    }

    /**
     * What it said to people, and how long it took.
     *
     * @param lastLine null if it said nothing
     * @param all lines that say something
     */
    record Said(@Nullable String lastLine, String all, Duration took) {}

    /** How it went. */
    sealed interface Outcome {

        Said said();

        /** It ended by itself, or somebody ended it. */
        record Ended(Exit exit, byte[] output, Said said) implements Outcome {}

        /** It was ended because it took too long. */
        record Late(Duration max, Said said) implements Outcome {}

        /** It was ended because its answer has no end. */
        record TooMuch(int bytesMax, Said said) implements Outcome {}
    }

    /** Refuses what cannot be started. */
    Outcome run(ScriptCall call, Path script) {
        Path absolute = script.toAbsolutePath();
        Path directory = absolute.getParent();
        long begun = System.nanoTime();
        LocalProcess process = processes.launch(
                call.argv(absolute.toString()),
                call.environment(),
                directory == null ? null : directory.toString(),
                null);
        Heard answer = Heard.oldest(settings.outputBytesMax());
        Heard words = Heard.newest(settings.errorBytesMax());
        process.output().subscribe(answer);
        process.errors().subscribe(words);
        process.input(Mono.just(call.document()));

        CompletableFuture<Exit> exit = process.exit();
        boolean inTime = within(call.max(), CompletableFuture.anyOf(exit, answer.tooMuch()));
        boolean tooMuch = answer.tooMuch().isDone();
        if (!inTime || tooMuch) {
            within(settings.killAfter().plus(AFTERMATH_MAX), process.endWithin(settings.killAfter()));
        }
        if (!within(AFTERMATH_MAX, CompletableFuture.allOf(exit, answer.over(), words.over()))) {
            answer.cancel();
            words.cancel();
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        Said said = new Said(SaidText.lastLine(words.bytes()), String.join("\n", SaidText.lines(words.bytes())), took);
        Outcome outcome;
        if (answer.tooMuch().isDone()) {
            outcome = new Outcome.TooMuch(settings.outputBytesMax(), said);
        } else if (!inTime) {
            outcome = new Outcome.Late(call.max(), said);
        } else {
            outcome = new Outcome.Ended(exit.join(), answer.bytes(), said);
        }
        log(call, outcome, words, took);
        return outcome;
    }

    private static void log(ScriptCall call, Outcome outcome, Heard words, Duration took) {
        String how =
                switch (outcome) {
                    case Outcome.Ended(Exit exit, byte[] output, Said said) ->
                        exit.signal() == null ? "ended with " + exit.code() : "was ended by " + exit.signal();
                    case Outcome.Late late -> "took too long";
                    case Outcome.TooMuch tooMuch -> "answered too much";
                };
        List<String> lines = SaidText.lines(words.bytes());
        LOG.info(
                "The setup script for {} {} after {} ms{}",
                call,
                how,
                took.toMillis(),
                lines.isEmpty() ? "." : ". It said:\n  | " + String.join("\n  | ", lines));
    }

    /** Whether it was done in that time. */
    private static boolean within(Duration max, CompletableFuture<?> work) {
        try {
            work.get(max.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a setup script could not be followed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
