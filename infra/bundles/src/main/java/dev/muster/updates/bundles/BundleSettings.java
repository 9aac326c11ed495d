package dev.muster.updates.bundles;

import dev.muster.updates.bundles.signatures.SignatureSettings;

/**
 * How bundles are read, and within which limits.
 *
 * @param entriesMax files inside one archive, or in the root of one image
 * @param nameSizeMax bytes in a file's name inside the archive
 * @param descriptionSizeMax bytes in the bundle's own description; never more than the text reader's limit of 1 MiB
 * @param trailingSizeMax zero bytes that may fill the archive up behind its end
 * @param compatibilityMax pairs of board and revision that one bundle may name
 * @param linksMax places of the description that are looked at, links followed
 * @param raucCompatible how {@code compatible} of RAUC bundles is split into board and revision
 * @param signatures how signatures are checked
 */
public record BundleSettings(
        int entriesMax,
        int nameSizeMax,
        int descriptionSizeMax,
        int trailingSizeMax,
        int compatibilityMax,
        int linksMax,
        CompatiblePattern raucCompatible,
        SignatureSettings signatures) {

    public BundleSettings {
        if (Math.min(Math.min(entriesMax, nameSizeMax), Math.min(descriptionSizeMax, compatibilityMax)) < 1
                || trailingSizeMax < 0
                || linksMax < 1) {
            throw new IllegalArgumentException("the limits of bundles must be positive");
        }
    }

    /** What serves every bundle seen in the field, with much room; signatures are seen and not checked. */
    public static BundleSettings defaults() {
        return new BundleSettings(
                10_000,
                1024,
                1024 * 1024,
                1024 * 1024,
                1000,
                20_000,
                CompatiblePattern.none(),
                SignatureSettings.none());
    }

    /** The same with what operators decide. */
    public BundleSettings with(CompatiblePattern compatible, SignatureSettings checked) {
        return new BundleSettings(
                entriesMax,
                nameSizeMax,
                descriptionSizeMax,
                trailingSizeMax,
                compatibilityMax,
                linksMax,
                compatible,
                checked);
    }
}
