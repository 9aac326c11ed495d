package dev.muster.config.engine;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import dev.muster.config.SubKeys;
import dev.muster.config.engine.Type.AnyType;
import dev.muster.config.engine.Type.BoolType;
import dev.muster.config.engine.Type.ClosedMap;
import dev.muster.config.engine.Type.Flags;
import dev.muster.config.engine.Type.ListType;
import dev.muster.config.engine.Type.OneOf;
import dev.muster.config.engine.Type.OpenMap;
import dev.muster.config.engine.Type.TextType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a storage schema (contract §7). Every fault names its place as a JSON pointer. */
final class TypeReader {

    static final int DEPTH_MAX = 64;
    static final int ALIASES_MAX = 1_000;
    static final int ALTERNATIVES_MAX = 64;

    private final Map<String, Type> aliases = new TreeMap<>();
    private boolean insideAlias;

    private TypeReader() {}

    /** @param pointer where {@code storage} stands in the document */
    static ClosedMap read(Json storage, String pointer) {
        return new TypeReader().storage(storage, pointer);
    }

    private ClosedMap storage(Json storage, String pointer) {
        if (!(storage instanceof Json.Members top)) {
            throw new SchemaFault(pointer, "the storage schema is an object");
        }
        if (top.get("type") instanceof Json type && !type.equals(Json.of("map"))) {
            throw new SchemaFault(pointer + "/type", "the top of the storage schema is a map");
        }
        readAliases(top.get("aliases"), pointer + "/aliases");
        if (top.get("schema") == null) {
            throw new SchemaFault(pointer, "'schema' is missing");
        }
        if (map(top, pointer, 0) instanceof ClosedMap closed) {
            return closed;
        }
        throw new SchemaFault(pointer, "the top of the storage schema names its members in 'schema'");
    }

    private void readAliases(@Nullable Json given, String pointer) {
        if (given == null) {
            return;
        }
        if (!(given instanceof Json.Members definitions)) {
            throw new SchemaFault(pointer, "'aliases' is an object");
        }
        if (definitions.values().size() > ALIASES_MAX) {
            throw new SchemaFault(pointer, "there are at most " + ALIASES_MAX + " aliases");
        }
        insideAlias = true;
        definitions.values().forEach((name, definition) -> {
            String at = pointer + "/" + JsonReader.escaped(name);
            if (!SubKeys.fits(name)) {
                throw new SchemaFault(at, "'" + name + "' is no name of an alias");
            }
            aliases.put(name, type(definition, at, 0));
        });
        insideAlias = false;
    }

    private Type type(Json given, String pointer, int depth) {
        if (depth > DEPTH_MAX) {
            throw new SchemaFault(pointer, "a storage schema has at most " + DEPTH_MAX + " levels");
        }
        return switch (given) {
            case Json.Text name -> named(name.value(), Json.Members.NONE, pointer, depth);
            case Json.Members definition -> defined(definition, pointer, depth);
            case Json.Items alternatives -> oneOf(alternatives, pointer, depth);
            default -> throw new SchemaFault(pointer, "a type is a name, an object or a list of alternatives");
        };
    }

    private Type defined(Json.Members definition, String pointer, int depth) {
        Json type = definition.get("type");
        if (type != null && !(type instanceof Json.Text)) {
            throw new SchemaFault(pointer + "/type", "'type' is a name");
        }
        String name = type instanceof Json.Text text ? text.value() : "map";
        Flags flags = flags(definition, pointer);
        Type read =
                switch (name) {
                    case "array" -> list(definition, pointer, depth);
                    case "map" -> map(definition, pointer, depth);
                    default -> named(name, definition, pointer, depth);
                };
        return flags.equals(Flags.NONE) ? read : read.flagged(flags);
    }

    private Type named(String name, Json.Members definition, String pointer, int depth) {
        return switch (name) {
            case "string" -> Constraints.text(definition, pointer);
            case "int" -> Constraints.number(definition, true, pointer);
            case "number" -> Constraints.number(definition, false, pointer);
            case "bool" -> new BoolType(Flags.NONE);
            case "any" -> new AnyType(Flags.NONE);
            case "array", "map" -> throw new SchemaFault(pointer, "'" + name + "' needs an object that says of what");
            default -> alias(name, pointer);
        };
    }

