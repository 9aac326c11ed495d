package dev.muster.config.engine;

import com.google.re2j.Pattern;
import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.SubKeys;
import dev.muster.config.engine.Type.AnyType;
import dev.muster.config.engine.Type.BoolType;
import dev.muster.config.engine.Type.ClosedMap;
import dev.muster.config.engine.Type.ListType;
import dev.muster.config.engine.Type.NumberType;
import dev.muster.config.engine.Type.OneOf;
import dev.muster.config.engine.Type.OpenMap;
import dev.muster.config.engine.Type.TextType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a databag fits its storage schema. Messages never repeat a value: it may be a secret. */
final class Validation {

    /** Comparisons of a value with a type; nested alternatives could otherwise keep a core busy for minutes. */
    static final int STEPS_MAX = 2_000_000;

    /**
     * Steps of patterns over texts: matching takes as many as the text has characters and the pattern's program
     * instructions, which of a MiB and a large one are minutes.
     */
    static final long PATTERN_STEPS_MAX = 250_000_000;

    private final boolean partial;
    private int steps;
    private long patternSteps;

    private Validation(boolean partial) {
        this.partial = partial;
    }

    /** @param at dotted path of what does not fit */
    private record Misfit(String at, String reason) {}

    static void check(Json.Members databag, ClosedMap storage, boolean partial) {
        Misfit misfit = new Validation(partial).map(databag, storage, "");
        if (misfit != null) {
            String at = misfit.at();
            throw ConfigRefusal.VALUE_INVALID.because(
                    "'" + at + "': " + misfit.reason() + ".", Map.of("at", at, "reason", misfit.reason()));
        }
    }

    private @Nullable Misfit misfit(Json value, Type type, String at) {
        if (++steps > STEPS_MAX) {
            return new Misfit(at, "comparing it with the schema takes too long");
        }
        return switch (type) {
            case OneOf of -> alternatives(value, of, at);
            case ClosedMap map -> map(value, map, at);
            case OpenMap map -> map(value, map, at);
            case ListType list -> list(value, list, at);
            case TextType text -> text(value, text, at);
            case NumberType number -> number(value, number, at);
            case BoolType ignored -> value instanceof Json.Bool ? null : unlike(value, "a boolean", at);
            case AnyType ignored -> value instanceof Json.Null ? unlike(value, "a value", at) : null;
        };
    }

    private @Nullable Misfit alternatives(Json value, OneOf of, String at) {
        StringJoiner reasons = new StringJoiner("; or ");
        for (Type type : of.types()) {
            Misfit misfit = misfit(value, type, at);
            if (misfit == null) {
                return null;
            }
            reasons.add(misfit.reason());
        }
        return new Misfit(at, reasons.length() > 1000 ? "no alternative fits" : reasons.toString());
    }

    private @Nullable Misfit map(Json value, ClosedMap type, String at) {
        if (!(value instanceof Json.Members map)) {
            return unlike(value, "an object", at);
        }
        for (String name : map.values().keySet()) {
            if (!type.members().containsKey(name)) {
                return new Misfit(at, "the member '" + name + "' is not in the schema");
            }
        }
        boolean complete = partial
                || type.required().isEmpty()
                || type.required().stream().anyMatch(map.values().keySet()::containsAll);
        if (!complete) {
            return new Misfit(at, "required members are missing: " + type.required());
        }
        for (Map.Entry<String, Json> member : map.values().entrySet()) {
            Type memberType = type.members().get(member.getKey());
            Misfit misfit =
                    memberType == null ? null : misfit(member.getValue(), memberType, below(at, member.getKey()));
            if (misfit != null) {
                return misfit;
            }
        }
        return null;
    }

    private @Nullable Misfit map(Json value, OpenMap type, String at) {
        if (!(value instanceof Json.Members map)) {
            return unlike(value, "an object", at);
        }
        for (Map.Entry<String, Json> member : map.values().entrySet()) {
            String name = member.getKey();
            if (!SubKeys.fits(name)) {
                return new Misfit(at, "'" + name + "' is no name of a member");
            }
            TextType keys = type.keys();
            Misfit misfit = keys == null ? null : text(new Json.Text(name), keys, below(at, name));
            if (misfit == null) {
                misfit = misfit(member.getValue(), type.values(), below(at, name));
            }
            if (misfit != null) {
                return misfit;
            }
        }
        return null;
    }

    private @Nullable Misfit list(Json value, ListType type, String at) {
        if (!(value instanceof Json.Items list)) {
            return unlike(value, "a list", at);
        }
        for (int i = 0; i < list.values().size(); i++) {
            Misfit misfit = misfit(list.values().get(i), type.values(), at + "[" + i + "]");
            if (misfit != null) {
                return misfit;
            }
        }
        if (type.unique() && !allDiffer(list.values())) {
            return new Misfit(at, "its elements are not all different");
        }
        return null;
    }

    /** By their texts, in order: what strangers hash can be made to collide. */
    private static boolean allDiffer(List<Json> values) {
        Set<String> texts = new TreeSet<>();
        return values.stream().allMatch(value -> texts.add(value.toString()));
    }

    private @Nullable Misfit text(Json value, TextType type, String at) {
        if (!(value instanceof Json.Text text)) {
            return unlike(value, "a string", at);
        }
        if (type.choices() != null && !type.choices().contains(text.value())) {
            return new Misfit(at, "it is none of the choices");
        }
        Pattern pattern = type.pattern();
        return pattern == null ? null : matched(text.value(), pattern, at);
    }

    private @Nullable Misfit matched(String text, Pattern pattern, String at) {
        patternSteps += (long) pattern.programSize() * (text.length() + 1);
        if (patternSteps > PATTERN_STEPS_MAX) {
            return new Misfit(at, "comparing it with its pattern takes too long");
        }
        return pattern.matcher(text).find() ? null : new Misfit(at, "it does not match " + pattern);
    }

    private static @Nullable Misfit number(Json value, NumberType type, String at) {
        if (!(value instanceof Json.Num number)) {
            return unlike(value, type.whole() ? "a whole number" : "a number", at);
        }
        if (type.whole() && number.asLong() == null) {
            return new Misfit(at, "it is no whole number of 64 bits");
        }
        if (type.choices() != null && !type.choices().contains(number)) {
            return new Misfit(at, "it is none of the choices");
        }
        if (type.min() != null && number.value().compareTo(type.min()) < 0) {
            return new Misfit(at, "it is below " + type.min().toPlainString());
        }
        if (type.max() != null && number.value().compareTo(type.max()) > 0) {
            return new Misfit(at, "it is above " + type.max().toPlainString());
        }
        return null;
    }

    private static Misfit unlike(Json value, String wanted, String at) {
        return new Misfit(at, "it is " + value.sort() + " and should be " + wanted);
    }

    private static String below(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }
}
