package dev.muster.staging;

/**
 * A part of all members that is reached together.
 *
 * @param name for people
 * @param percent share of all members, above 0 up to 100; the last group takes what is left
 * @param successPercent share of the group that must succeed before the next group starts, 0 to 100
 * @param errorPercent it all pauses when more than this share of the group failed, 0 to 100
 */
public record Group(String name, double percent, double successPercent, double errorPercent) {

    /** Groups of one plan. */
    public static final int COUNT_MAX = 500;

    /** Members that one event names. */
    public static final int CHUNK_MAX = 1000;
}
