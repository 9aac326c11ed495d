package dev.muster.updates.bundles.signatures;

import dev.muster.updates.BundleFacts.Signature;
import org.jspecify.annotations.Nullable;

/**
 * What was found about a bundle's signature.
 *
 * @param signer who signed, or says so
 * @param problem why that is not trusted: one sentence
 */
public record Verdict(
        Signature signature,
        @Nullable String signer,
        @Nullable String problem) {

    public static Verdict absent() {
        return new Verdict(Signature.ABSENT, null, null);
    }

    /** There is one, and nobody looked. */
    public static Verdict unchecked() {
        return new Verdict(Signature.PRESENT, null, null);
    }

    static Verdict valid(String signer) {
        return new Verdict(Signature.VALID, signer, null);
    }

    static Verdict untrusted(@Nullable String signer, String problem) {
        return new Verdict(Signature.UNTRUSTED, signer, problem);
    }
}
