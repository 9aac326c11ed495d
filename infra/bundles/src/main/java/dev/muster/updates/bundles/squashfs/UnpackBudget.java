package dev.muster.updates.bundles.squashfs;

/** Counts what unpacking has brought, so that a small image cannot keep us busy with a large one. */
final class UnpackBudget {

    /** Two blocks of the greatest size: what one small file and the tables that lead to it need at most. */
    static final long FREE = 2L * 1024 * 1024;

    /** What a piece counts at least: an image of countless empty ones would be read for hours, and bring nothing. */
    private static final int LEAST = 1024;

    private final SquashfsLimits limits;
    private long packed;
    private long unpacked;

    UnpackBudget(SquashfsLimits limits) {
        this.limits = limits;
    }

    void spend(int packedBytes, int unpackedBytes) {
        packed += packedBytes;
        unpacked += Math.max(unpackedBytes, LEAST);
        if (unpacked > limits.unpackedMax()) {
            throw new SquashfsException("unpacks to more than %d bytes".formatted(limits.unpackedMax()));
        }
        if (unpacked > FREE && unpacked / limits.ratioMax() > packed) {
            throw new SquashfsException("unpacks to more than %d times its size".formatted(limits.ratioMax()));
        }
    }
}
