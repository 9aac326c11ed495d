package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.updates.Versions;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The order of a list: by one field, then by id, so that every device has one place and a cursor stays true while
 * devices come and go. Devices without a value come first.
 *
 * @param text as asked for, with a leading minus when descending; part of cursors
 * @param byId whether the field is the id itself
 */
record Sorting(String text, Field field, boolean descending, boolean byId) {

    /** Where a device stands: the value it is sorted by (a text or a number) and its id. A cursor has no device. */
    record Place(
            @Nullable Object value, String id, @Nullable DeviceState device) {}

    /** Null sorts by id. Refuses what cannot be sorted by. */
    static Sorting by(@Nullable String sort) {
        String text = sort == null || sort.isBlank() ? "id" : sort.strip();
        boolean descending = text.startsWith("-");
        String name = descending || text.startsWith("+") ? text.substring(1) : text;
        Field field = FleetFields.named(name);
        if (field == null || !field.sortable()) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "Devices cannot be sorted by '" + (name.length() > 60 ? name.substring(0, 60) + "…" : name) + "'.");
        }
        return new Sorting((descending ? "-" : "") + field.name(), field, descending, field.kind() == FieldKind.ID);
    }

    Place place(DeviceState device, Sightings sightings) {
        Object value =
                switch (field.reader()) {
                    case Field.Reader.Text text -> byId ? null : text.of().apply(device);
                    case Field.Reader.Texts texts -> null;
                    case Field.Reader.Word word ->
                        (long) word.of().of(device, sightings).ordinal();
                    case Field.Reader.Time time -> {
                        long at = time.of().of(device, sightings);
                        yield at == Sightings.NEVER ? null : (Object) at;
                    }
                };
        return new Place(value, device.id.value(), device);
    }

    /** Whether cursors hold numbers for this field. */
    boolean numeric() {
        return field.kind() == FieldKind.TIME || field.kind() == FieldKind.WORD;
    }

    Comparator<Place> order() {
        Comparator<Place> order = Comparator.<Place, @Nullable Object>comparing(
                        Place::value, Comparator.nullsFirst(this::compare))
                .thenComparing(Place::id);
        return descending ? order.reversed() : order;
    }

    private int compare(Object a, Object b) {
        if (a instanceof Long left && b instanceof Long right) {
            return left.compareTo(right);
        }
        if (field.kind() == FieldKind.VERSION) {
            return Versions.ORDER.compare((String) a, (String) b);
        }
        return String.CASE_INSENSITIVE_ORDER.compare((String) a, (String) b);
    }
}
