package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import java.security.SecureRandom;

/**
 * Who is a member, in 8 to 32 bytes for each: of an id only 64 bits are kept, in a table of open addresses. Two ids with
 * the same bits would be one; among a million members that is one chance in thirty million that anybody is taken for a
 * member who is none. The bits depend on a secret of the process, so ids cannot be made to meet.
 */
final class MemberSet {

    private static final long SECRET = new SecureRandom().nextLong();
    private static final int SIZE_MIN = 64;

    /** 0 is an empty place. */
    private long[] table = new long[SIZE_MIN];

    private int size;

    synchronized void add(DeviceId id) {
        if (2 * (size + 1) > table.length) {
            grow();
        }
        if (put(table, bits(id))) {
            size++;
        }
    }

    synchronized boolean contains(DeviceId id) {
        long bits = bits(id);
        int mask = table.length - 1;
        for (int at = (int) bits & mask; table[at] != 0; at = (at + 1) & mask) {
            if (table[at] == bits) {
                return true;
            }
        }
        return false;
    }

    synchronized int size() {
        return size;
    }

    private void grow() {
        long[] larger = new long[2 * table.length];
        for (long each : table) {
            if (each != 0) {
                put(larger, each);
            }
        }
        table = larger;
    }

    private static boolean put(long[] table, long bits) {
        int mask = table.length - 1;
        int at = (int) bits & mask;
        while (table[at] != 0) {
            if (table[at] == bits) {
                return false;
            }
            at = (at + 1) & mask;
        }
        table[at] = bits;
        return true;
    }

    /** FNV-1a over the id's characters from a secret start, then the finish of splitmix64, so that all bits count. */
    private static long bits(DeviceId id) {
        String text = id.value();
        long hash = SECRET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        hash ^= hash >>> 31;
        return hash == 0 ? 1 : hash;
    }
}
