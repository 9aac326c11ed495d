package dev.muster.updates.query;

import dev.muster.updates.Catalogue;
import dev.muster.updates.Catalogue.Release;
import dev.muster.updates.DeviceView;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.util.ArrayList;
import java.util.List;

/** What a rollout would do if it were planned now. Changes nothing. */
public final class RolloutPreview {

    private static final int SAMPLE_MAX = 20;

    private final FleetIndex fleet;
    private final Catalogue catalogue;

    public RolloutPreview(FleetIndex fleet, Catalogue catalogue) {
        this.fleet = fleet;
        this.catalogue = catalogue;
    }

    /** A group with how many devices it would have. */
    public record Group(String name, int size) {}

    /**
     * @param matching devices that the filter hits
     * @param incompatible those of them whose hardware the release does not fit
     * @param members those that would take part
     * @param sample the first of them
     */
    public record Preview(int matching, int incompatible, int members, List<Group> groups, List<DeviceView> sample) {}

    /** A group's name and its share of all members in percent. */
    public record Share(String name, double percent) {}

    /** Refuses a broken filter and a release that is unknown or was invalidated. Looks at every device. */
    public Preview preview(ReleaseId releaseId, String filter, List<Share> shares) {
        Release release = catalogue.find(releaseId);
        if (release == null || release.deleted()) {
            throw UpdatesRefusal.RELEASE_UNKNOWN.because("There is no release " + releaseId + ".");
        }
        if (!release.valid()) {
            throw UpdatesRefusal.RELEASE_INVALIDATED.because("The release was invalidated.");
        }
        List<DeviceState> matching = fleet.matchingStates(filter);
        List<DeviceState> members = matching.stream()
                .filter(device -> release.fits(device.hardware()))
                .toList();
        List<DeviceView> sample =
                members.stream().limit(SAMPLE_MAX).map(fleet::view).toList();
        return new Preview(
                matching.size(),
                matching.size() - members.size(),
                members.size(),
                groups(shares, members.size()),
                sample);
    }

    /** Shares are rounded up to whole devices; the last group takes what is left, as when a rollout is planned. */
    private static List<Group> groups(List<Share> shares, int members) {
        if (shares.size() > RolloutPlan.GROUPS_MAX) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because(
                    "A rollout has at most " + RolloutPlan.GROUPS_MAX + " groups.");
        }
        List<Group> groups = new ArrayList<>();
        int left = members;
        for (int i = 0; i < shares.size(); i++) {
            double percent = shares.get(i).percent();
            if (!(percent > 0 && percent <= 100)) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because("A group's percent is above 0 and at most 100.");
            }
            int wanted = (int) Math.ceil(members * percent / 100.0 - 1e-9);
            int size = i == shares.size() - 1 ? left : Math.min(left, wanted);
            groups.add(new Group(shares.get(i).name(), size));
            left -= size;
        }
        return groups;
    }
}
