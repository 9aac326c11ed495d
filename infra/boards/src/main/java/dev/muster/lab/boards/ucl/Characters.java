package dev.muster.lab.boards.ucl;

/** What characters are. */
final class Characters {

    /** What ends a word that is a key. */
    private static final String KEY_ENDS = "=:{}[];,\"'# \t\n";

    private Characters() {}

    static String tooLong(int bytesMax) {
        return "The text is longer than " + bytesMax + " bytes.";
    }

    /** The length of a text in bytes; throws {@link UclFault} if it is too long or no text. */
    static int checked(Cursor cursor, int bytesMax) {
        String text = cursor.text();
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw cursor.fault(i, "The text holds a NUL.");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                bytes += 4;
            } else if (Character.isSurrogate(c)) {
                throw cursor.fault(i, "The text holds half of a character.");
            } else {
                bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
            }
            if (bytes > bytesMax) {
                throw cursor.fault(0, tooLong(bytesMax));
            }
        }
        return bytes;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean beginsKey(char c) {
        return isLetter(c) || isDigit(c) || c == '_' || c == '/' || c >= 0x80;
    }

    static boolean endsKey(char c) {
        return KEY_ENDS.indexOf(c) >= 0;
    }

    static boolean isNameOfVariable(char c) {
        return isLetter(c) || isDigit(c) || c == '_';
    }
}
