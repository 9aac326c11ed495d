package dev.muster.updates.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Distribution;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.DeviceView.Presence;
import dev.muster.updates.Fleet;
import dev.muster.updates.Hardware;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.ReleaseRef;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.UpdatesRefusal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rollout would do if it were planned now, and whom it would not reach and why. Changes nothing. */
public final class RolloutPreview {

    private static final int SAMPLE_MAX = 20;
    private static final int WEIGHT_MAX = 1000;
    /** A device that was silent for so long may not come back soon. */
    private static final Duration LONG_SILENCE = Duration.ofDays(7);

    private static final long MINUTES_MAX = Duration.ofDays(3650).toMinutes();

    private final FleetIndex fleet;
    private final Catalogue catalogue;
    private final MaintenanceWindows windows;
    private final Clock clock;

    public RolloutPreview(FleetIndex fleet, Catalogue catalogue, MaintenanceWindows windows, Clock clock) {
        this.fleet = fleet;
        this.catalogue = catalogue;
        this.windows = windows;
        this.clock = clock;
    }

    /**
     * The part of a plan that decides who takes part, and when.
     *
     * @param weight 0 to 1000, or null for the maximum
     * @param joining whether devices that match later take part
     */
    public record Wish(
            ReleaseId release,
            String filter,
            List<dev.muster.staging.Group> groups,
            @Nullable Integer weight,
            @Nullable MaintenanceWindow window,
            RolloutPolicy.@Nullable Rate rate,
            boolean joining) {}

    /** A group with how many devices it would have. */
    public record Group(String name, int size) {}

    /** Why a device that the filter hits is not given the release, or not at once. */
    public enum Why {
        /** Its hardware is another: it is no member. */
        INCOMPATIBLE("other hardware"),
        /** It is a member, and passed over. */
        HELD_BACK("held back"),
        /** It is a member, and passed over. */
        INSTALLED("has it already"),
        /** It is a member, and passed over. */
        ASSIGNED("is given it already"),
        /** It is a member, and does something heavier first. */
        BUSY("something heavier goes first");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** @param sample a few of them */
    public record Exclusion(Why reason, int count, List<String> sample, String text) {}

    /**
     * @param matching devices that the filter hits
     * @param incompatible those of them whose hardware the release does not fit
     * @param members those that the release fits
     * @param leftOver members that no group takes
     * @param excluded whom the release does not reach, or not at once, the most frequent reason first
     * @param warnings what else to know before it starts
     * @param offeredWithin how long offering takes at the rate if no gate holds it up; null without a rate
     * @param sample the first members
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Preview(
            int matching,
            int incompatible,
            int members,
            List<Group> groups,
            int leftOver,
            List<Exclusion> excluded,
            List<String> warnings,
            @Nullable Duration offeredWithin,
            List<DeviceView> sample) {}

    /**
     * Refuses a broken filter and a release that is unknown or was invalidated. Looks at every device once.
     *
     * @param rollouts names of the rollouts there are, for those that devices are busy with
     */
    public Preview preview(Wish wish, Map<RolloutId, String> rollouts) {
        refuseBrokenGroups(wish.groups());
        Catalogue.Release release = catalogue.usable(wish.release());
        Fleet.Membership membership = fleet.membership(release, wish.filter());
        Distribution<DeviceId> dealt = Distribution.of(wish.groups(), membership.members(), fleet::hits);
        Look look = new Look(release, wish, rollouts, clock.instant());
        membership.incompatible().forEach(look::other);
        membership.members().forEach(look::member);
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < wish.groups().size(); i++) {
            groups.add(new Group(wish.groups().get(i).name(), dealt.sizes().get(i)));
        }
        return new Preview(
                membership.matching(),
                membership.incompatible().size(),
                membership.members().size(),
                groups,
                dealt.left(),
                look.leftOut.exclusions(),
                look.warnings(dealt.left()),
                wish.rate() == null ? null : offeredWithin(dealt.sizes(), wish.rate()),
                membership.members().stream()
                        .limit(SAMPLE_MAX)
                        .map(fleet::find)
                        .filter(Objects::nonNull)
                        .toList());
    }

