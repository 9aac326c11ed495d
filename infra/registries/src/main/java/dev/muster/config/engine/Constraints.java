package dev.muster.config.engine;

import com.google.re2j.Pattern;
import dev.muster.config.Json;
import dev.muster.config.engine.Type.Flags;
import dev.muster.config.engine.Type.NumberType;
import dev.muster.config.engine.Type.TextType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what narrows a type: patterns, choices, bounds, required members. */
final class Constraints {

    static final int CHOICES_MAX = 10_000;

    private Constraints() {}

    static TextType text(Json.Members definition, String pointer) {
        Json pattern = definition.get("pattern");
        Json choices = definition.get("choices");
        if (pattern != null && choices != null) {
            throw new SchemaFault(pointer, "a string has either a pattern or choices");
        }
        if (pattern != null && !(pattern instanceof Json.Text)) {
            throw new SchemaFault(pointer + "/pattern", "a pattern is a string");
        }
        Pattern compiled =
                pattern instanceof Json.Text text ? PatternGuard.compiled(text.value(), pointer + "/pattern") : null;
        return new TextType(Flags.NONE, compiled, choices == null ? null : texts(choices, pointer + "/choices"));
    }

    private static Set<String> texts(Json choices, String pointer) {
        Set<String> texts = new LinkedHashSet<>();
        for (Json choice : choices(choices, pointer)) {
            if (!(choice instanceof Json.Text text)) {
                throw new SchemaFault(pointer, "the choices of a string are strings");
            }
            texts.add(text.value());
        }
        return texts;
    }

    static NumberType number(Json.Members definition, boolean whole, String pointer) {
        BigDecimal min = bound(definition, "min", whole, pointer);
        BigDecimal max = bound(definition, "max", whole, pointer);
        Json choices = definition.get("choices");
        if (choices != null && (min != null || max != null)) {
            throw new SchemaFault(pointer, "a number has either choices or bounds");
        }
        if (min != null && max != null && min.compareTo(max) > 0) {
            throw new SchemaFault(pointer + "/min", "'min' is above 'max'");
        }
        return new NumberType(
                Flags.NONE, whole, min, max, choices == null ? null : numbers(choices, whole, pointer + "/choices"));
    }

    private static Set<Json> numbers(Json choices, boolean whole, String pointer) {
        Set<Json> numbers = new LinkedHashSet<>();
        for (Json choice : choices(choices, pointer)) {
            numbers.add(number(choice, whole, pointer));
        }
        return numbers;
    }

    private static @Nullable BigDecimal bound(Json.Members definition, String name, boolean whole, String pointer) {
        Json bound = definition.get(name);
        return bound == null ? null : number(bound, whole, pointer + "/" + name).value();
    }

    private static Json.Num number(Json value, boolean whole, String pointer) {
        if (value instanceof Json.Num number && (!whole || number.asLong() != null)) {
            return number;
        }
        throw new SchemaFault(pointer, whole ? "a whole number of 64 bits is needed" : "a number is needed");
    }

    private static List<Json> choices(Json choices, String pointer) {
        if (!(choices instanceof Json.Items items) || items.values().isEmpty()) {
            throw new SchemaFault(pointer, "choices are a list with at least one");
        }
        if (items.values().size() > CHOICES_MAX) {
            throw new SchemaFault(pointer, "there are at most " + CHOICES_MAX + " choices");
        }
        return items.values();
    }

    /** A list of names is one combination; a list of lists is several, of which one suffices. */
    static List<List<String>> required(@Nullable Json required, Set<String> known, String pointer) {
        if (required == null) {
            return List.of();
        }
        if (!(required instanceof Json.Items items)) {
            throw new SchemaFault(pointer, "'required' is a list of names, or of lists of names");
        }
        boolean several = !items.values().isEmpty() && items.values().stream().allMatch(v -> v instanceof Json.Items);
        List<List<String>> combinations = new ArrayList<>();
        if (!several) {
            combinations.add(names(items, known, pointer));
        } else {
            for (int i = 0; i < items.values().size(); i++) {
                if (items.values().get(i) instanceof Json.Items names) {
                    combinations.add(names(names, known, pointer + "/" + i));
                }
            }
        }
        return combinations;
    }

    private static List<String> names(Json.Items items, Set<String> known, String pointer) {
        List<String> names = new ArrayList<>();
        for (Json item : items.values()) {
            if (!(item instanceof Json.Text name)) {
                throw new SchemaFault(pointer, "a required member is named by a string");
            }
            if (!known.contains(name.value())) {
                throw new SchemaFault(pointer, "the required member '" + name.value() + "' is not in 'schema'");
            }
            names.add(name.value());
        }
        return names;
    }
}
