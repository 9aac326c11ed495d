package dev.muster.lab.boards.ucl;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of a document, with the place where it begins. Texts may be secrets: no value shows what it says. */
public sealed interface UclValue {

    Place place();

    /** @param members by key, in the order in which the keys first came */
    record Section(Map<String, UclValue> members, Place place) implements UclValue {
        public Section {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** @param repeated whether it came to be because a key was given again, rather than by brackets */
    record Items(List<UclValue> items, boolean repeated, Place place) implements UclValue {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** What is written as one word or text. */
    sealed interface Scalar extends UclValue {

        /** What a text says; of other kinds, how they are written. */
        String text();
    }

    record Text(String text, Place place) implements Scalar {
        @Override
        public String toString() {
            return "text" + place;
        }
    }

    record Whole(long value, String text, Place place) implements Scalar {
        @Override
        public String toString() {
            return "whole" + place;
        }
    }

    /** @param value of times: seconds */
    record Real(double value, String text, Place place) implements Scalar {
        @Override
        public String toString() {
            return "real" + place;
        }
    }

    record Truth(boolean value, String text, Place place) implements Scalar {}

    record Nothing(Place place) implements UclValue {}
}
