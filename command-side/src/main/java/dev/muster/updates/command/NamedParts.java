package dev.muster.updates.command;

import java.util.Arrays;

/**
 * Where a group's members are named: for each part the event in the rollout's history, and how many members the group
 * has up to it. Nothing that was added changes; what follows from a list may share its arrays with it, so adding
 * a hundred thousand parts copies little. Only the newest list may be added to.
 */
final class NamedParts {

    static final NamedParts NONE = new NamedParts(new long[0], new int[0], 0);

    private final long[] sequences;
    private final int[] ends;
    private final int count;

    private NamedParts(long[] sequences, int[] ends, int count) {
        this.sequences = sequences;
        this.ends = ends;
        this.count = count;
    }

    /** One part more. */
    NamedParts with(long sequence, int members) {
        int room = count < sequences.length ? sequences.length : Math.max(4, 2 * count);
        long[] moreSequences = room == sequences.length ? sequences : Arrays.copyOf(sequences, room);
        int[] moreEnds = room == ends.length ? ends : Arrays.copyOf(ends, room);
        moreSequences[count] = sequence;
        moreEnds[count] = members() + members;
        return new NamedParts(moreSequences, moreEnds, count + 1);
    }

    /** How many parts there are. */
    int count() {
        return count;
    }

    /** How many members all parts have. */
    int members() {
        return count == 0 ? 0 : ends[count - 1];
    }

    long sequence(int part) {
        return sequences[part];
    }

    /** How many members come before the part. */
    int start(int part) {
        return part == 0 ? 0 : ends[part - 1];
    }

    int end(int part) {
        return ends[part];
    }

    /** The part that names the member of this number, counted from 0; {@link #count} when there is none. */
    int holding(int member) {
        int found = Arrays.binarySearch(ends, 0, count, member + 1);
        return found >= 0 ? found : -found - 1;
    }
}
