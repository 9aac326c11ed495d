package dev.muster.lab.power;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snmp4j.smi.OID;

/**
 * An object identifier with gaps: {@code 1.3.6.{group=1}.{port}}. A gap is filled from the parameter of that name, or
 * with the number behind the equals sign if there is none.
 */
final class OidPattern {

    private static final Pattern PART = Pattern.compile("(\\d{1,10})|\\{([a-z]+)(?:=(\\d+))?}");
    private static final int PARTS_MAX = 128;
    private static final long PART_MAX = 0xFFFF_FFFFL;

    private final List<String> parts;

    /** @throws IllegalArgumentException if it is none */
    OidPattern(String text) {
        this.parts = List.of((text.startsWith(".") ? text.substring(1) : text).split("\\.", -1));
        if (parts.size() < 2 || parts.size() > PARTS_MAX) {
            throw new IllegalArgumentException("no object identifier: " + text);
        }
        for (String part : parts) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches() || (matcher.group(1) != null && Long.parseLong(part) > PART_MAX)) {
                throw new IllegalArgumentException("no object identifier: " + text);
            }
        }
    }

    OID filled(Parameters given) {
        List<String> numbers = new ArrayList<>();
        for (String part : parts) {
            Matcher matcher = PART.matcher(part);
            if (!matcher.matches() || matcher.group(1) != null) {
                numbers.add(part);
            } else if (matcher.group(3) == null) {
                numbers.add(String.valueOf(given.number(matcher.group(2), 0, Integer.MAX_VALUE)));
            } else {
                numbers.add(String.valueOf(
                        given.number(matcher.group(2), Integer.parseInt(matcher.group(3)), 0, Integer.MAX_VALUE)));
            }
        }
        return new OID(String.join(".", numbers));
    }
}
