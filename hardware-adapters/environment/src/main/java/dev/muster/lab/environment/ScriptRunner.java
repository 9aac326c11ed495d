package dev.muster.lab.environment;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.Environment;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Reservation;
import dev.muster.lab.ScriptOutcome;
import dev.muster.lab.ScriptRan;
import dev.muster.lab.SetupScripts;
import dev.muster.lab.environment.ScriptCall.Action;
import dev.muster.lab.environment.ScriptRun.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs the lab's setup script, one call at a time for a board and a bounded number of boards side by side. Which script
 * is looked up when the call's turn comes.
 *
 * <p>Refusals have the details {@code temporary} and one of {@code exit} (code), {@code signal} (name) and {@code reason}
 * ({@code time-limit}, {@code bad-output}, {@code not-started}).
 */
public final class ScriptRunner implements SetupScripts {

    private static final int UNACCEPTABLE = 65;
    private static final int TEMPORARY = 75;

    private final Supplier<LabConfiguration> configuration;
    private final LocalProcesses processes;
    private final UnaryOperator<String> userNames;
    private final ScriptSettings settings;
    private final BoardTurns turns;

    /**
     * @param configuration the one in force; must not block
     * @param userNames what a script is told of a reservation's holder, for whom it gets the actor ({@code user:…}); may
     *     block
     */
    public ScriptRunner(
            Supplier<LabConfiguration> configuration,
            LocalProcesses processes,
            UnaryOperator<String> userNames,
            ScriptSettings settings) {
        this.configuration = configuration;
        this.processes = processes;
        this.userNames = userNames;
        this.settings = settings;
        this.turns = new BoardTurns(settings.sideBySideMax(), settings.waitingMax());
    }

    @Override
    public CompletableFuture<Environment> reserve(
            BoardDefinition board, Reservation reservation, Consumer<ScriptRan> ran) {
        return turns.inTurn(
                board.name(),
                () -> run(
                        new ScriptCall(
                                Action.RESERVE,
                                board,
                                reservation,
                                userNames.apply(reservation.holder()),
                                Map.of(),
                                settings.reserveMax()),
                        ran));
    }

    @Override
    public CompletableFuture<Void> release(
            BoardDefinition board,
            @Nullable Reservation reservation,
            Environment environment,
            Consumer<ScriptRan> ran) {
        return turns.<Environment>inTurn(
                        board.name(),
                        () -> run(
                                new ScriptCall(
                                        Action.RELEASE,
                                        board,
                                        reservation,
                                        reservation == null ? "" : userNames.apply(reservation.holder()),
                                        environment.state(),
                                        settings.releaseMax()),
                                ran))
                .thenAccept(nothing -> {});
    }

    private Environment run(ScriptCall call, Consumer<ScriptRan> ran) {
        String script = configuration.get().setupScript();
        if (script == null) {
            return Environment.NONE;
        }
        Outcome outcome;
        try {
            outcome = new ScriptRun(processes, settings).run(call, Path.of(script));
        } catch (Refused refused) {
            throw refusal(call.action().failure(), refused.refusal().message(), "reason", "not-started", false);
        }
        ScriptOutcome ended = ScriptOutcome.FAILED;
        try {
            Environment made = environmentOf(call.action(), outcome);
            ended = ScriptOutcome.DONE;
            return made;
        } catch (Refused refused) {
            ended = outcomeOf(outcome, refused);
            throw refused;
        } finally {
            ScriptRun.Said said = outcome.said();
            ran.accept(new ScriptRan(ended, said.took().toMillis(), said.all()));
        }
    }

    private static ScriptOutcome outcomeOf(Outcome outcome, Refused refused) {
        if (outcome instanceof Outcome.Late) {
            return ScriptOutcome.TIMED_OUT;
        }
        if (refused.refusal().code().equals(LabRefusal.UNACCEPTABLE.code())) {
            return ScriptOutcome.UNACCEPTABLE;
        }
        return Boolean.TRUE.equals(refused.refusal().details().get("temporary"))
                ? ScriptOutcome.TEMPORARY
                : ScriptOutcome.FAILED;
    }

    private static Environment environmentOf(Action action, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Late late ->
                throw refusal(
                        action.failure(),
                        "The setup script took longer than " + late.max().toSeconds() + " s and was ended."
                                + saidLast(late.said().lastLine()),
                        "reason",
                        "time-limit",
                        false);
            case Outcome.TooMuch tooMuch ->
                throw refusal(
                        action.failure(),
                        "The setup script's answer is longer than " + tooMuch.bytesMax() + " bytes."
                                + saidLast(tooMuch.said().lastLine()),
                        "reason",
                        "bad-output",
                        false);
            case Outcome.Ended ended
            when ended.exit().signal() != null ->
                throw refusal(
                        action.failure(),
                        "The setup script was ended by the signal "
                                + ended.exit().signal() + "."
                                + saidLast(ended.said().lastLine()),
                        "signal",
                        ended.exit().signal(),
                        false);
            case Outcome.Ended ended
            when ended.exit().code() != 0 ->
                throw refusalOf(action, ended.exit(), ended.said().lastLine());
            case Outcome.Ended ended -> answerOf(action, ended);
        };
    }

    private static Environment answerOf(Action action, Outcome.Ended ended) {
        try {
            return ScriptAnswer.read(ended.output());
        } catch (ScriptAnswer.Garbled garbled) {
            throw refusal(
                    action.failure(),
                    "The setup script's answer " + garbled.getMessage() + "."
                            + saidLast(ended.said().lastLine()),
                    "reason",
                    "bad-output",
                    false);
        }
    }

    private static Refused refusalOf(Action action, Exit exit, @Nullable String lastLine) {
        LabRefusal code =
                action == Action.RESERVE && exit.code() == UNACCEPTABLE ? LabRefusal.UNACCEPTABLE : action.failure();
        String message = lastLine != null ? lastLine : "The setup script ended with " + exit.code() + ".";
        return refusal(code, message, "exit", exit.code(), exit.code() == TEMPORARY);
    }

    private static String saidLast(@Nullable String line) {
        return line == null ? "" : " It last said: " + line;
    }

    private static Refused refusal(
            LabRefusal code, String message, String detail, @Nullable Object value, boolean temporary) {
        Map<String, Object> details = new HashMap<>();
        details.put("temporary", temporary);
        if (value != null) {
            details.put(detail, value);
        }
        return code.because(message, details);
    }
}
