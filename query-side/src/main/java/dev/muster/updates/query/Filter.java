package dev.muster.updates.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A compiled filter.
 *
 * @param term says whether a device matches
 * @param ids no device outside these can match; null when any can
 * @param prefix the id of every match starts with this; empty when it may be any
 */
record Filter(Term term, @Nullable List<String> ids, String prefix) {

    static final Filter ALL = new Filter(Term.ALL, null, "");
}
