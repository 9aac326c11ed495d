package dev.muster.config;

/** The one form of names in registries: {@code [a-z](?:-?[a-z0-9])*}. */
public final class SubKeys {

    public static final int LENGTH_MAX = 256;

    private SubKeys() {}

    public static boolean fits(String name) {
        if (name.isEmpty() || name.length() > LENGTH_MAX || !isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean dash = c == '-' && name.charAt(i - 1) != '-' && i + 1 < name.length();
            if (!dash && !isLetter(c) && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
