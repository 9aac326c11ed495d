package dev.muster.observe.documents;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Places in a text where something about a device is put in: a name between two pairs of percent signs, with blanks
 * around it or not. There is no engine behind it and there is one name, so text from outside has nothing to run.
 */
final class Placeholders {

    private static final String MARK = "%%";
    private static final String DEVICE = "juju_device_uuid";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Placeholders() {}

    /** What is wrong with the placeholders of a text, or null. */
    static @Nullable String problem(String text) {
        int at = text.indexOf(MARK);
        while (at >= 0) {
            int end = text.indexOf(MARK, at + 2);
            if (end < 0) {
                return "'%%' without another one; a placeholder is %%" + DEVICE + "%%";
            }
            String name = text.substring(at + 2, end).strip();
            if (!name.equals(DEVICE)) {
                return "there is nothing to put in for '%%" + shortened(name) + "%%', only for %%" + DEVICE + "%%";
            }
            at = text.indexOf(MARK, end + 2);
        }
        return null;
    }

    /** Whether a text without problems has a placeholder. */
    static boolean any(String text) {
        return text.contains(MARK);
    }

    /** The text for a device; as it is when a placeholder has no end or holds no name. Other names become nothing. */
    static String filled(String text, String device) {
        StringBuilder filled = new StringBuilder(text.length() + 64);
        int from = 0;
        for (int at = text.indexOf(MARK); at >= 0; at = text.indexOf(MARK, from)) {
            int end = text.indexOf(MARK, at + 2);
            if (end < 0) {
                return text;
            }
            String name = text.substring(at + 2, end).strip();
            if (!NAME.matcher(name).matches()) {
                return text;
            }
            filled.append(text, from, at).append(name.equals(DEVICE) ? device : "");
            from = end + 2;
        }
        return filled.append(text, from, text.length()).toString();
    }

    /** The beginning of a name that may have any length, to be shown. */
    static String shortened(String name) {
        return name.length() <= 80 ? name : name.substring(0, name.offsetByCodePoints(0, 40)) + "…";
    }
}
