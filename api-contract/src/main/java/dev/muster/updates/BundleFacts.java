package dev.muster.updates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an update bundle says about itself, read from its own description while it was uploaded.
 *
 * @param format the bundle format
 * @param name name given in the description, or null; of a RAUC bundle what it is compatible with
 * @param version version given in the description, verbatim
 * @param description free text in the description, or null
 * @param compatibility the hardware it says it fits; empty when it names none
 * @param images the images inside that the description names
 * @param signature whether the bundle is signed, and what was found when that was checked
 * @param signer who signed it: subject of a certificate, or name of a key; null unless the signature was checked. Where
 *     it is not trusted, that is only what the signature says of itself
 * @param signatureProblem why the signature is not trusted, one sentence; null otherwise
 * @param encrypted whether any image is marked as encrypted
 * @param warnings things an operator should know before saving, one sentence each
 */
public record BundleFacts(
        Format format,
        @Nullable String name,
        String version,
        @Nullable String description,
        List<Hardware> compatibility,
        List<Image> images,
        Signature signature,
        @Nullable String signer,
        @Nullable String signatureProblem,
        boolean encrypted,
        List<String> warnings) {

    public BundleFacts {
        compatibility = List.copyOf(compatibility);
        images = List.copyOf(images);
        warnings = List.copyOf(warnings);
    }

    public enum Format {
        SWU,
        RAUC,
        RAW
    }

    /** {@code PRESENT} is one that was not checked. */
    public enum Signature {
        ABSENT,
        VALID,
        UNTRUSTED,
        PRESENT
    }

    /**
     * @param file name inside the bundle
     * @param size bytes in the bundle, -1 if the bundle does not contain the file
     * @param sha256 as stated in the description, lower-case hex, or null
     * @param type handler or artefact type, e.g. {@code raw}, {@code script:shellscript}, or null
     */
    public record Image(
            String file,
            long size,
            @Nullable String sha256,
            @Nullable String type) {}
}
