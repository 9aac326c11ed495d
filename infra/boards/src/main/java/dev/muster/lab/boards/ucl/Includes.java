package dev.muster.lab.boards.ucl;

import java.util.List;

/** Where included texts come from; it decides which may be read. */
@FunctionalInterface
public interface Includes {

    /** Includes nothing: for texts from the network. */
    Includes REFUSED = (from, path, pattern) -> {
        throw new NotAllowed("Files cannot be included here.");
    };

    /**
     * Finds what a path stands for.
     *
     * @param from the including text; relative paths are relative to its file
     * @param pattern whether {@code *}, {@code ?} and {@code [..]} in the path's last name stand for several
     * @return in order of name, with absolute paths; none if there is no such file
     * @throws NotAllowed if it must not or cannot be read
     */
    List<UclSource> find(UclSource from, String path, boolean pattern) throws NotAllowed;

    /** Why a file is not read. */
    final class NotAllowed extends Exception {

        /** @param message a sentence */
        public NotAllowed(String message) {
            super(message, null, false, false);
        }
    }
}
