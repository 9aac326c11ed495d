package dev.muster.updates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an update bundle says about itself, read from its own description while it was uploaded.
 *
 * @param format the bundle format
 * @param name name given in the description, or null
 * @param version version given in the description, verbatim
 * @param description free text in the description, or null
 * @param compatibility the hardware it says it fits; empty when it names none
 * @param images the images inside that the description names
 * @param signature whether a signature of the description is in the bundle (presence only, not its validity)
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
        boolean encrypted,
        List<String> warnings) {

    public BundleFacts {
        compatibility = List.copyOf(compatibility);
        images = List.copyOf(images);
        warnings = List.copyOf(warnings);
    }

    public enum Format {
        SWU,
        RAW
    }

    public enum Signature {
        ABSENT,
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
