package dev.muster.updates.bundles.signatures;

/** What becomes of bundles that are not signed, or not by somebody trusted. */
public enum SignaturePolicy {
    /** Signatures are not checked. */
    NONE,
    /** Such bundles are taken, with a warning. */
    WARN,
    /** Such bundles are refused. */
    REQUIRE
}
