package dev.muster.lab.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.Boards;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.PowerAction;
import dev.muster.lab.PowerSwitches;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ScriptWords;
import dev.muster.lab.SetupScripts;
import dev.muster.lab.command.LabOutcomes.Course;
import dev.muster.updates.ActionViews;
import dev.muster.updates.Reinstallations;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What effects work with. Its methods block, on the virtual thread of the board that is worked on.
 */
record Bench(
        Commands commands,
        Boards boards,
        LabOutcomes outcomes,
        Positions positions,
        LabConfigurations configurations,
        SetupScripts scripts,
        ScriptWords words,
        PowerSwitches switches,
        ConsoleLines lines,
        Reinstallations reinstallations,
        ActionViews actions,
        Clock clock,
        LabSettings settings,
        CrashPoints crashes) {

    static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:lab");
    private static final int SENDS_MAX = 6;
    private static final Duration ROOM_PAUSE_MIN = Duration.ofMillis(50);

    /** The board as it is configured, secrets included; as it was, when it is configured no longer. */
    BoardDefinition definition(Board board) {
        return configurations.current().board(board.name()).orElse(board.definition());
    }

    /** What an operation under way is. Boards may be folded a moment before outcomes are. */
    @Nullable
    PowerAction ordered(UUID operation) {
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        return outcomes.actionOf(operation);
    }

    /** How a reservation went on a board; null when that is too long ago. */
    @Nullable
    Course course(ReservationId reservation, BoardName board) {
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        return outcomes.of(reservation, board);
    }

    <T> T done(CompletionStage<T> effect) {
        return Await.done(effect, settings.effectMax());
    }

    /** For effects that answer nothing. */
    void finished(CompletionStage<Void> effect) {
        Await.done(effect.thenApply(nothing -> true), settings.effectMax());
    }

    /** Says what became of an effect, and waits until this node knows. The effect is done: want of room is waited out. */
    void report(BoardCommand outcome) {
        for (int sends = 1; ; sends++) {
            try {
                Await.done(commands.<Object>send(outcome, SYSTEM));
                break;
            } catch (Refused refused) {
                if (refused.refusal().kind() != Refusal.Kind.UNAVAILABLE || sends == SENDS_MAX) {
                    throw refused;
                }
                pause(ROOM_PAUSE_MIN.multipliedBy(1L << sends));
            }
        }
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
    }

    static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
