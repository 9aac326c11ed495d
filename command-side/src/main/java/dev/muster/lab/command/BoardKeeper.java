package dev.muster.lab.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.Boards;
import dev.muster.lab.ConsoleLines;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.PowerSwitches;
import dev.muster.lab.ScriptWords;
import dev.muster.lab.SetupScripts;
import dev.muster.updates.ActionViews;
import dev.muster.updates.Reinstallations;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Does to boards what was decided about them: script, power and serial line when one is lent or taken back, power when it
 * is ordered, another try when a clean-up failed. Works on one board by one thread at a time and on different boards side
 * by side. It acts on how things stand, never on what happened: hearing of a change only makes it look.
 *
 * <p>What was under way when the server stopped is not known to be done or not. A board that was being prepared or
 * released is released again, from the beginning; whoever has a board keeps it, its line is opened and its power read
 * again; a power cycle is never repeated, all other switching is. A board that was being flashed back is powered off and
 * on, and goes on with the action that it has.
 */
public final class BoardKeeper implements AutoCloseable {

    private final Bench bench;
    private final Map<BoardName, BoardLane> lanes = new ConcurrentHashMap<>();
    private final ScheduledExecutorService times = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lab-keeper-times").daemon().factory());
    private @Nullable AutoCloseable hearing;
    private @Nullable AutoCloseable hearingLines;

    /** @param outcomes a fold that must be registered with the others before the log is read */
    public BoardKeeper(
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
            LabSettings settings) {
        this(new Bench(
                commands,
                boards,
                outcomes,
                positions,
                configurations,
                scripts,
                words,
                switches,
                lines,
                reinstallations,
                actions,
                clock,
                settings,
                CrashPoints.NONE));
    }

    BoardKeeper(Bench bench) {
        this.bench = bench;
    }

    /** Once, when this node has read the log: looks at every board, then hears changes. */
    public synchronized void start() {
        if (hearing != null) {
            return;
        }
        for (Board board : bench.boards().all()) {
            lane(board.name()).find(board);
        }
        hearing = bench.boards().onChange((before, after) -> {
            Board board = after == null ? before : after;
            if (board != null) {
                lane(board.name()).wake();
            }
        });
        hearingLines = bench.lines().onLoss(name -> {
            if (bench.boards().find(name) != null) {
                lane(name).wake();
            }
        });
        // What changed between the first look and the hearing is seen now.
        bench.boards().all().forEach(board -> lane(board.name()).wake());
    }

    private BoardLane lane(BoardName name) {
        return lanes.computeIfAbsent(name, it -> new BoardLane(it, bench, times, this::forget));
    }

    /** A board that comes back under its name gets another lane; the old one has nothing more to do. */
    private void forget(BoardLane lane) {
        lanes.remove(lane.name(), lane);
        if (bench.boards().find(lane.name()) != null) {
            lane(lane.name()).wake();
        }
    }

    /** Begins nothing more; what is under way is broken off and cleaned up at the next start. */
    @Override
    public synchronized void close() throws Exception {
        if (hearing != null) {
            hearing.close();
        }
        if (hearingLines != null) {
            hearingLines.close();
        }
        times.shutdownNow();
        lanes.values().forEach(BoardLane::close);
    }
}
