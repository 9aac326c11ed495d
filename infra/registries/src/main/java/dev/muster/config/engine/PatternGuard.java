package dev.muster.config.engine;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Compiles patterns that strangers wrote. RE2 matches in linear time, but {@code ((a{99}){99}){99}} still becomes a
 * program of a million steps, so the size of the unrolled pattern is bounded before it is compiled.
 */
final class PatternGuard {

    static final int LENGTH_MAX = 1024;
    static final int UNROLLED_MAX = 10_000;
    private static final int GROUPS_DEEP_MAX = 64;

    private PatternGuard() {}

    static Pattern compiled(String pattern, String pointer) {
        if (pattern.length() > LENGTH_MAX) {
            throw new SchemaFault(pointer, "a pattern has at most " + LENGTH_MAX + " characters");
        }
        if (unrolled(pattern, pointer) > UNROLLED_MAX) {
            throw new SchemaFault(pointer, "the pattern repeats too much");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new SchemaFault(pointer, "no RE2 pattern: " + e.getDescription());
        }
    }

    /**
     * An upper estimate of the program's size. Each character counts once; a counted repetition multiplies what it
     * follows, which is a group or at most one atom. Text that is no pattern may be estimated anyhow: compiling says so.
     */
    private static long unrolled(String pattern, String pointer) {
        long[] sizes = new long[GROUPS_DEEP_MAX + 1];
        int deep = 0;
        long atom = 1;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '\\' -> {
                    i = escapeEnd(pattern, i);
                    atom = add(sizes, deep, 4);
                }
                case '[' -> {
                    i = classEnd(pattern, i);
                    atom = add(sizes, deep, 2);
                }
                case '(' -> {
                    if (++deep > GROUPS_DEEP_MAX) {
                        throw new SchemaFault(pointer, "the pattern has more than " + GROUPS_DEEP_MAX + " levels");
                    }
                    sizes[deep] = 2;
                }
                case ')' -> {
                    if (deep > 0) {
                        atom = sizes[deep--];
                        add(sizes, deep, atom);
                    }
                }
                case '{' -> {
                    long times = times(pattern, i);
                    long more = Math.min(atom * Math.max(0, times - 1), Integer.MAX_VALUE);
                    atom = Math.min(atom + more, Integer.MAX_VALUE);
                    add(sizes, deep, more);
                    if (times > 1) {
                        i = pattern.indexOf('}', i);
                    }
                }
                case '*', '+', '?' -> add(sizes, deep, 1);
                default -> atom = add(sizes, deep, 1);
            }
            if (sizes[deep] > UNROLLED_MAX) {
                return sizes[deep];
            }
        }
        long all = 0;
        for (int i = 0; i <= deep; i++) {
            all += sizes[i];
        }
        return all;
    }

    private static long add(long[] sizes, int deep, long more) {
        sizes[deep] += more;
        return more;
    }

    /** The last character of {@code \d}, {@code \x{10FFFF}}, {@code \p{Greek}} or {@code \Q…\E}. */
    private static int escapeEnd(String pattern, int i) {
        if (i + 2 < pattern.length() && "pPx".indexOf(pattern.charAt(i + 1)) >= 0 && pattern.charAt(i + 2) == '{') {
            int end = pattern.indexOf('}', i);
            return end < 0 ? pattern.length() : end;
        }
        return i + 1;
    }

    private static int classEnd(String pattern, int i) {
        int at = i + 1;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        if (at < pattern.length() && pattern.charAt(at) == ']') {
            at++;
        }
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.charAt(at) == '\\') {
                at++;
            } else if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
                at = pattern.indexOf(":]", at) + 1;
            }
            at++;
        }
        return at;
    }

    /** The larger number of {@code {3}}, {@code {3,}} or {@code {3,9}}; 1 when it is no repetition. */
    private static long times(String pattern, int i) {
        long most = 0;
        long number = 0;
        for (int at = i + 1; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + (c - '0'), 1_000_000);
                most = Math.max(most, number);
            } else if (c == ',') {
                number = 0;
            } else {
                return c == '}' ? Math.max(1, most) : 1;
            }
        }
        return 1;
    }
}
