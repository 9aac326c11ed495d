package dev.muster.lab.console;

import dev.muster.lab.LabRefusal;
import java.util.Locale;
import java.util.regex.Pattern;

/** How a character looks on the wire, {@code 8N1}: bits, parity, stop bits. */
record LineFormat(int dataBits, Parity parity, int stopBits) {

    enum Parity {
        NONE,
        ODD,
        EVEN,
        MARK,
        SPACE
    }

    private static final Pattern FORMAT = Pattern.compile("[5-8][NOEMS][12]");

    static LineFormat of(String text) {
        String format = text.toUpperCase(Locale.ROOT);
        if (!FORMAT.matcher(format).matches()) {
            throw LabRefusal.CONSOLE_FAULT.about("format", "This is no format of a serial line, like 8N1.");
        }
        return new LineFormat(
                Character.digit(format.charAt(0), 10),
                switch (format.charAt(1)) {
                    case 'O' -> Parity.ODD;
                    case 'E' -> Parity.EVEN;
                    case 'M' -> Parity.MARK;
                    case 'S' -> Parity.SPACE;
                    default -> Parity.NONE;
                },
                Character.digit(format.charAt(2), 10));
    }
}
