package dev.muster.updates.view;

import dev.muster.kernel.Recorded;
import dev.muster.overview.view.ViewCollection;
import dev.muster.overview.view.ViewKey;
import dev.muster.overview.view.ViewProjection;
import dev.muster.overview.view.Views;
import dev.muster.updates.ActionEvent.ActionAssigned;
import dev.muster.updates.ActionEvent.ActionCanceled;
import dev.muster.updates.ActionEvent.ActionDownloaded;
import dev.muster.updates.ActionEvent.ActionFailed;
import dev.muster.updates.ActionEvent.ActionFinished;
import dev.muster.updates.RolloutEvent;
import dev.muster.updates.RolloutEvent.MembersPlanned;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every rollout with its counters, in collection {@code rollouts}, and its frozen members in {@code rollout_members}.
 * Counters follow the actions themselves, so they are ahead of the rollout's own, which it sums up now and then.
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
        return recorded.event() instanceof MembersPlanned planned
                ? List.of(document, MEMBERS.key(id(planned)))
                : List.of(document);
    }

    private static String id(MembersPlanned planned) {
        return planned.rolloutId() + "/" + planned.group() + "/" + planned.chunk();
    }

    @Override
    public void fold(Recorded recorded, Views views) {
        RolloutId rollout = rollout(recorded.event());
        if (rollout == null) {
            return;
        }
        if (recorded.event() instanceof MembersPlanned planned) {
            views.change(MEMBERS, id(planned), before -> new RolloutMembers(List.copyOf(planned.members())));
        }
        views.change(ROLLOUTS, rollout.toString(), before -> RolloutStory.after(before, recorded));
    }

    private static @Nullable RolloutId rollout(Object event) {
        return switch (event) {
            case RolloutEvent e -> e.rolloutId();
            case ActionAssigned e -> e.rollout();
            case ActionFinished e -> e.rollout();
            case ActionDownloaded e -> e.rollout();
            case ActionFailed e -> e.rollout();
            case ActionCanceled e -> e.rollout();
            default -> null;
        };
    }
}
