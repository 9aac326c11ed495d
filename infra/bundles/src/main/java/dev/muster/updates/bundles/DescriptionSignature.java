package dev.muster.updates.bundles;

import dev.muster.updates.BundleFacts.Signature;
import dev.muster.updates.bundles.SwDescription.Part;
import dev.muster.updates.bundles.signatures.CmsBlock;
import dev.muster.updates.bundles.signatures.SignatureSettings;
import dev.muster.updates.bundles.signatures.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The signature of an SWUpdate bundle, the file right behind the description. It is about the description only; what the
 * description states digests of is covered by that. Kept only when somebody wants it checked.
 */
final class DescriptionSignature {

    private static final int PLACE = 2;

    private final SignatureRules rules;
    private byte[] text = {};
    private byte @Nullable [] bytes;
    private int filled;
    private boolean reading;
    private boolean seen;
    private @Nullable String problem;

    DescriptionSignature(SignatureSettings settings) {
        this.rules = new SignatureRules(settings);
    }

    SignatureRules rules() {
        return rules;
    }

    /** What the description says. */
    void over(byte[] description) {
        if (rules.areChecked()) {
            text = description;
        }
    }

    /** The file starts. */
    void started(CpioEntry entry) {
        seen = true;
        if (!rules.areChecked()) {
            return;
        }
        if (entry.number() != PLACE) {
            problem = "The signature does not follow right after the description.";
        } else if (entry.size() > CmsBlock.SIZE_MAX) {
            problem = "The signature has %d bytes, the most is %d.".formatted(entry.size(), CmsBlock.SIZE_MAX);
        } else {
            bytes = new byte[(int) entry.size()];
            reading = true;
        }
    }

    boolean isReading() {
        return reading;
    }

    /** Consumes the buffer. */
    void content(ByteBuffer more) {
        byte @Nullable [] into = bytes;
        if (into != null) {
            int length = more.remaining();
            more.get(into, filled, length);
            filled += length;
        }
    }

    void ended() {
        reading = false;
    }

    /** @param parts what the description names: all of it must have a digest for the signature to be about it */
    Verdict verdict(List<Part> parts) throws IOException {
        if (!seen) {
            return Verdict.absent();
        }
        if (!rules.areChecked()) {
            return Verdict.unchecked();
        }
        byte @Nullable [] signature = bytes;
        if (problem != null || signature == null) {
            return new Verdict(Signature.UNTRUSTED, null, problem);
        }
        Verdict verdict = rules.check().detached(signature, text);
        if (verdict.signature() == Signature.VALID) {
            for (Part part : parts) {
                if (part.sha256() == null) {
                    return new Verdict(
                            Signature.UNTRUSTED,
                            verdict.signer(),
                            "The description states no sha256 for %s, so its signature says nothing of that file."
                                    .formatted(Quoted.text(part.file())));
                }
            }
        }
        return verdict;
    }
}