    private static void refuseBrokenGroups(List<dev.muster.staging.Group> groups) {
        if (groups.isEmpty() || groups.size() > dev.muster.staging.Group.COUNT_MAX) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because(
                    "A rollout has 1 to " + dev.muster.staging.Group.COUNT_MAX + " groups.");
        }
        for (dev.muster.staging.Group each : groups) {
            if (each.count() == null && !(each.percent() > 0 && each.percent() <= 100)) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because("A group's percent is above 0 and at most 100.");
            }
            if (each.count() != null && each.count() < 1) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because("A group's count is at least 1.");
            }
        }
    }

    /** Each group begins at the first minute's rate again. */
    private static Duration offeredWithin(List<Integer> sizes, RolloutPolicy.Rate rate) {
        long minutes = 0;
        for (int size : sizes) {
            long left = size;
            for (long minute = 0; left > 0 && minutes < MINUTES_MAX; minute++) {
                left -= rate.in(minute);
                minutes++;
            }
        }
        return Duration.ofMinutes(minutes);
    }

    /** One look at all that the filter hits. */
    private final class Look {

        private final LeftOut leftOut = new LeftOut();
        private final Catalogue.Release release;
        private final Wish wish;
        private final Map<RolloutId, String> rollouts;
        private final Instant now;
        private final int weight;
        private int neverSeen;
        private int longSilent;
        private int superseded;

        Look(Catalogue.Release release, Wish wish, Map<RolloutId, String> rollouts, Instant now) {
            this.release = release;
            this.wish = wish;
            this.rollouts = rollouts;
            this.now = now;
            this.weight = wish.weight() == null ? WEIGHT_MAX : wish.weight();
        }

        void other(DeviceId id) {
            Fleet.Recipient recipient = fleet.recipient(id);
            if (recipient != null) {
                leftOut.add(
                        Why.INCOMPATIBLE, "The release does not fit hardware " + words(recipient.hardware()) + ".", id);
            }
        }

        void member(DeviceId id) {
            DeviceView device = fleet.find(id);
            if (device == null) {
                return;
            }
            if (device.heldBack() != null) {
                leftOut.add(Why.HELD_BACK, "Held back: " + device.heldBack(), id);
            } else if (isRelease(device.installed())) {
                leftOut.add(Why.INSTALLED, "It has the release already.", id);
            } else if (device.action() != null && isRelease(device.assigned())) {
                leftOut.add(Why.ASSIGNED, "It is being given the release already.", id);
            } else {
                work(device);
                silence(device);
            }
        }

        private void work(DeviceView device) {
            FleetIndex.Busy busy = device.action() == null ? null : fleet.busy(device.id());
            if (busy == null) {
                return;
            }
            if (busy.weight() > weight) {
                leftOut.add(
                        Why.BUSY,
                        "It does something heavier first: weight " + busy.weight() + giver(busy) + ".",
                        device.id());
            } else {
                superseded++;
            }
        }

        private String giver(FleetIndex.Busy busy) {
            RolloutId rollout = busy.rollout();
            return rollout == null
                    ? ", given by hand or by a standing assignment"
                    : " of rollout " + rollouts.getOrDefault(rollout, rollout.toString());
        }

        private void silence(DeviceView device) {
            Instant seen = device.lastSeen();
            if (seen == null) {
                neverSeen++;
            } else if (device.presence() == Presence.OVERDUE && seen.isBefore(now.minus(LONG_SILENCE))) {
                longSilent++;
            }
        }

        List<String> warnings(int leftOver) {
            List<String> warnings = new ArrayList<>();
            counted(warnings, neverSeen, "were never heard");
            counted(warnings, longSilent, "have been silent for more than " + LONG_SILENCE.toDays() + " days");
            counted(warnings, superseded, "work on something else, no heavier, and are asked to stop that");
            MaintenanceWindow window = wish.window();
            if (window != null) {
                MaintenanceWindows.Standing standing = windows.at(window, now);
                if (standing.over()) {
                    warnings.add("The maintenance window never opens again.");
                } else if (!standing.open()) {
                    warnings.add("The maintenance window is closed now; it opens at " + standing.opens() + ".");
                }
            }
            if (wish.joining()) {
                warnings.add("Devices that match later join.");
                counted(warnings, leftOver, "no group takes join when it starts, too");
            }
            return warnings;
        }

        private void counted(List<String> warnings, int devices, String what) {
            if (devices > 0) {
                warnings.add("Devices that " + what + ": " + devices + ".");
            }
        }

        private boolean isRelease(@Nullable ReleaseRef ref) {
            return ref != null && ref.id().equals(release.ref().id());
        }

        private static String words(Hardware hardware) {
            return hardware.revision().equals(Hardware.ANY)
                    ? hardware.model()
                    : hardware.model() + " " + hardware.revision();
        }
    }
}
