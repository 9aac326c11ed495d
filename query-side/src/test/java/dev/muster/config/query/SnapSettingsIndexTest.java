package dev.muster.config.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.config.Delta;
import dev.muster.config.SnapSettings;
import dev.muster.config.SnapSettingsEvent.SnapSettingsChanged;
import dev.muster.config.SnapSettingsId;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapSettingsIndexTest {

    private static final DeviceId ROBOT = new DeviceId("robot");

    private final SnapSettingsIndex index = new SnapSettingsIndex();

    private void happens(String snap, long version, Delta... changes) {
        SnapSettingsChanged event = new SnapSettingsChanged(ROBOT, snap, version, List.of(changes));
        index.apply(new Recorded(version, "e" + version, Instant.EPOCH, event, null, 0, Map.of()));
    }

    @Test
    void foldsEachSnapForItself() {
        happens("one", 1, Delta.sealed("a", "x"), Delta.sealed("b", "y"));
        happens("one", 2, Delta.removed("a"));
        happens("two", 1, Delta.sealed("a", "z"));
        SnapSettings one = index.find(new SnapSettingsId(ROBOT, "one"));
        assertThat(one.version()).isEqualTo(2);
        assertThat(one.sealed()).containsOnlyKeys("b");
        assertThat(index.find(new SnapSettingsId(ROBOT, "two")).sealed()).containsEntry("a", "z");
        assertThat(index.find(new SnapSettingsId(new DeviceId("other"), "one"))).isEqualTo(SnapSettings.EMPTY);
    }

    @Test
    void passesOverANameThatIsNoneAnyMore() {
        happens("No Snap", 1, Delta.sealed("a", "x"));
        happens("one", 1, Delta.sealed("a", "x"));
        assertThat(index.find(new SnapSettingsId(ROBOT, "one")).version()).isEqualTo(1);
    }
}
