package dev.muster.updates.query;

import dev.muster.updates.ReleaseRef;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Something of a device that filters and sorts may name.
 *
 * @param name canonical, lower case
 * @param aliases names that hawkBit's users know
 * @param kind what it is compared as
 * @param sortable whether lists can be sorted by it
 * @param words the possible values of a {@link FieldKind#WORD}, lower-kebab
 */
record Field(String name, List<String> aliases, FieldKind kind, boolean sortable, List<String> words, Reader reader) {

    /** How the value is read off a device. */
    sealed interface Reader {

        record Text(Function<DeviceState, @Nullable String> of) implements Reader {}

        record Texts(Function<DeviceState, String[]> of) implements Reader {}

        /** Words may depend on when the device was heard. */
        record Word(Words of) implements Reader {}

        record Time(Times of) implements Reader {}
    }

    @FunctionalInterface
    interface Words {
        Enum<?> of(DeviceState device, Sightings sightings);
    }

    @FunctionalInterface
    interface Times {
        long of(DeviceState device, Sightings sightings);
    }

    static Field text(String name, FieldKind kind, Function<DeviceState, @Nullable String> of, String... aliases) {
        return new Field(name, List.of(aliases), kind, true, List.of(), new Reader.Text(of));
    }

    static Field texts(String name, Function<DeviceState, String[]> of) {
        return new Field(name, List.of(), FieldKind.TEXTS, false, List.of(), new Reader.Texts(of));
    }

    static Field word(String name, Class<? extends Enum<?>> words, Words of, String... aliases) {
        List<String> all =
                List.of(words.getEnumConstants()).stream().map(Field::kebab).toList();
        return new Field(name, List.of(aliases), FieldKind.WORD, true, all, new Reader.Word(of));
    }

    static Field time(String name, Times of, String... aliases) {
        return new Field(name, List.of(aliases), FieldKind.TIME, true, List.of(), new Reader.Time(of));
    }

    static Field release(
            String name,
            FieldKind kind,
            Function<DeviceState, @Nullable ReleaseRef> release,
            Function<ReleaseRef, String> part,
            String alias) {
        return text(
                name,
                kind,
                device -> {
                    ReleaseRef ref = release.apply(device);
                    return ref == null ? null : part.apply(ref);
                },
                alias);
    }

    /** {@code IN_SYNC}, {@code in_sync} and {@code In-Sync} all become {@code in-sync}. */
    static String kebab(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String kebab(Enum<?> word) {
        return kebab(word.name());
    }
}
