package dev.muster.lab.boards.ucl;

/**
 * What a document may have at most.
 *
 * @param textBytesMax bytes of one text in UTF-8
 * @param totalBytesMax bytes of a text and all that it includes
 * @param nestingMax lists and objects within each other
 * @param includeDepthMax files that include each other
 * @param includesMax files included in all
 * @param nodesMax values in all
 * @param expandedMax characters that variables may bring in all
 */
public record UclLimits(
        int textBytesMax,
        int totalBytesMax,
        int nestingMax,
        int includeDepthMax,
        int includesMax,
        int nodesMax,
        int expandedMax) {

    /** What contract §7.2 and the house's rules for hostile input say. */
    public static final UclLimits STANDARD = new UclLimits(1 << 20, 4 << 20, 64, 16, 256, 100_000, 1 << 20);
}
