package dev.muster.updates.query;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** The fields that filters and sorts may name, as people see them. */
public final class FleetFieldList {

    private FleetFieldList() {}

    /**
     * @param name canonical
     * @param aliases other names of the same
     * @param kind what it is compared as
     * @param values the possible ones when they are few
     */
    public record Item(String name, List<String> aliases, FieldKind kind, boolean sortable, List<String> values) {}

    /** The fixed fields, then a field for each attribute and metadata key that occurs in the fleet. */
    public static List<Item> of(FleetSummary summary) {
        List<Item> items = new ArrayList<>();
        for (Field field : FleetFields.ALL) {
            items.add(new Item(field.name(), field.aliases(), field.kind(), field.sortable(), field.words()));
        }
        keyed(items, "attribute.", summary.attributeKeys());
        keyed(items, "metadata.", summary.metadataKeys());
        return items;
    }

    private static void keyed(List<Item> items, String prefix, SortedSet<String> keys) {
        keys.forEach(key -> items.add(new Item(prefix + key, List.of(), FieldKind.TEXT, true, List.of())));
    }
}
