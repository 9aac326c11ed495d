package dev.muster.lab;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads configurations of the lab and keeps the one in force. Its text is kept out of history, for it has secrets.
 * Blocking where it says so.
 */
public interface LabConfigurations {

    /** The one in force; {@link LabConfiguration#EMPTY} before the first. Never blocks. */
    LabConfiguration current();

    /** The text of the one in force, for its editor; empty before the first. Blocks. */
    String text();

    /**
     * Reads a text and answers what it says.
     *
     * @param text UCL, contract §7
     * @throws dev.muster.kernel.Refused {@link LabRefusal#CONFIGURATION_INVALID} with the details {@code line},
     *     {@code column} and, if it is about one, {@code board}
     */
    LabConfiguration read(String text);

    /** Keeps a text that {@link #read} took, and makes it the one in force. Durable when it returns. Blocks. */
    void keep(String text);

    /** The text of the configured file, or null if none is configured; for start and reload. Blocks. */
    @Nullable
    String file();

    /** The definitions without what must not be seen: for history and scripts. */
    List<BoardDefinition> withoutSecrets(LabConfiguration configuration);
}
