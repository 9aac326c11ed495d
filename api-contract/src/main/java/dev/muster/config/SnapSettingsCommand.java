package dev.muster.config;

import dev.muster.kernel.AggregateCommand;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a snap's settings. */
public sealed interface SnapSettingsCommand extends AggregateCommand {

    SnapSettingsId settingsId();

    @Override
    @TargetAggregateIdentifier
    default String aggregateId() {
        return "snap-settings/" + settingsId();
    }

    /**
     * Sets and unsets, all or none. Nothing changed is no event. Answers the version.
     *
     * @param values dotted key → JSON text; {@code null} as text unsets
     */
    record ChangeSnapSettings(SnapSettingsId settingsId, Map<String, String> values) implements SnapSettingsCommand {

        public ChangeSnapSettings {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        /** Without the values, which may be secret. */
        @Override
        public String toString() {
            return "ChangeSnapSettings[" + settingsId + ", " + List.copyOf(values.keySet()) + "]";
        }
    }
}
