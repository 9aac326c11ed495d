package dev.muster.config.engine;

import dev.muster.config.engine.Type.AnyType;
import dev.muster.config.engine.Type.ClosedMap;
import dev.muster.config.engine.Type.ListType;
import dev.muster.config.engine.Type.OpenMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks types along paths. What can stand at a place is a list of types, because of alternatives and placeholders;
 * ephemeral and secret come down from containers.
 */
final class Types {

    /** Types at one place: placeholders over maps of maps multiply. */
    static final int CANDIDATES_MAX = 10_000;

    private Types() {}

    /** What one step leads to; empty when it leads nowhere. */
    static List<Type> step(List<Type> here, Part part) {
        // By identity: comparing whole subtrees would cost more than the walk.
        Set<Type> below = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Type type : here) {
            for (Type each : type.each()) {
                add(each, part, below);
            }
            if (below.size() > CANDIDATES_MAX) {
                throw new PathFault("more than " + CANDIDATES_MAX + " types can stand at '" + part + "'");
            }
        }
        return new ArrayList<>(below);
    }

    private static void add(Type type, Part part, Set<Type> below) {
        switch (type) {
            case AnyType any -> below.add(any);
            case OpenMap map
            when !part.isBracketed() -> below.addAll(map.values().each());
            case ListType list
            when part.isBracketed() -> below.addAll(list.values().each());
            case ClosedMap map
            when part.kind() == Part.Kind.SLOT -> map.members().values().forEach(member -> below.addAll(member.each()));
            case ClosedMap map
            when part.kind() == Part.Kind.KEY -> {
                Type member = map.members().get(part.name());
                if (member != null) {
                    below.addAll(member.each());
                }
            }
            default -> {}
        }
    }

    static boolean anySecret(List<Type> types) {
        return types.stream().anyMatch(type -> type.flags().secret());
    }

    static boolean anyEphemeral(List<Type> types) {
        return types.stream().anyMatch(type -> type.flags().ephemeral());
    }

    /** Whether anything at or below may be ephemeral. */
    static boolean ephemeralWithin(Type type) {
        return within(type, each -> each.flags().ephemeral());
    }

    /** Whether anything at or below may be secret. */
    static boolean secretWithin(Type type) {
        return within(type, each -> each.flags().secret());
    }

    private static boolean within(Type type, Predicate<Type> wanted) {
        return within(type, wanted, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /** @param seen what many references to one alias share is looked at once */
    private static boolean within(Type type, Predicate<Type> wanted, Set<Type> seen) {
        if (wanted.test(type)) {
            return true;
        }
        if (!seen.add(type)) {
            return false;
        }
        return switch (type) {
            case Type.OneOf of -> of.types().stream().anyMatch(each -> within(each, wanted, seen));
            case ClosedMap map -> map.members().values().stream().anyMatch(each -> within(each, wanted, seen));
            case OpenMap map -> within(map.values(), wanted, seen);
            case ListType list -> within(list.values(), wanted, seen);
            default -> false;
        };
    }
}
