package dev.muster.registry.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A text pattern where {@code *} stands for anything. Matched part by part from the left without going back, so a
 * hundred stars cost no more than one.
 */
public final class Wildcard implements Predicate<String> {

    private final boolean anyCase;
    private final List<String> parts = new ArrayList<>();

    /** @param anyCase whether upper and lower case are the same */
    public Wildcard(String pattern, boolean anyCase) {
        this.anyCase = anyCase;
        int from = 0;
        for (int star = pattern.indexOf('*'); star >= 0; star = pattern.indexOf('*', from)) {
            parts.add(pattern.substring(from, star));
            from = star + 1;
        }
        parts.add(pattern.substring(from));
    }

    /** Whether there is a star in it. */
    public static boolean in(String pattern) {
        return pattern.indexOf('*') >= 0;
    }

    /** What every match starts with. */
    public String prefix() {
        return parts.getFirst();
    }

    @Override
    public boolean test(String text) {
        String first = parts.getFirst();
        String last = parts.getLast();
        if (parts.size() == 1) {
            return text.length() == first.length() && at(text, 0, first);
        }
        int end = text.length() - last.length();
        if (end < first.length() || !at(text, 0, first) || !at(text, end, last)) {
            return false;
        }
        int from = first.length();
        for (int i = 1; i < parts.size() - 1; i++) {
            int found = find(text, from, end, parts.get(i));
            if (found < 0) {
                return false;
            }
            from = found + parts.get(i).length();
        }
        return true;
    }

    private int find(String text, int from, int end, String part) {
        return find(text, from, end, part, anyCase);
    }

    /**
     * The first place of {@code part} in {@code text} from {@code from} that ends by {@code end}, or -1. Most texts do
     * not hold it, so its first character is looked for before anything is compared.
     */
    public static int find(String text, int from, int end, String part, boolean anyCase) {
        if (part.isEmpty()) {
            return from;
        }
        char first = part.charAt(0);
        char lower = anyCase ? Character.toLowerCase(first) : first;
        char upper = anyCase ? Character.toUpperCase(first) : first;
        int last = end - part.length();
        for (int i = from; i <= last; i++) {
            if (lower == upper) {
                i = text.indexOf(lower, i);
                if (i < 0 || i > last) {
                    return -1;
                }
            } else if (text.charAt(i) != lower && text.charAt(i) != upper) {
                continue;
            }
            if (text.regionMatches(anyCase, i, part, 0, part.length())) {
                return i;
            }
        }
        return -1;
    }

    private boolean at(String text, int offset, String part) {
        return text.regionMatches(anyCase, offset, part, 0, part.length());
    }
}
