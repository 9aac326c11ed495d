package dev.muster.config;

import java.util.Optional;

/**
 * Seals secrets so that they may stand in history, and lets them be unmade: each owner has a key outside the log, and
 * what was sealed for an owner is unreadable everywhere once that key is destroyed. Blocking; off the event loop.
 */
public interface Seals {

    /**
     * @param owner as {@link Layer#keyOwner()} has it; a key is made on first use
     * @param place what the text belongs to; opening elsewhere fails
     * @return printable text that tells nothing but a rough length
     */
    String seal(String owner, String place, String clear);

    /** Empty when the key is gone, or the text is not of this owner and place. */
    Optional<String> open(String owner, String place, String sealed);

    /** Whether anything was sealed for the owner since its key was destroyed last, if it ever was. */
    default boolean hasKey(String owner) {
        return true;
    }

    /** Destroys the owner's key. A key made later opens nothing that was sealed before. */
    void destroy(String owner);
}
