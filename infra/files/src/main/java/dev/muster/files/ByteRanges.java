package dev.muster.files;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a file that a {@code Range} header asks for, in file order. Stricter than RFC 9110 where devices and
 * their tests know hawkBit's answers: what does not parse or overlaps is 416, not the whole file (contract §12).
 */
public final class ByteRanges {

    private static final String UNIT = "bytes=";

    private ByteRanges() {}

    /** Both ends are included. */
    public record Piece(long first, long last) {

        public long length() {
            return last - first + 1;
        }

        public String contentRange(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }

    /** @return null when the header cannot be satisfied (416) */
    public static @Nullable List<Piece> parse(String header, long size, int rangesMax) {
        if (!header.startsWith(UNIT)) {
            return null;
        }
        List<Piece> pieces = new ArrayList<>();
        for (int from = UNIT.length(); from <= header.length(); ) {
            int comma = header.indexOf(',', from);
            int end = comma < 0 ? header.length() : comma;
            Piece piece = piece(header, from, end, size);
            if (piece == null || pieces.size() == rangesMax) {
                return null;
            }
            pieces.add(piece);
            from = end + 1;
        }
        pieces.sort(Comparator.comparingLong(Piece::first));
        for (int i = 1; i < pieces.size(); i++) {
            if (pieces.get(i).first() <= pieces.get(i - 1).last()) {
                return null;
            }
        }
        return pieces;
    }

    private static @Nullable Piece piece(String header, int from, int end, long size) {
        int dash = header.indexOf('-', from);
        if (dash < 0 || dash >= end) {
            return null;
        }
        long first = number(header, from, dash);
        long last = number(header, dash + 1, end);
        boolean suffix = dash == from;
        boolean open = dash + 1 == end;
        if ((suffix && open) || (first < 0 && !suffix) || (last < 0 && !open)) {
            return null;
        }
        if (suffix) {
            return last == 0 || size == 0 ? null : new Piece(Math.max(0, size - last), size - 1);
        }
        long stop = open ? size - 1 : Math.min(last, size - 1);
        return first >= size || (!open && last < first) ? null : new Piece(first, stop);
    }

    /** Digits only; -1 for anything else. Beyond 18 digits every file has ended. */
    private static long number(String text, int from, int end) {
        if (from == end || end - from > 30) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value > 100_000_000_000_000_000L ? Long.MAX_VALUE : value * 10 + digit;
        }
        return value;
    }
}
