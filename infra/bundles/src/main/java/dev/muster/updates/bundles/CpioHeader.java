package dev.muster.updates.bundles;

import dev.muster.kernel.Refused;
import java.nio.charset.StandardCharsets;

/**
 * The fixed part in front of every file: six characters of magic and thirteen numbers of eight hexadecimal digits
 * (cpio(5), "New ASCII Format"; 070702 is the same with a sum).
 */
record CpioHeader(boolean summed, long mode, long size, long nameSize, long sum) {

    static final int SIZE = 110;

    private static final int MAGIC_SIZE = 6;
    private static final int FIELD_SIZE = 8;
    private static final int MODE = 1;
    private static final int FILE_SIZE = 6;
    private static final int NAME_SIZE = 11;
    private static final int SUM = 12;
    private static final int FIELDS = 13;

    private static final long TYPE_MASK = 0170000;
    private static final long REGULAR = 0100000;

    /**
     * @param bytes exactly {@link #SIZE} of them
     * @param offset where they stand in the archive, for messages
     */
    static CpioHeader read(byte[] bytes, long offset) {
        String magic = new String(bytes, 0, MAGIC_SIZE, StandardCharsets.ISO_8859_1);
        boolean summed =
                switch (magic) {
                    case "070701" -> false;
                    case "070702" -> true;
                    case "070707" -> throw broken(offset, "is of the old cpio format; write it with 'cpio -H crc'");
                    default -> throw broken(offset, "does not start with 070701 or 070702");
                };
        long[] fields = new long[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = field(bytes, MAGIC_SIZE + i * FIELD_SIZE, offset);
        }
        return new CpioHeader(summed, fields[MODE], fields[FILE_SIZE], fields[NAME_SIZE], fields[SUM]);
    }

    /** Plain files, also those whose writer left the type out. */
    boolean isPlainFile() {
        return (mode & TYPE_MASK) == REGULAR || (mode & TYPE_MASK) == 0;
    }

    private static long field(byte[] bytes, int from, long offset) {
        long value = 0;
        for (int i = from; i < from + FIELD_SIZE; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                throw broken(offset, "has something other than a hexadecimal digit at byte " + (offset + i));
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private static Refused broken(long offset, String problem) {
        return Bundles.broken("The header at byte %d of the archive %s.".formatted(offset, problem));
    }
}
