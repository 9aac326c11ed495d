package dev.muster.store;

import java.nio.charset.StandardCharsets;

/**
 * The tables of a store; each is one column family of the database. Their names are part of the format; {@code tokens}
 * and {@code dead-letters}, which were always empty, lie in stores that were made before they were given up.
 */
enum Table {
    /** Position → record. */
    EVENTS("events"),
    /** Aggregate id, NUL, sequence → position. */
    BY_AGGREGATE("by-aggregate"),
    /** Aggregate id → the newest snapshot's record. */
    SNAPSHOTS("snapshots"),
    /** Timers by key and by due time. */
    TIMERS("timers"),
    /** Answers by idempotency key and by expiry. */
    IDEMPOTENCY("idempotency"),
    /** Small secrets and personal data that must be erasable. */
    VAULT("vault"),
    /** Facts about the store itself. */
    META("meta");

    private final String familyName;

    Table(String familyName) {
        this.familyName = familyName;
    }

    byte[] familyName() {
        return familyName.getBytes(StandardCharsets.UTF_8);
    }
}
