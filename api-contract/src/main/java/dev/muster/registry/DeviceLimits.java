package dev.muster.registry;

/** How much the registry keeps of a device, for those who tell it something: what is longer is refused. */
public final class DeviceLimits {

    /** Characters. */
    public static final int NAME_LENGTH_MAX = 128;
    /** Characters of a group's name. */
    public static final int GROUP_LENGTH_MAX = 256;

    public static final int ATTRIBUTES_MAX = 100;
    /** Code points of an attribute's key, and of its value. */
    public static final int ATTRIBUTE_LENGTH_MAX = 128;

    private DeviceLimits() {}

    /** Whether it can be an attribute's value, and where it is not empty its key: any printable text that is not too long. */
    public static boolean isAttribute(String text) {
        return text.codePointCount(0, text.length()) <= ATTRIBUTE_LENGTH_MAX && isPrintable(text);
    }

    /** Whether it has no control characters beside those of white space. */
    public static boolean isPrintable(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r');
    }
}
