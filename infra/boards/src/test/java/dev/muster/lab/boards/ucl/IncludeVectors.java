package dev.muster.lab.boards.ucl;

import java.util.stream.Stream;

/** The table of includes of contract §7.3, for tests with real files. */
public final class IncludeVectors {

    /** @param out null where it must be refused */
    public record Case(String id, String in, Object out) {
        @Override
        public String toString() {
            return id;
        }
    }

    private IncludeVectors() {}

    public static Stream<Case> all() {
        return Vector.of("includes.jsonl").map(each -> new Case(each.id(), each.in(), each.out()));
    }

    public static Object plain(UclValue value) {
        return Trees.plain(value);
    }
}
