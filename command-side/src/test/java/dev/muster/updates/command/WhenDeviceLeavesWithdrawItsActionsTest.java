package dev.muster.updates.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Positions;
import dev.muster.kernel.Recorded;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionCommand.WithdrawActions;
import dev.muster.updates.Fleet.Recipient;
import dev.muster.updates.Hardware;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class WhenDeviceLeavesWithdrawItsActionsTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final Instant BACK = Instant.parse("2026-11-20T12:00:00Z");

    private final SentCommands commands = new SentCommands();
    private final FewDevices fleet = new FewDevices();
    private final Waited positions = new Waited();
    private final WhenDeviceLeavesWithdrawItsActions policy =
            new WhenDeviceLeavesWithdrawItsActions(commands, fleet, positions);

    private void happens(Object event) {
        policy.react(List.of(new Recorded(41, "e", Instant.EPOCH, event, "device/" + ROBOT, 3, Map.of())));
    }

    @Test
    void everythingOfADeviceThatLeftIsWithdrawn() {
        happens(new DeviceDecommissioned(ROBOT));
        assertThat(commands.all).containsExactly(new WithdrawActions(ROBOT, null));
        assertThat(positions.waited).as("the fleet had to know that it left").containsExactly(41L);
    }

    @Test
    void whatADeviceGotSinceItIsBackIsNot() {
        fleet.recipients.put(ROBOT, new Recipient(ROBOT, new Hardware("board", "1.0"), BACK));
        happens(new DeviceDecommissioned(ROBOT));
        assertThat(commands.all).containsExactly(new WithdrawActions(ROBOT, BACK));
    }

    @Test
    void nothingElseIsItsBusiness() {
        happens(new DeviceRenamed(ROBOT, "Ada"));
        assertThat(commands.all).isEmpty();
    }

    /** Folds that have always seen everything, and remember what was waited for. */
    private static final class Waited implements Positions {

        private final List<Long> waited = new ArrayList<>();

        @Override
        public long committed() {
            return Long.MAX_VALUE;
        }

        @Override
        public long folded() {
            return Long.MAX_VALUE;
        }

        @Override
        public Mono<Void> folded(long position, Duration waitMax) {
            return Mono.fromRunnable(() -> waited.add(position));
        }

        @Override
        public Mono<Void> viewed(long position, Duration waitMax) {
            return Mono.empty();
        }
    }
}
