package dev.muster.lab;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lab's own program that makes and unmakes the environment of a reservation; contract §6. For different boards it
 * runs side by side, for one never. Never blocks the caller. Without a configured script all succeeds with nothing.
 *
 * <p>{@code ran} hears of a run before its call is done, whatever came of it; of none when no script really ran. It must not
 * block.
 */
public interface SetupScripts {

    /**
     * Fails with {@link LabRefusal#SETUP_FAILED} (details {@code temporary}: another board may do) or
     * {@link LabRefusal#UNACCEPTABLE}; the message is the last line that the script said.
     */
    CompletableFuture<Environment> reserve(BoardDefinition board, Reservation reservation, Consumer<ScriptRan> ran);

    /** Must do whatever was made or not made. Fails with {@link LabRefusal#RELEASE_FAILED}. */
    CompletableFuture<Void> release(
            BoardDefinition board, @Nullable Reservation reservation, Environment environment, Consumer<ScriptRan> ran);
}
