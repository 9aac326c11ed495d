package dev.muster.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * History has names of its own: {@code registry.DeviceRegistered}, not a Java class. Moving or nesting a class costs
 * nothing; the stored name stays. Made from the sealed parents of all messages and states.
 */
public final class EventNames {

    private final Map<String, Class<?>> classes = new HashMap<>();
    private final Map<Class<?>, String> names = new HashMap<>();

    /** @param sealedParents interfaces whose permitted records are stored, and plain records stored by themselves */
    public EventNames(List<Class<?>> sealedParents) {
        sealedParents.forEach(this::add);
    }

    private void add(Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                add(permitted);
            }
            return;
        }
        String name = nameOf(type);
        Class<?> before = classes.putIfAbsent(name, type);
        if (before != null && before != type) {
            throw new IllegalArgumentException("two classes share the stored name " + name);
        }
        names.put(type, name);
    }

    /** The capability is the package below {@code dev.muster}; the rest is the record's own name. */
    private static String nameOf(Class<?> type) {
        String[] parts = type.getPackageName().split("\\.");
        return (parts.length > 2 ? parts[2] : parts[parts.length - 1]) + "." + type.getSimpleName();
    }

    /** The stored name, or null for a class that is not stored. */
    public @Nullable String name(Class<?> type) {
        return names.get(type);
    }

    /** The class behind a stored name, or null. */
    public @Nullable Class<?> type(String name) {
        return classes.get(name);
    }

    /** The revision of a stored class: its {@link Revision}, or "1". */
    public static String revision(Class<?> type) {
        Revision revision = type.getAnnotation(Revision.class);
        return revision == null ? "1" : revision.value();
    }

    /** All stored names, sorted. */
    public Set<String> all() {
        return new TreeSet<>(classes.keySet());
    }
}
