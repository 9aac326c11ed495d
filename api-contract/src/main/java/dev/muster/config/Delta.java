package dev.muster.config;

import org.jspecify.annotations.Nullable;

/**
 * One change in a databag's storage, free of schema and rules, so that history replays for ever the same.
 *
 * @param path map keys joined by dots; lists change as a whole
 * @param value canonical JSON text when SET, sealed text when SEALED, null when REMOVED
 */
public record Delta(String path, Kind kind, @Nullable String value) {

    public enum Kind {
        SET,
        /** Set to a secret; the text opens only with the owner's key. */
        SEALED,
        REMOVED
    }

    public static Delta set(String path, Json value) {
        return new Delta(path, Kind.SET, value.toString());
    }

    public static Delta sealed(String path, String text) {
        return new Delta(path, Kind.SEALED, text);
    }

    public static Delta removed(String path) {
        return new Delta(path, Kind.REMOVED, null);
    }

    /** Without the value: secrets and values do not end in logs by way of a message. */
    @Override
    public String toString() {
        return kind + " " + path;
    }
}
