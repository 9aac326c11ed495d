package dev.muster.observe.documents.json;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Where the members of one object stand in the text that is being written, so that a name given again takes the place
 * of the earlier one. Names are compared where they stand; a map of strings would be larger than the text itself.
 *
 * <p>Names are hashed by a polynomial with a random base modulo the prime 2^61 - 1, so nobody can prepare names that
 * all fall into one slot.
 */
final class Members {

    private static final int SEARCHED_ONE_BY_ONE_MAX = 8;
    private static final int KEPT_MAX = 1024;
    private static final long PRIME = (1L << 61) - 1;
    private static final long BASE = ThreadLocalRandom.current().nextLong(1L << 32, PRIME);

    private int count;
    private boolean repeated;
    private int[] starts = new int[SEARCHED_ONE_BY_ONE_MAX];
    private int[] nameEnds = new int[SEARCHED_ONE_BY_ONE_MAX];
    private int[] ends = new int[SEARCHED_ONE_BY_ONE_MAX];
    private int[] hashes = new int[SEARCHED_ONE_BY_ONE_MAX];
    /** Index of a member plus one, found from its hash; null while there are few. */
    private int @Nullable [] slots;

    /** Forgets the members of the object before. */
    void clear() {
        count = 0;
        repeated = false;
        slots = null;
        if (starts.length > KEPT_MAX) {
            resize(SEARCHED_ONE_BY_ONE_MAX);
        }
    }

    /** Notes a member of {@code out}: its name as written, quotes included, and the end of its value. */
    void add(CharSequence out, int start, int nameEnd, int end) {
        int hash = hash(out, start, nameEnd);
        int index = find(out, start, nameEnd, hash);
        repeated |= index < count;
        if (index == count) {
            if (count == starts.length) {
                resize(count * 2);
            }
            hashes[count++] = hash;
            if (count > SEARCHED_ONE_BY_ONE_MAX) {
                fileAway();
            }
        }
        starts[index] = start;
        nameEnds[index] = nameEnd;
        ends[index] = end;
    }

    /** Whether a name was given twice. */
    boolean repeated() {
        return repeated;
    }

    /** The object without what was overruled. */
    StringBuilder rewritten(CharSequence out) {
        StringBuilder object = new StringBuilder().append('{');
        for (int i = 0; i < count; i++) {
            object.append(i == 0 ? "" : ",").append(out, starts[i], ends[i]);
        }
        return object.append('}');
    }

    private int find(CharSequence out, int start, int nameEnd, int hash) {
        int[] table = slots;
        if (table == null) {
            int index = 0;
            while (index < count && !isNamed(out, index, start, nameEnd, hash)) {
                index++;
            }
            return index;
        }
        for (int slot = hash & (table.length - 1); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            if (isNamed(out, table[slot] - 1, start, nameEnd, hash)) {
                return table[slot] - 1;
            }
        }
        return count;
    }

    private boolean isNamed(CharSequence out, int index, int start, int nameEnd, int hash) {
        int length = nameEnd - start;
        if (hashes[index] != hash || nameEnds[index] - starts[index] != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (out.charAt(starts[index] + i) != out.charAt(start + i)) {
                return false;
            }
        }
        return true;
    }

    /** Puts the newest member into its slot; all of them when the table is made or grows. */
    private void fileAway() {
        int[] table = slots;
        int first = count - 1;
        if (table == null || count * 2 > table.length) {
            table = new int[Integer.highestOneBit(count) * 4];
            slots = table;
            first = 0;
        }
        for (int i = first; i < count; i++) {
            int slot = hashes[i] & (table.length - 1);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = i + 1;
        }
    }

    private void resize(int length) {
        starts = Arrays.copyOf(starts, length);
        nameEnds = Arrays.copyOf(nameEnds, length);
        ends = Arrays.copyOf(ends, length);
        hashes = Arrays.copyOf(hashes, length);
    }

    private static int hash(CharSequence out, int start, int end) {
        long hash = 0;
        for (int i = start; i < end; i++) {
            long high = Math.multiplyHigh(hash, BASE);
            long low = hash * BASE;
            hash = (low & PRIME) + (high << 3 | low >>> 61) + out.charAt(i) + 1;
            hash = (hash & PRIME) + (hash >>> 61);
        }
        return (int) (hash ^ hash >>> 29);
    }
}
