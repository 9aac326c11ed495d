package dev.muster.overview.view;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The documents as one event finds and leaves them. */
public interface Views {

    /**
     * Replaces a document by what {@code change} makes of it, unless it has seen this event before. {@code change} gets
     * null when there is no such document and answers null to leave things as they are.
     */
    <V> void change(ViewCollection<V> collection, String id, UnaryOperator<@Nullable V> change);
}
