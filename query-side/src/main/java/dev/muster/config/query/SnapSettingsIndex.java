package dev.muster.config.query;

import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsBook;
import dev.muster.config.SnapSettingsEvent;
import dev.muster.config.SnapSettingsId;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The settings of all snaps as they are now, folded from the log, sealed. */
public final class SnapSettingsIndex implements Fold, SnapSettingsBook {

    /** By device and snap as text: history is read leniently, so a name that is none any more still folds. */
    private final Map<String, SnapSettings> settings = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "snap-settings";
    }

    @Override
    public void apply(Recorded recorded) {
        if (recorded.event() instanceof SnapSettingsEvent event) {
            settings.merge(
                    event.deviceId() + "/" + event.snap(),
                    SnapSettings.EMPTY.after(event),
                    (known, fresh) -> known.after(event));
        }
    }

    @Override
    public SnapSettings find(SnapSettingsId id) {
        return settings.getOrDefault(id.toString(), SnapSettings.EMPTY);
    }
}
