package dev.muster.updates.bundles;

/**
 * The limits within which bundles are read.
 *
 * @param entriesMax files inside one archive
 * @param nameSizeMax bytes in a file's name inside the archive
 * @param descriptionSizeMax bytes in the bundle's own description; never more than the text reader's limit of 1 MiB
 * @param trailingSizeMax zero bytes that may fill the archive up behind its end
 * @param compatibilityMax pairs of board and revision that one bundle may name
 * @param linksMax places of the description that are looked at, links followed
 */
public record BundleSettings(
        int entriesMax,
        int nameSizeMax,
        int descriptionSizeMax,
        int trailingSizeMax,
        int compatibilityMax,
        int linksMax) {

    public BundleSettings {
        if (Math.min(Math.min(entriesMax, nameSizeMax), Math.min(descriptionSizeMax, compatibilityMax)) < 1
                || trailingSizeMax < 0
                || linksMax < 1) {
            throw new IllegalArgumentException("the limits of bundles must be positive");
        }
    }

    /** What serves every bundle seen in the field, with much room. */
    public static BundleSettings defaults() {
        return new BundleSettings(10_000, 1024, 1024 * 1024, 1024 * 1024, 1000, 20_000);
    }
}
