package dev.muster.updates.bundles;

import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.bundles.signatures.SignatureCheck;
import dev.muster.updates.bundles.signatures.SignaturePolicy;
import dev.muster.updates.bundles.signatures.SignatureSettings;
import dev.muster.updates.bundles.signatures.Verdict;

/** What is done about a bundle's signature, or about none. */
final class SignatureRules {

    private final SignaturePolicy policy;
    private final SignatureCheck check;

    SignatureRules(SignatureSettings settings) {
        this.policy = settings.policy();
        this.check = new SignatureCheck(settings);
    }

    boolean areChecked() {
        return policy != SignaturePolicy.NONE;
    }

    SignatureCheck check() {
        return check;
    }

    /** Refuses the bundle, warns of it, or is content. */
    void apply(Verdict verdict, Warnings warnings) {
        if (!areChecked()) {
            return;
        }
        switch (verdict.signature()) {
            case ABSENT -> {
                if (policy == SignaturePolicy.REQUIRE) {
                    throw UpdatesRefusal.BUNDLE_UNSIGNED.because("The bundle is not signed.");
                }
                warnings.add("The bundle is not signed.");
            }
            case UNTRUSTED -> {
                String problem = verdict.problem() == null ? "" : verdict.problem();
                if (policy == SignaturePolicy.REQUIRE) {
                    throw UpdatesRefusal.BUNDLE_UNTRUSTED.because(problem);
                }
                warnings.add("The bundle's signature is not trusted: " + problem);
            }
            case VALID, PRESENT -> {
                // Trusted, or not asked for.
            }
        }
    }
}