    /** {@code ${name}} as confdb writes it, {@code $name} as registries did; both are understood everywhere. */
    private Type alias(String reference, String pointer) {
        if (!reference.startsWith("$")) {
            throw new SchemaFault(pointer, "'" + reference + "' is no type");
        }
        boolean braced = reference.startsWith("${") && reference.endsWith("}");
        String name = braced ? reference.substring(2, reference.length() - 1) : reference.substring(1);
        if (insideAlias) {
            throw new SchemaFault(pointer, "an alias may not refer to another");
        }
        Type type = aliases.get(name);
        if (type == null) {
            throw new SchemaFault(pointer, "there is no alias '" + name + "'");
        }
        return type;
    }

    private Type oneOf(Json.Items alternatives, String pointer, int depth) {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < alternatives.values().size(); i++) {
            types.addAll(type(alternatives.values().get(i), pointer + "/" + i, depth + 1)
                    .each());
            if (types.size() > ALTERNATIVES_MAX) {
                throw new SchemaFault(pointer, "there are at most " + ALTERNATIVES_MAX + " alternatives");
            }
        }
        if (types.isEmpty()) {
            throw new SchemaFault(pointer, "a list of alternatives has at least one");
        }
        if (types.stream().map(t -> t.flags().secret()).distinct().count() > 1) {
            throw new SchemaFault(pointer, "alternatives are either all secret or none");
        }
        return types.size() == 1 ? types.getFirst() : new OneOf(List.copyOf(types));
    }

    private ListType list(Json.Members definition, String pointer, int depth) {
        Json values = definition.get("values");
        if (values == null) {
            throw new SchemaFault(pointer, "'values' is missing: an array says what it is of");
        }
        Json unique = definition.get("unique");
        if (unique != null && !(unique instanceof Json.Bool)) {
            throw new SchemaFault(pointer + "/unique", "'unique' is true or false");
        }
        return new ListType(
                Flags.NONE,
                type(values, pointer + "/values", depth + 1),
                unique instanceof Json.Bool yes && yes.value());
    }

    private Type map(Json.Members definition, String pointer, int depth) {
        Json schema = definition.get("schema");
        Json keys = definition.get("keys");
        Json values = definition.get("values");
        if (schema != null) {
            if (keys != null || values != null) {
                throw new SchemaFault(pointer, "a map has either 'schema' or 'keys' and 'values'");
            }
            return closed(schema, definition.get("required"), pointer, depth);
        }
        if (definition.get("required") != null) {
            throw new SchemaFault(pointer + "/required", "'required' needs 'schema'");
        }
        if (keys == null && values == null) {
            throw new SchemaFault(pointer, "a map has 'schema', or 'keys' or 'values'");
        }
        return new OpenMap(
                Flags.NONE,
                keys == null ? null : keys(keys, pointer + "/keys", depth),
                values == null ? new AnyType(Flags.NONE) : type(values, pointer + "/values", depth + 1));
    }

    private ClosedMap closed(Json schema, @Nullable Json required, String pointer, int depth) {
        if (!(schema instanceof Json.Members members)) {
            throw new SchemaFault(pointer + "/schema", "'schema' is an object of names and types");
        }
        TreeMap<String, Type> types = new TreeMap<>();
        members.values().forEach((name, type) -> {
            String at = pointer + "/schema/" + JsonReader.escaped(name);
            if (!SubKeys.fits(name)) {
                throw new SchemaFault(at, "'" + name + "' is no name of a member");
            }
            types.put(name, type(type, at, depth + 1));
        });
        return new ClosedMap(Flags.NONE, types, Constraints.required(required, types.keySet(), pointer + "/required"));
    }

    private TextType keys(Json keys, String pointer, int depth) {
        if (type(keys, pointer, depth + 1) instanceof TextType text) {
            return text;
        }
        throw new SchemaFault(pointer, "keys are strings");
    }

    /** The older engine does not know them, but what is secret is so whichever way it is asked for. */
    private Flags flags(Json.Members definition, String pointer) {
        Json ephemeral = definition.get("ephemeral");
        Json visibility = definition.get("visibility");
        if (insideAlias && (ephemeral != null || visibility != null)) {
            throw new SchemaFault(pointer, "an alias has neither 'ephemeral' nor 'visibility'; its references may");
        }
        if (ephemeral != null && !(ephemeral instanceof Json.Bool)) {
            throw new SchemaFault(pointer + "/ephemeral", "'ephemeral' is true or false");
        }
        if (visibility != null && !visibility.equals(Json.of("secret"))) {
            throw new SchemaFault(pointer + "/visibility", "the only visibility is \"secret\"");
        }
        return new Flags(ephemeral instanceof Json.Bool yes && yes.value(), visibility != null);
    }
}
