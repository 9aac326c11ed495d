package dev.muster.observe.cos;

import dev.muster.observe.Enrolment;
import dev.muster.observe.Enrolments;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;

/**
 * The list of all devices as bytes. It is asked for far more often than a device changes, by programs that each want
 * their own few fields, so what was rendered is kept until the next change. A list that is too long to be kept is
 * written piece by piece instead: that of a large fleet, with its keys and certificates, would not fit into memory a
 * few times over.
 */
final class DeviceLists {

    static final int KEPT_BYTES_MAX = 8 << 20;
    private static final int KEPT_MAX = 6;
    private static final int PIECE = 64 << 10;

    private final Enrolments enrolments;
    private final int bytesMax;
    private final Map<List<String>, Rendered> kept = new ConcurrentHashMap<>();

    /** @param json null when the list is too long */
    private record Rendered(long revision, byte @Nullable [] json) {}

    /** @param bytesMax of one list that is kept */
    DeviceLists(Enrolments enrolments, int bytesMax) {
        this.enrolments = enrolments;
        this.bytesMax = bytesMax;
    }

    /** Whether it costs nothing to ask for {@link #whole}. */
    boolean isReady(List<String> fields) {
        return known(fields) != null;
    }

    /** All of it; null when it is too long for that. */
    byte @Nullable [] whole(List<String> fields) {
        Rendered known = known(fields);
        return known == null ? rendered(fields).json : known.json;
    }

    private @Nullable Rendered known(List<String> fields) {
        Rendered known = kept.get(fields);
        return known != null && known.revision == enrolments.revision() ? known : null;
    }

    /** One at a time: after a change everybody who asks wants the same. */
    private synchronized Rendered rendered(List<String> fields) {
        Rendered known = known(fields);
        if (known != null) {
            return known;
        }
        // Read before rendering: a change in between makes this one old at once, never young by mistake.
        long revision = enrolments.revision();
        byte[] json = DeviceJson.list(enrolments.all(), enrolments.size(), fields, bytesMax);
        if (kept.size() >= KEPT_MAX && !kept.containsKey(fields)) {
            kept.clear();
        }
        Rendered rendered = new Rendered(revision, json);
        kept.put(fields, rendered);
        return rendered;
    }

    /** The same in pieces, each rendered when it is asked for. */
    Flux<byte[]> pieces(List<String> fields) {
        return Flux.<byte[], Writing>generate(() -> new Writing(enrolments.all().iterator()), (writing, sink) -> {
            writing.next(fields, sink);
            return writing;
        });
    }

    /** A list that is being written. */
    private static final class Writing {
        private final Iterator<Enrolment> devices;
        private final JsonText json = new JsonText(PIECE + PIECE / 8).open('[');

        Writing(Iterator<Enrolment> devices) {
            this.devices = devices;
        }

        void next(List<String> fields, SynchronousSink<byte[]> sink) {
            while (json.length() < PIECE && devices.hasNext()) {
                DeviceJson.write(json, devices.next(), fields);
            }
            if (devices.hasNext()) {
                sink.next(json.taken());
            } else {
                sink.next(json.close(']').taken());
                sink.complete();
            }
        }
    }
}
