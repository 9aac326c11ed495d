package dev.muster.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.AssignRelease;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssignReleasesTest {

    private static List<AssignRelease> devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> assign("d" + i, i + 1)).toList();
    }

    private static AssignRelease assign(String device, int action) {
        return new AssignRelease(
                new DeviceId(device),
                action,
                new ReleaseRef(ReleaseId.of("os", "1"), "os", "1"),
                false,
                List.of(),
                new Hardware("board", "1.0"),
                null,
                ActionType.FORCED,
                null,
                null,
                null,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                false,
                false);
    }

    @Test
    void itIsForSomeDevices() {
        assertThat(new AssignReleases(devices(AssignReleases.DEVICES_MAX)).each())
                .hasSize(AssignReleases.DEVICES_MAX);
        assertThatIllegalArgumentException().isThrownBy(() -> new AssignReleases(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AssignReleases(devices(AssignReleases.DEVICES_MAX + 1)));
    }

    @Test
    void andForEachOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AssignReleases(List.of(assign("d1", 1), assign("d1", 2))));
    }
}
