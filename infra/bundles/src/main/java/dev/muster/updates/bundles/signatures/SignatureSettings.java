package dev.muster.updates.bundles.signatures;

import java.time.Clock;

/**
 * How signatures are checked.
 *
 * @param policy what becomes of bundles without a good one
 * @param trust whose signatures are good
 * @param clock tells whether certificates are in their time
 */
public record SignatureSettings(SignaturePolicy policy, TrustedSigners trust, Clock clock) {

    public SignatureSettings {
        if (policy != SignaturePolicy.NONE && trust.isEmpty()) {
            throw new IllegalArgumentException(
                    "signatures of bundles can only be checked when something is trusted; set muster.bundles.trust");
        }
    }

    /** Signatures are seen and not checked. */
    public static SignatureSettings none() {
        return new SignatureSettings(SignaturePolicy.NONE, TrustedSigners.nobody(), Clock.systemUTC());
    }

    public boolean areChecked() {
        return policy != SignaturePolicy.NONE;
    }
}
