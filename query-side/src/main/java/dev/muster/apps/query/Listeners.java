package dev.muster.apps.query;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to hear of changes. One that fails must not keep the log from the others. */
final class Listeners<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

    /** Its own thing, so that who listens twice can end once. */
    private static final class Entry<T> {
        private final T listener;

        private Entry(T listener) {
            this.listener = listener;
        }
    }

    AutoCloseable add(T listener) {
        Entry<T> entry = new Entry<>(listener);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    void tell(Consumer<T> word) {
        for (Entry<T> each : entries) {
            try {
                word.accept(each.listener);
            } catch (RuntimeException failure) {
                LOG.error("A listener failed on a change of apps", failure);
            }
        }
    }
}
