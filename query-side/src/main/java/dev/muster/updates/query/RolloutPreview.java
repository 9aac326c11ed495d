package dev.muster.updates.query;

import dev.muster.registry.DeviceId;
import dev.muster.staging.Distribution;
import dev.muster.updates.Catalogue;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Fleet;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.UpdatesRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a rollout would do if it were planned now. Changes nothing. */
public final class RolloutPreview {

    private static final int SAMPLE_MAX = 20;

    private final Fleet fleet;
    private final Catalogue catalogue;

    public RolloutPreview(Fleet fleet, Catalogue catalogue) {
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
        Fleet.Membership membership = fleet.membership(catalogue.usable(releaseId), filter);
        int members = membership.members().size();
        List<DeviceView> sample = membership.members().stream()
                .limit(SAMPLE_MAX)
                .map(fleet::find)
                .filter(Objects::nonNull)
                .toList();
        return new Preview(
                membership.matching(),
                membership.incompatible().size(),
                members,
                groups(shares, membership.members()),
                sample);
    }

    private List<Group> groups(List<Share> shares, List<DeviceId> members) {
        if (shares.size() > dev.muster.staging.Group.COUNT_MAX) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because(
                    "A rollout has at most " + dev.muster.staging.Group.COUNT_MAX + " groups.");
        }
        for (Share share : shares) {
            if (!(share.percent() > 0 && share.percent() <= 100)) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because("A group's percent is above 0 and at most 100.");
            }
        }
        List<dev.muster.staging.Group> planned = shares.stream()
                .map(share -> new dev.muster.staging.Group(share.name(), share.percent(), 80, 20, null, null))
                .toList();
        List<Integer> sizes = Distribution.of(planned, members, fleet::hits).sizes();
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < sizes.size(); i++) {
            groups.add(new Group(shares.get(i).name(), sizes.get(i)));
        }
        return groups;
    }
}
