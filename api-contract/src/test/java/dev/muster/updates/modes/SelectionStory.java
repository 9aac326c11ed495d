package dev.muster.updates.modes;

import static dev.muster.updates.modes.Software.UNNAMED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.registry.DeviceId;
import dev.muster.updates.Hardware;
import dev.muster.updates.modes.Selection.Decision;
import dev.muster.updates.modes.Selection.Install;
import dev.muster.updates.modes.Selection.Reason;
import dev.muster.updates.modes.Selection.Skip;
import dev.muster.updates.modes.Selection.Target;

/** A shelf of three, and devices that differ in what their story needs. */
abstract class SelectionStory {

    static final Hardware BOARD_1 = new Hardware("board", "1.0");
    static final Hardware BOARD_2 = new Hardware("board", "2.0");

    /** Numbers of the software in these stories. */
    static final long A = 12;

    static final long B = 13;
    static final long C = 16;

    final SmallShop shop = new SmallShop()
            .has(A, "1.0.0-beta2+build20")
            .has(B, "1.0.0-rc2+build77")
            .has(C, "1");
    final Selection selection = new Selection(shop, shop.feeds());

    /** A device that differs from a registered one in what its story needs. */
    static final class Device {

        private UpdateMode mode = UpdateMode.ROLLOUT;
        private String feed = "default";
        private Long assigned;
        private boolean force;
        private FollowState state = FollowState.REGISTERED;
        private boolean silent;
        private String version;
        private Hardware hardware = UNNAMED;

        Device in(UpdateMode next) {
            mode = next;
            return this;
        }

        Device following(String next) {
            feed = next;
            return this;
        }

        Device assigned(Long software) {
            mode = UpdateMode.ASSIGNED;
            assigned = software;
            return this;
        }

        Device forced() {
            force = true;
            return this;
        }

        Device is(FollowState next) {
            state = next;
            return this;
        }

        Device silent() {
            silent = true;
            return this;
        }

        Device has(String next) {
            version = next;
            return this;
        }

        Device on(Hardware next) {
            hardware = next;
            return this;
        }

        Following seen() {
            return new Following(
                    new DeviceId("robot-1"),
                    mode,
                    feed,
                    assigned,
                    force,
                    state,
                    silent,
                    null,
                    version,
                    hardware,
                    0,
                    null);
        }
    }

    static Device device() {
        return new Device();
    }

    Long targetOf(Device device) {
        Target target = selection.target(device.seen());
        return target == null ? null : target.software().number();
    }

    Decision decide(Device device) {
        return selection.decide(device.seen());
    }

    void skipped(Device device, Reason reason) {
        assertThat(decide(device)).isInstanceOfSatisfying(Skip.class, skip -> assertThat(skip.reason())
                .isEqualTo(reason));
    }

    void installed(Device device, long software, boolean forced) {
        assertThat(decide(device)).isInstanceOfSatisfying(Install.class, install -> {
            assertThat(install.target().software().number()).isEqualTo(software);
            assertThat(install.forced()).isEqualTo(forced);
        });
    }
}
