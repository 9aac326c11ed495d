package dev.muster.lab.command;

import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.lab.Board;
import dev.muster.lab.BoardCommand;
import dev.muster.lab.BoardCommand.DefineBoard;
import dev.muster.lab.BoardCommand.RetireBoard;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.Boards;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabRefusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Boards are what the configuration in force says. A configuration is kept first and carried out then, board by board;
 * {@link #reconcile} carries out the rest of one that was interrupted. One at a time. Blocks.
 */
public final class ConfiguredBoards {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:lab");
    private static final Duration TURN_MAX = Duration.ofSeconds(60);

    private final Commands commands;
    private final Boards boards;
    private final LabConfigurations configurations;
    private final Positions positions;
    private final ReentrantLock turn = new ReentrantLock();

    public ConfiguredBoards(Commands commands, Boards boards, LabConfigurations configurations, Positions positions) {
        this.commands = commands;
        this.boards = boards;
        this.configurations = configurations;
        this.positions = positions;
    }

    /** At start, when this node has read the log: the boards follow the configuration in force. */
    public void reconcile() {
        inTurn(() -> {
            carryOut(configurations.current(), SYSTEM);
            return configurations.current();
        });
    }

    /** Reads, keeps and carries out; nothing of it if it cannot be read. */
    LabConfiguration putInForce(String text, Map<String, String> provenance) {
        return inTurn(() -> {
            LabConfiguration configuration = configurations.read(text);
            configurations.keep(text);
            carryOut(configuration, provenance);
            return configuration;
        });
    }

    /** Puts the configured file in force. */
    LabConfiguration reload(Map<String, String> provenance) {
        String file = configurations.file();
        if (file == null) {
            throw LabRefusal.CONFIGURATION_INVALID.because(
                    "No file is configured for the lab; send the configuration.");
        }
        return putInForce(file, provenance);
    }

    private void carryOut(LabConfiguration configuration, Map<String, String> provenance) {
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        for (BoardCommand order : orders(configuration)) {
            Await.done(commands.<Object>send(order, provenance));
        }
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
    }

    private List<BoardCommand> orders(LabConfiguration configuration) {
        Map<BoardName, BoardDefinition> wanted = new HashMap<>();
        List<BoardCommand> orders = new ArrayList<>();
        for (BoardDefinition definition : configurations.withoutSecrets(configuration)) {
            wanted.put(definition.name(), definition);
            if (!isLike(definition, boards.find(definition.name()))) {
                orders.add(new DefineBoard(definition.name(), definition));
            }
        }
        for (Board board : boards.all()) {
            boolean goes = board.retiring() && board.state().isTaken();
            if (!wanted.containsKey(board.name()) && !goes) {
                orders.add(new RetireBoard(board.name()));
            }
        }
        return orders;
    }

    private static boolean isLike(BoardDefinition definition, @Nullable Board board) {
        return board != null && !board.retiring() && Definitions.same(definition, board.definition());
    }

    @FunctionalInterface
    private interface Work {
        LabConfiguration done();
    }

    private LabConfiguration inTurn(Work work) {
        try {
            if (!turn.tryLock(TURN_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw LabRefusal.TOO_MANY.because("Another configuration is being put in force.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another configuration was put in force", e);
        }
        try {
            return work.done();
        } finally {
            turn.unlock();
        }
    }
}
