package dev.muster.updates.command.http;

import dev.muster.kernel.Given;
import dev.muster.staging.Group;
import dev.muster.staging.GroupDefaults;
import dev.muster.staging.command.StagingRules;
import dev.muster.staging.command.http.RequestedGroups;
import dev.muster.updates.ActionType;
import dev.muster.updates.Catalogue;
import dev.muster.updates.CurrentSettings;
import dev.muster.updates.Fleet;
import dev.muster.updates.MaintenanceWindows;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutFilter;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutMemberships;
import dev.muster.updates.RolloutMemberships.OpenRollout;
import dev.muster.updates.RolloutOutcomes;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.UpdatesRefusal;
import java.time.Clock;
import java.util.List;

/** Turns what an operator asks for into a plan, and refuses what cannot work. */
public final class RolloutAssembly {

    private static final String RETRY_SUFFIX = " (retry)";

    private final Catalogue catalogue;
    private final Fleet fleet;
    private final MaintenanceWindows windows;
    private final RolloutMemberships rollouts;
    private final RolloutOutcomes outcomes;
    private final CurrentSettings settings;
    private final Clock clock;

    public RolloutAssembly(
            Catalogue catalogue,
            Fleet fleet,
            MaintenanceWindows windows,
            RolloutMemberships rollouts,
            RolloutOutcomes outcomes,
            CurrentSettings settings,
            Clock clock) {
        this.catalogue = catalogue;
        this.fleet = fleet;
        this.windows = windows;
        this.rollouts = rollouts;
        this.outcomes = outcomes;
        this.settings = settings;
        this.clock = clock;
    }

    RolloutPlan plan(RolloutRequest request) {
        ReleaseId releaseId = ReleaseId.parse(Given.required(request.releaseId(), "releaseId"));
        Catalogue.Release release = catalogue.usable(releaseId);
        String filter = RolloutFilter.of(request.filter(), request.feed());
        if (request.joining() == null) {
            onlyWithMembers(filter, release);
        } else {
            // Its members may all be yet to come; a filter that cannot be read hits nobody ever.
            fleet.filter(filter);
        }
        List<Group> groups = RequestedGroups.of(
                request.groups(),
                request.groupCount(),
                request.successPercent(),
                request.errorPercent(),
                UpdatesRefusal.ROLLOUT_INVALID);
        for (Group group : groups) {
            if (group.filter() != null) {
                fleet.filter(group.filter());
            }
        }
        return new RolloutPlan(
                Given.required(request.name(), "name"),
                release.ref(),
                filter,
                groups,
                request.type() == null ? ActionType.FORCED : request.type(),
                request.forcedAt(),
                request.weight(),
                request.window() == null ? null : request.window().window(windows, clock.instant()),
                Boolean.TRUE.equals(request.confirm()),
                request.startAt(),
                request.timeout() == null ? GroupDefaults.TIMEOUT : request.timeout(),
                RequestedCare.of(request, needsApproval(Boolean.TRUE.equals(request.approval()))));
    }

    /** The same once more for those on which it failed, in one group, started by hand. */
    RolloutPlan retryOf(RolloutId id) {
        OpenRollout before = rollouts.find(id);
        if (before == null) {
            throw UpdatesRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + id + ".");
        }
        if (outcomes.failed(id).isEmpty()) {
            throw UpdatesRefusal.ROLLOUT_EMPTY.because("The rollout failed on no device.");
        }
        RolloutPlan plan = before.plan();
        Group last = plan.groups().getLast();
        RolloutPolicy care = plan.care();
        return new RolloutPlan(
                retried(plan.name()),
                catalogue.usable(plan.release().id()).ref(),
                plan.filter(),
                List.of(new Group("failed", 100, last.successPercent(), last.errorPercent(), null, null)),
                plan.type(),
                plan.forcedAt(),
                plan.weight(),
                plan.window(),
                plan.confirm(),
                null,
                plan.timeout(),
                new RolloutPolicy(
                        needsApproval(care.approval()),
                        care.rate(),
                        care.retry(),
                        care.healthyWithin(),
                        null,
                        care.rollback(),
                        id));
    }

    private boolean needsApproval(boolean wanted) {
        return wanted || Boolean.TRUE.equals(settings.get().rolloutApproval());
    }

    private static String retried(String name) {
        int kept = Math.min(name.length(), StagingRules.NAME_LENGTH_MAX - RETRY_SUFFIX.length());
        return name.substring(0, kept) + RETRY_SUFFIX;
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
}
