package dev.muster.observe.cos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with a body, by field: collected in the order of the model and told all at once. */
final class Faults {

    private final Map<String, List<String>> byField = new LinkedHashMap<>();

    void add(String field, String message) {
        byField.computeIfAbsent(field, name -> new ArrayList<>(1)).add(message);
    }

    boolean any() {
        return !byField.isEmpty();
    }

    void throwIfAny() {
        if (any()) {
            throw CosFailure.fields(byField);
        }
    }
}
