package dev.muster.lab.command;

import dev.muster.kernel.Await;
import dev.muster.lab.BoardCommand.RecordScriptRun;
import dev.muster.lab.BoardName;
import dev.muster.lab.Reservation;
import dev.muster.lab.ScriptAction;
import dev.muster.lab.ScriptRan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what one call of the setup script said, then records the run. Neither may spoil what the call was for. */
final class ScriptAccount implements Consumer<ScriptRan> {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptAccount.class);
    /** A store that does not answer must not keep a board from whoever waits for it. */
    private static final Duration KEEP_MAX = Duration.ofSeconds(15);

    private final BoardName board;
    private final @Nullable Reservation reservation;
    private final ScriptAction action;
    private final AtomicReference<@Nullable ScriptRan> heard = new AtomicReference<>();

    ScriptAccount(BoardName board, @Nullable Reservation reservation, ScriptAction action) {
        this.board = board;
        this.reservation = reservation;
        this.action = action;
    }

    @Override
    public void accept(ScriptRan ran) {
        heard.set(ran);
    }

    /** Nothing when no script ran, or when this work is being broken off: then nothing more is recorded. */
    void settle(Bench bench) {
        ScriptRan ran = heard.get();
        if (ran == null || Thread.currentThread().isInterrupted()) {
            return;
        }
        String words = ran.words().isEmpty() ? null : kept(ran.words(), bench);
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            bench.report(new RecordScriptRun(
                    board, reservation == null ? null : reservation.id(), action, ran.outcome(), ran.millis(), words));
        } catch (RuntimeException e) {
            LOG.warn("A run of the setup script for {} {} could not be recorded", action.wireName(), board, e);
        }
    }

    private @Nullable String kept(String words, Bench bench) {
        try {
            return Await.done(bench.words().keep(words), KEEP_MAX);
        } catch (RuntimeException e) {
            LOG.warn("What the setup script said for {} {} could not be kept", action.wireName(), board, e);
            return null;
        }
    }
}
