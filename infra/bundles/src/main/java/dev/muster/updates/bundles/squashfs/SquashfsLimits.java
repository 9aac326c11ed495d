package dev.muster.updates.bundles.squashfs;

/**
 * How much of an image is looked at.
 *
 * @param entriesMax names in the root directory
 * @param unpackedMax bytes that all blocks together may come to, once unpacked
 * @param ratioMax how many times larger than its packed form that may be. One block of zeros is legitimately far beyond
 *     it, so the ratio counts from {@link UnpackBudget#FREE} bytes on.
 */
public record SquashfsLimits(int entriesMax, long unpackedMax, int ratioMax) {

    public SquashfsLimits {
        if (entriesMax < 1 || unpackedMax < 1 || ratioMax < 1) {
            throw new IllegalArgumentException("the limits of squashfs images must be positive");
        }
    }

    /** 16 MiB and 200:1. */
    public static SquashfsLimits of(int entriesMax) {
        return new SquashfsLimits(entriesMax, 16L * 1024 * 1024, 200);
    }
}
