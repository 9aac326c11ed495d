package dev.muster.updates.bundles;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Sentences for the operator: each once, and never so many that they hide one another. */
final class Warnings {

    private static final int SHOWN_MAX = 50;

    private final SequencedSet<String> sentences = new LinkedHashSet<>();
    private int hidden;

    void add(String sentence) {
        if (sentences.size() < SHOWN_MAX) {
            sentences.add(sentence);
        } else if (!sentences.contains(sentence)) {
            hidden++;
        }
    }

    List<String> list() {
        List<String> all = new ArrayList<>(sentences);
        if (hidden > 0) {
            all.add("There are %d more warnings like these.".formatted(hidden));
        }
        return all;
    }
}
