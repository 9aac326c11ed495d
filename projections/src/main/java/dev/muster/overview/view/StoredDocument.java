package dev.muster.overview.view;

import org.jspecify.annotations.Nullable;

/**
 * A document as it is stored: its id in member {@code _id}, and two more.
 *
 * @param position what it has seen, a 64-bit number
 * @param view JSON text; null for a place in the log, which is a position and nothing else
 */
record StoredDocument(String id, long position, @Nullable String view) {

    static final String POSITION = "position";
    static final String VIEW = "view";
}
