package dev.muster.updates.goosebit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a table of the pages asks for: the server side of DataTables, as JSON or in brackets (contract §7).
 *
 * @param draw sent back as it is
 * @param start first row, from 0
 * @param length how many rows; negative for all
 * @param search text that must stand in one of the kind's own fields; empty for none
 * @param sort field to sort by; null for the table's own order
 * @param columns searches of single columns, all of which must hold
 */
record TableQuery(
        int draw,
        int start,
        int length,
        String search,
        @Nullable String sort,
        boolean descending,
        List<Column> columns) {

    static final TableQuery ALL = new TableQuery(1, 0, -1, "", null, false, List.of());

    private static final int COLUMNS_MAX = 64;
    /** Searches of single columns that are not empty, and fields of one of them: each row is looked at for each. */
    private static final int SEARCHES_MAX = 16;

    private static final int TEXT_LENGTH_MAX = 1000;
    private static final Pattern ORDER = Pattern.compile("order\\[(\\d{1,3})]\\[(name|dir|column)]");
    private static final Pattern COLUMN =
            Pattern.compile("columns\\[(\\d{1,3})](?:\\[(name|data)]|\\[search]\\[(value)])");

    /** @param fields one of which must contain the text */
    record Column(List<String> fields, String text) {}

    /** One part of an order or a column, by its names. */
    private record Parts(Map<String, String> values) {

        String get(String name) {
            return values.getOrDefault(name, "");
        }
    }

    /** From the body of a POST; fails with 422. */
    static TableQuery of(JsonNode body) {
        Input input = Input.of(body);
        Integer draw = input.optionalInteger("draw");
        Integer start = input.optionalInteger("start");
        Integer length = input.optionalInteger("length");
        Input search = input.optionalObject("search");
        String text = search == null ? null : search.optionalText("value");
        input.check();
        List<Parts> orders = parts(body.path("order"));
        List<Parts> columns = parts(body.path("columns"));
        return of(or(draw, 1), or(start, 0), or(length, -1), text == null ? "" : text, orders, columns);
    }

    /** From a query in brackets; fails with 422 for numbers that are none. */
    static TableQuery of(Form query) {
        Map<Integer, Map<String, String>> orders = new TreeMap<>();
        Map<Integer, Map<String, String>> columns = new TreeMap<>();
        query.fields().forEach((name, values) -> {
            Matcher order = ORDER.matcher(name);
            Matcher column = COLUMN.matcher(name);
            if (order.matches()) {
                orders.computeIfAbsent(Integer.valueOf(order.group(1)), key -> new TreeMap<>())
                        .put(order.group(2), values.getLast());
            } else if (column.matches()) {
                String part = column.group(2) == null ? "value" : column.group(2);
                columns.computeIfAbsent(Integer.valueOf(column.group(1)), key -> new TreeMap<>())
                        .put(part, values.getLast());
            }
        });
        String search = query.last("search[value]");
        return of(
                number(query, "draw", 1),
                number(query, "start", 0),
                number(query, "length", -1),
                search == null ? "" : search,
                orders.values().stream().map(Parts::new).toList(),
                columns.values().stream().map(Parts::new).toList());
    }

    private static TableQuery of(
            int draw, int start, int length, String search, List<Parts> orders, List<Parts> columns) {
        if (start < 0 || columns.size() > COLUMNS_MAX || search.length() > TEXT_LENGTH_MAX) {
            throw WireFailure.unprocessable("This is no table query.");
        }
        List<Column> searches = new ArrayList<>();
        for (Parts column : columns) {
            String text = column.get("value");
            String name = column.get("name").isEmpty() ? column.get("data") : column.get("name");
            if (!text.isEmpty() && !name.isEmpty()) {
                if (text.length() > TEXT_LENGTH_MAX || name.length() > TEXT_LENGTH_MAX) {
                    throw WireFailure.unprocessable("This is no table query.");
                }
                List<String> fields =
                        Arrays.stream(name.split("\\|")).distinct().toList();
                if (fields.size() > SEARCHES_MAX || searches.size() >= SEARCHES_MAX) {
                    throw WireFailure.unprocessable("This is no table query.");
                }
                searches.add(new Column(fields, text));
            }
        }
        String sort = orders.isEmpty() ? "" : orders.getFirst().get("name");
        boolean descending = !orders.isEmpty() && orders.getFirst().get("dir").equals("desc");
        return new TableQuery(draw, start, length, search, sort.isEmpty() ? null : sort, descending, searches);
    }

    private static List<Parts> parts(JsonNode list) {
        List<Parts> parts = new ArrayList<>();
        for (JsonNode each : list) {
            Map<String, String> values = new TreeMap<>();
            for (String name : List.of("name", "data", "dir")) {
                if (each.path(name).isString()) {
                    values.put(name, each.path(name).asString());
                }
            }
            JsonNode text = each.path("search").path("value");
            if (text.isString()) {
                values.put("value", text.asString());
            }
            if (parts.size() <= COLUMNS_MAX) {
                parts.add(new Parts(values));
            }
        }
        return parts;
    }

    private static int or(@Nullable Integer given, int otherwise) {
        return given == null ? otherwise : given;
    }

    private static int number(Form query, String name, int otherwise) {
        String text = query.last(name);
        if (text == null || text.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw WireFailure.unprocessable(Problem.wrongKind(
                    "int_parsing",
                    List.of("query", name),
                    "integer, unable to parse string as an integer",
                    Json.text(text)));
        }
    }
}
