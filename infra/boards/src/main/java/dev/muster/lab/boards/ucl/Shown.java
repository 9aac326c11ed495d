package dev.muster.lab.boards.ucl;

/** How a message shows what a text says. */
public final class Shown {

    private static final int LENGTH_MAX = 64;

    private Shown() {}

    /** The text without control characters, and not all of it if it is long. */
    public static String of(String text) {
        int end = text.length();
        if (end > LENGTH_MAX) {
            end = Character.isHighSurrogate(text.charAt(LENGTH_MAX - 1)) ? LENGTH_MAX - 1 : LENGTH_MAX;
        }
        StringBuilder shown = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return end == text.length() ? shown.toString() : shown.append('…').toString();
    }
}
