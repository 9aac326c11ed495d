package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of one databag. */
public sealed interface DatabagCommand extends AggregateCommand {

    DatabagId databagId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return databagId().aggregateId();
    }

    /**
     * Writes through a view: all pairs or none, validated once, after the last. Nothing changed is no event. Answers
     * the version.
     *
     * @param values request path → JSON text; {@code null} as text unsets
     * @param expectedVersion the version it must have, 0 for never written, or null for any
     */
    record WriteView(
            DatabagId databagId,
            Profile profile,
            String view,
            Map<String, String> values,
            @Nullable Long expectedVersion)
            implements DatabagCommand {

        public WriteView {
            values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Without the values, which may be secret. */
        @Override
        public String toString() {
            return "WriteView[" + databagId + ", " + view + ", " + List.copyOf(values.keySet()) + "]";
        }
    }

    /**
     * Gives it the values it had at an earlier version. They must fit the schema of today; secrets whose key is gone
     * stay as they are now. Answers the new version.
     */
    record RevertDatabag(
            DatabagId databagId, long toVersion, @Nullable Long expectedVersion) implements DatabagCommand {}

    /**
     * Lays the values of a rollout's layer over these, as they lie over them for the rollout's members: what was staged
     * is what it has then. Told as a write through the rollout's view. Answers the version.
     *
     * @param from the rollout's layer
     * @param requests the paths that the rollout gave values, without them
     */
    record AdoptStaged(DatabagId databagId, Layer from, Profile profile, String view, List<String> requests)
            implements DatabagCommand {

        public AdoptStaged {
            requests = List.copyOf(requests);
        }
    }

    /** Takes everything out of a rollout's layer, after the rollout is over; told as going back to version 0. */
    record EmptyStaged(DatabagId databagId) implements DatabagCommand {}

    /** After its key was destroyed: lets go of what can no longer be opened. */
    record ForgetSecrets(DatabagId databagId) implements DatabagCommand {}
}
