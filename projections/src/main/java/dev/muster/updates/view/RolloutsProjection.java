package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.overview.view.ViewCollection;
import dev.muster.overview.view.ViewKey;
import dev.muster.overview.view.ViewProjection;
import dev.muster.overview.view.Views;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.ActionEvent.ActionInstalled;
import dev.muster.updates.ActionEvent.RetryGivenUp;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.MembersJoined;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every rollout with its counters, in collection {@code rollouts}, and its members in {@code rollout_members}.
 * Counters follow the actions themselves, so they are ahead of the rollout's own, which it sums up now and then. An
 * event costs the same whatever the rollout's size: one group changes, the plot's newest point moves by as much, and
 * what a batch made of the document is written once.
 */
public final class RolloutsProjection implements ViewProjection {

    static final ViewCollection<RolloutView> ROLLOUTS = new ViewCollection<>("rollouts", RolloutView.class);
    static final ViewCollection<RolloutMembers> MEMBERS = new ViewCollection<>("rollout_members", RolloutMembers.class);

    @Override
    public String name() {
        return "rollouts";
    }

    @Override
    public List<ViewCollection<?>> collections() {
        return List.of(ROLLOUTS, MEMBERS);
    }

    @Override
    public @Nullable String sequence(Recorded recorded) {
        RolloutId rollout = rollout(recorded.event());
        return rollout == null ? null : rollout.toString();
    }

    @Override
    public List<ViewKey> needs(Recorded recorded) {
        RolloutId rollout = rollout(recorded.event());
        if (rollout == null) {
            return List.of();
        }
        ViewKey document = ROLLOUTS.key(rollout.toString());
        Part part = part(recorded.event());
        return part == null ? List.of(document) : List.of(document, MEMBERS.key(part.id()));
    }

    @Override
    public void fold(Recorded recorded, Views views) {
        RolloutId rollout = rollout(recorded.event());
        if (rollout == null) {
            return;
        }
        Part part = part(recorded.event());
        if (part != null) {
            views.change(MEMBERS, part.id(), before -> new RolloutMembers(List.copyOf(part.members())));
        }
        views.change(ROLLOUTS, rollout.toString(), before -> RolloutStory.after(before, recorded));
    }

    /** A part of a group's members under its document's id. */
    private record Part(String id, List<DeviceId> members) {

        static Part of(RolloutId rollout, int group, int chunk, List<DeviceId> members) {
            return new Part(rollout + "/" + group + "/" + chunk, members);
        }
    }

    private static @Nullable Part part(Object event) {
        return switch (event) {
            case MembersPlanned e -> Part.of(e.rolloutId(), e.group(), e.chunk(), e.members());
            case MembersJoined e -> Part.of(e.rolloutId(), e.group(), e.chunk(), e.members());
            default -> null;
        };
    }

    private static @Nullable RolloutId rollout(Object event) {
        return switch (event) {
            case RolloutEvent e -> e.rolloutId();
            case ActionAssigned e -> e.rollout();
            case ActionInstalled e -> e.rollout();
            case ActionFinished e -> e.rollout();
            case ActionDownloaded e -> e.rollout();
            case ActionFailed e -> e.rollout();
            case ActionCanceled e -> e.rollout();
            case RetryGivenUp e -> e.rollout();
            default -> null;
        };
    }
}
