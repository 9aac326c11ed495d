package dev.muster.lab.power;

import dev.muster.kernel.Refused;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabRefusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an option for power says, together with what is configured for the switch that its {@code host} names. Values
 * may be secrets, so no refusal repeats one.
 */
final class Parameters {

    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(ms|s|min|h)?");

    private final String board;
    private final String cls;
    private final Map<String, Object> values;

    private Parameters(String board, String cls, Map<String, Object> values) {
        this.board = board;
        this.cls = cls;
        this.values = Map.copyOf(values);
    }

    /** The option goes before the switch; only the address of a named switch is the switch's own. */
    static Parameters of(BoardDefinition board, BoardOption option, LabConfiguration configuration) {
        Map<String, Object> merged = new HashMap<>();
        String host = option.text("host");
        Map<String, Object> named =
                host == null ? null : configuration.switches().get(host);
        if (named != null) {
            merged.putAll(named);
        }
        merged.putAll(option.parameters());
        return new Parameters(board.name().value(), option.cls(), merged);
    }

    String board() {
        return board;
    }

    String cls() {
        return cls;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    @Nullable
    String text(String name) {
        Object value = values.get(name);
        return value == null ? null : value.toString();
    }

    String text(String name, String orElse) {
        String value = text(name);
        return value == null ? orElse : value;
    }

    String required(String name) {
        String value = text(name);
        if (value == null || value.isEmpty()) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    int number(String name, int orElse, int min, int max) {
        Object value = values.get(name);
        return value == null ? orElse : number(name, value, min, max);
    }

    int number(String name, int min, int max) {
        return number(name, (Object) required(name), min, max);
    }

    private int number(String name, Object value, int min, int max) {
        long number;
        try {
            number = value instanceof Long || value instanceof Integer
                    ? ((Number) value).longValue()
                    : Long.parseLong(value.toString().strip());
        } catch (NumberFormatException e) {
            throw wrong(name, "must be a whole number");
        }
        if (number < min || number > max) {
            throw wrong(name, "must be between " + min + " and " + max);
        }
        return (int) number;
    }

    /** The whole numbers of a list, or of a single value; null when there is none. */
    @Nullable
    Set<Integer> numbers(String name) {
        Object value = values.get(name);
        if (value == null) {
            return null;
        }
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Object each : value instanceof List<?> list ? list : List.of(value)) {
            numbers.add(number(name, each, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        return numbers;
    }

    /** The texts of a list, or a single text; empty when there is none. */
    List<String> texts(String name) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(value.toString());
    }

    boolean truth(String name, boolean orElse) {
        Object value = values.get(name);
        return switch (value == null ? "" : value.toString().toLowerCase(Locale.ROOT)) {
            case "" -> orElse;
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw wrong(name, "must be true or false");
        };
    }

    /** Numbers are seconds; texts may have a unit. */
    Duration duration(String name, Duration orElse, Duration max) {
        Object value = values.get(name);
        if (value == null) {
            return orElse;
        }
        Matcher matcher = DURATION.matcher(value.toString().strip());
        if (!matcher.matches()) {
            throw wrong(name, "must be a time, like 2s");
        }
        double factor =
                switch (String.valueOf(matcher.group(2))) {
                    case "ms" -> 1;
                    case "min" -> 60_000;
                    case "h" -> 3_600_000;
                    default -> 1000;
                };
        Duration duration = Duration.ofMillis(Math.round(Double.parseDouble(matcher.group(1)) * factor));
        if (duration.compareTo(max) > 0) {
            throw wrong(name, "must be at most " + max.toSeconds() + " s");
        }
        return duration;
    }

    Refused wrong(String name, String sentence) {
        return LabRefusal.POWER_FAULT.about(
                name, "The option " + cls + " of board " + board + ": '" + name + "' " + sentence + ".");
    }
}
