package dev.muster.lab.boards.ucl;

/** What becomes of a key that is given again. */
enum Duplicates {
    /** A higher priority replaces, an equal one collects, a lower one is left out. */
    APPEND,
    /** Objects become one, lists become one, others are appended. */
    MERGE,
    REWRITE,
    ERROR
}
