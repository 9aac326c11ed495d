package dev.muster.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param items at most the asked limit of them
 * @param next opaque cursor of the following page, null on the last
 * @param count how many there are in all; null unless asked for
 */
public record Page<T>(
        List<T> items, @Nullable String next, @Nullable Long count) {

    public static final int LIMIT_DEFAULT = 100;
    public static final int LIMIT_MAX = 1000;

    public Page {
        items = List.copyOf(items);
    }
}
