package dev.muster.updates.command.http;

import dev.muster.kernel.Given;
import dev.muster.staging.command.http.RequestedGroups;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.UpdatesRefusal;
import java.time.Clock;
import java.time.Duration;

/** Turns what an operator asks for into a plan, and refuses what cannot work. */
public final class RolloutAssembly {

    private static final Duration TIMEOUT_DEFAULT = Duration.ofHours(24);

    private final Catalogue catalogue;
    private final Fleet fleet;
    private final MaintenanceWindows windows;
    private final Clock clock;

    public RolloutAssembly(Catalogue catalogue, Fleet fleet, MaintenanceWindows windows, Clock clock) {
        this.catalogue = catalogue;
        this.fleet = fleet;
        this.windows = windows;
        this.clock = clock;
    }

    RolloutPlan plan(RolloutRequest request) {
        ReleaseId releaseId = ReleaseId.parse(Given.required(request.releaseId(), "releaseId"));
        Catalogue.Release release = catalogue.usable(releaseId);
        String filter = filter(request);
        onlyWithMembers(filter, release);
        return new RolloutPlan(
                Given.required(request.name(), "name"),
                release.ref(),
                filter,
                RequestedGroups.of(
                        request.groups(),
                        request.groupCount(),
                        request.successPercent(),
                        request.errorPercent(),
                        UpdatesRefusal.ROLLOUT_INVALID),
                request.type() == null ? ActionType.FORCED : request.type(),
                request.forcedAt(),
                request.weight(),
                request.window() == null ? null : request.window().window(windows, clock.instant()),
                Boolean.TRUE.equals(request.confirm()),
                request.startAt(),
                request.timeout() == null ? TIMEOUT_DEFAULT : request.timeout());
    }

    private void onlyWithMembers(String filter, Catalogue.Release release) {
        Fleet.Membership membership = fleet.membership(release, filter);
        if (membership.members().isEmpty()) {
            int matching = membership.matching();
            throw UpdatesRefusal.ROLLOUT_EMPTY.because(
                    matching == 0
                            ? "No device matches '" + filter + "'."
                            : "The release fits none of the " + matching + " devices that match '" + filter + "'.");
        }
    }

    private static String filter(RolloutRequest request) {
        if (request.feed() != null) {
            if (request.filter() != null) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because("Give a filter or a feed, not both.");
            }
            if (!request.feed().matches("[A-Za-z0-9._-]{1,128}")) {
                throw UpdatesRefusal.ROLLOUT_INVALID.because(
                        "A feed's name has letters, digits, dot, dash, underscore.");
            }
            return "metadata.feed==" + request.feed();
        }
        return Given.required(request.filter(), "filter");
    }
}
