package dev.muster.updates.bundles;

/**
 * The header of one file in a cpio archive.
 *
 * @param name checked: relative, UTF-8, no {@code ..}, no control characters
 * @param size bytes of content
 * @param sum what the bytes of the content must add up to modulo 2³², or -1 when the archive has no sums
 * @param offset where in the archive the header starts
 * @param number counts from 1
 */
record CpioEntry(String name, long size, long sum, long offset, int number) {}
