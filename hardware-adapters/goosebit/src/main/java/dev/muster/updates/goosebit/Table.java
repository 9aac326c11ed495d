package dev.muster.updates.goosebit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One kind of rows and how it is searched, sorted and shown (contract §7). Fields have the names that the pages use.
 *
 * @param <R> a row
 */
final class Table<R> {

    private final Function<R, JsonNode> shown;
    private final Map<String, Field<R>> fields = new LinkedHashMap<>();
    private final List<String> searched = new ArrayList<>();

    /** @param shown how a row is written; asked only for those that are sent */
    Table(Function<R, JsonNode> shown) {
        this.shown = shown;
    }

    private record Field<R>(Function<R, @Nullable String> text, Comparator<R> order) {}

    /** A field that is found by the search over all. */
    Table<R> searched(String name, Function<R, @Nullable String> text) {
        searched.add(name);
        return field(name, text);
    }

    /** A field that is compared as text, nothing first. */
    Table<R> field(String name, Function<R, @Nullable String> text) {
        Comparator<R> order = Comparator.comparing(text, Comparator.nullsFirst(Comparator.<String>naturalOrder()));
        return field(name, text, order);
    }

    /** A field with an order of its own. */
    Table<R> field(String name, Function<R, @Nullable String> text, Comparator<R> order) {
        fields.put(name, new Field<>(text, order));
        return this;
    }

    /** A field with an order of its own that is found by the search over all. */
    Table<R> searched(String name, Function<R, @Nullable String> text, Comparator<R> order) {
        searched.add(name);
        return field(name, text, order);
    }

    /** Answers a query over these rows, which are in the table's own order. Fails with 422 for unknown fields. */
    ObjectNode answer(List<R> rows, TableQuery query) {
        List<R> hits = new ArrayList<>();
        for (R row : rows) {
            if (fits(row, query)) {
                hits.add(row);
            }
        }
        String sort = query.sort();
        if (sort != null) {
            Comparator<R> order = known(sort).order();
            hits.sort(query.descending() ? order.reversed() : order);
        }
        int from = Math.min(query.start(), hits.size());
        int to = query.length() < 0 ? hits.size() : (int) Math.min((long) from + query.length(), hits.size());
        ObjectNode answer = Json.object();
        ArrayNode data = answer.putArray("data");
        hits.subList(from, to).forEach(row -> data.add(shown.apply(row)));
        return answer.put("draw", query.draw()).put("recordsTotal", rows.size()).put("recordsFiltered", hits.size());
    }

    private boolean fits(R row, TableQuery query) {
        if (!query.search().isEmpty() && !contains(row, searched, query.search())) {
            return false;
        }
        for (TableQuery.Column column : query.columns()) {
            if (!contains(row, column.fields(), column.text())) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(R row, List<String> names, String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        for (String name : names) {
            String value = known(name).text().apply(row);
            if (value != null && value.toLowerCase(Locale.ROOT).contains(wanted)) {
                return true;
            }
        }
        return false;
    }

    private Field<R> known(String name) {
        Field<R> field = fields.get(name);
        if (field == null) {
            throw WireFailure.unprocessable("There is no field '"
                    + (name.length() > 64 ? name.substring(0, 64) + "…" : name) + "' to search or sort by.");
        }
        return field;
    }
}
