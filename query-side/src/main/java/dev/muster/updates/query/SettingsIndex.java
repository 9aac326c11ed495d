package dev.muster.updates.query;

import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.SettingsEvent.SettingsChanged;
import dev.muster.updates.UpdateSettings;

/** The settings in force, folded from the log; the defaults before the first change. */
public final class SettingsIndex implements Fold, CurrentSettings {

    private volatile Versioned current = new Versioned(UpdateSettings.DEFAULTS, -1);

    /** Settings and version are one value, so that nobody sees one without the other. */
    public record Versioned(UpdateSettings settings, long version) {}

    @Override
    public String name() {
        return "settings";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof SettingsChanged changed) {
            current = new Versioned(changed.settings(), recorded.sequence());
        }
    }

    @Override
    public UpdateSettings get() {
        return current.settings();
    }

    @Override
    public long version() {
        return current.version();
    }

    /** Both at once. */
    public Versioned current() {
        return current;
    }
}
