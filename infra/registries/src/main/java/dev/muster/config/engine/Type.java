package dev.muster.config.engine;

import com.google.re2j.Pattern;
import dev.muster.config.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a value may be (contract §7). */
sealed interface Type {

    Flags flags();

    Type flagged(Flags flags);

    /**
     * @param ephemeral not kept by the databag's owner
     * @param secret shown to the privileged only
     */
    record Flags(boolean ephemeral, boolean secret) {
        static final Flags NONE = new Flags(false, false);
    }

    record TextType(
            Flags flags,
            @Nullable Pattern pattern,
            @Nullable Set<String> choices) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new TextType(now, pattern, choices);
        }
    }

    /** @param whole whether only integers of 64 bits fit */
    record NumberType(
            Flags flags,
            boolean whole,
            @Nullable BigDecimal min,
            @Nullable BigDecimal max,
            @Nullable Set<Json> choices) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new NumberType(now, whole, min, max, choices);
        }
    }

    record BoolType(Flags flags) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new BoolType(now);
        }
    }

    record AnyType(Flags flags) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new AnyType(now);
        }
    }

    record ListType(Flags flags, Type values, boolean unique) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new ListType(now, values, unique);
        }
    }

    /** @param required combinations of which one must be complete; none when nothing is required */
    record ClosedMap(Flags flags, SortedMap<String, Type> members, List<List<String>> required) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new ClosedMap(now, members, required);
        }
    }

    record OpenMap(Flags flags, @Nullable TextType keys, Type values) implements Type {
        @Override
        public Type flagged(Flags now) {
            return new OpenMap(now, keys, values);
        }
    }

    /** Alternatives, flat; the first that fits wins. */
    record OneOf(List<Type> types) implements Type {
        @Override
        public Flags flags() {
            return types.getFirst().flags();
        }

        @Override
        public Type flagged(Flags now) {
            return new OneOf(types.stream().map(t -> t.flagged(now)).toList());
        }
    }

    /** The types a value of this type can be of, none of them alternatives. */
    default List<Type> each() {
        return this instanceof OneOf of ? of.types() : List.of(this);
    }

    /** One word for the sort of value, for comparing rules. */
    default String sort() {
        return switch (this) {
            case TextType ignored -> "string";
            case NumberType ignored -> "number";
            case BoolType ignored -> "bool";
            case AnyType ignored -> "any";
            case ListType ignored -> "array";
            case ClosedMap ignored -> "map";
            case OpenMap ignored -> "map";
            case OneOf ignored -> "alternatives";
        };
    }
}
