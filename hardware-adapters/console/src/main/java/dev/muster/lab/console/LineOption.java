package dev.muster.lab.console;

import dev.muster.lab.BoardOption;
import dev.muster.lab.LabRefusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A serial console as it is configured.
 *
 * @param baud bits a second
 * @param lock whether nobody else may have the device open
 */
record LineOption(Place place, int baud, LineFormat format, boolean lock) {

    /** Where the far end is. */
    sealed interface Place {
        record Device(String path) implements Place {}

        record RawTcp(String host, int port) implements Place {}

        record Rfc2217(String host, int port) implements Place {}
    }

    static final int BAUD_MIN = 50;
    static final int BAUD_MAX = 4_000_000;

    private static final String RFC2217 = "rfc2217://";
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})/?");

    /** Reads a board's option; fails with {@link LabRefusal#CONSOLE_FAULT} naming the member that is wrong. */
    static LineOption of(BoardOption option) {
        String lock = option.text("lock");
        String format = option.text("format");
        return new LineOption(
                place(option.text("val")),
                baud(option.text("baud")),
                LineFormat.of(format == null ? "8N1" : format),
                lock == null || !lock.equals("false"));
    }

    LineOption at(int otherBaud) {
        return new LineOption(place, otherBaud, format, lock);
    }

    static boolean isBaud(int rate) {
        return rate >= BAUD_MIN && rate <= BAUD_MAX;
    }

    private static Place place(@Nullable String val) {
        if (val == null) {
            throw LabRefusal.CONSOLE_FAULT.about("val", "The console's option does not say where the line is.");
        }
        if (val.startsWith("/")) {
            return new Place.Device(val);
        }
        boolean telnet = val.startsWith(RFC2217);
        Matcher address = ADDRESS.matcher(telnet ? val.substring(RFC2217.length()) : val);
        if (address.matches()) {
            String host = address.group(1) != null ? address.group(1) : address.group(2);
            int port = Integer.parseInt(address.group(3));
            if (host != null && port > 0 && port < 65_536) {
                return telnet ? new Place.Rfc2217(host, port) : new Place.RawTcp(host, port);
            }
        }
        throw LabRefusal.CONSOLE_FAULT.about(
                "val", "The console's option names no device path, host:port or rfc2217://host:port.");
    }

    private static int baud(@Nullable String text) {
        if (text == null) {
            return 115_200;
        }
        try {
            int rate = Integer.parseInt(text);
            if (isBaud(rate)) {
                return rate;
            }
        } catch (NumberFormatException e) {
            // Said below, with the same words as for a number out of range.
        }
        throw LabRefusal.CONSOLE_FAULT.about(
                "baud", "A serial line's rate is between " + BAUD_MIN + " and " + BAUD_MAX + " baud.");
    }
}
