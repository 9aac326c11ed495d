package dev.muster.updates.query;

/** What can be compared with what. */
public enum FieldKind {
    /** The device's id: compared exactly, case included, because it is a name and not a description. */
    ID,
    /** Text, compared without regard to case; {@code *} stands for anything. */
    TEXT,
    /** Several texts; one that matches suffices. */
    TEXTS,
    /** One of a few words. */
    WORD,
    /** RFC 3339, epoch milliseconds, {@code ${NOW_TS}} or {@code ${OVERDUE_TS}}. */
    TIME,
    /** A version; order as devices see it. */
    VERSION
}
