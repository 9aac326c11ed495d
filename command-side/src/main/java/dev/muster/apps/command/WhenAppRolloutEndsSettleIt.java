package dev.muster.apps.command;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppCatalogue.Release;
import dev.muster.apps.AppRolloutCommand.FinishRollout;
import dev.muster.apps.AppRolloutCommand.RefuseFinish;
import dev.muster.apps.AppRolloutEvent.EveryoneEnded;
import dev.muster.apps.AppRolloutEvent.FinishRetried;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppWishCommand.AdoptRelease;
import dev.muster.kernel.Await;
import dev.muster.kernel.Commands;
import dev.muster.kernel.Policy;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import java.util.List;
import java.util.Map;

/**
 * The end of a rollout of a release: its place stays with the release first, where the members do not notice, for the
 * rollout says the same to them; then the rollout is finished, and they have it from their place.
 */
public final class WhenAppRolloutEndsSettleIt implements Policy {

    private static final Map<String, String> SYSTEM = Map.of(Provenance.ACTOR, "system:app-rollout");

    private final Commands commands;
    private final AppRollouts rollouts;
    private final AppCatalogue catalogue;
    private final Positions positions;

    public WhenAppRolloutEndsSettleIt(
            Commands commands, AppRollouts rollouts, AppCatalogue catalogue, Positions positions) {
        this.commands = commands;
        this.rollouts = rollouts;
        this.catalogue = catalogue;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "when-app-rollout-ends-settle-it";
    }

    @Override
    public void react(List<Recorded> batch) {
        for (Recorded recorded : batch) {
            switch (recorded.event()) {
                case EveryoneEnded e -> settle(e.rolloutId());
                case FinishRetried e -> settle(e.rolloutId());
                default -> {}
            }
        }
    }

    private void settle(AppRolloutId id) {
        Await.done(positions.caughtUp(Await.HANDLER_WAIT_MAX));
        AppRolloutView rollout = rollouts.needed(id);
        if (rollout.over()) {
            // Heard again: the place has had the release, and may have been given another since.
            return;
        }
        AppRolloutPlan plan = rollout.plan();
        App app = catalogue.keyed(plan.app());
        Release release = app == null || app.removed() ? null : app.release(plan.version());
        if (release == null || release.yanked() != null) {
            refuse(id, "Release " + plan.version() + " was taken back.");
            return;
        }
        try {
            Await.done(commands.send(
                    new AdoptRelease(plan.app(), plan.place(), plan.version(), plan.target(), plan.account()), SYSTEM));
        } catch (Refused refused) {
            // People decide about what the place does not take; a busy house is asked again.
            if (refused.refusal().kind() == Refusal.Kind.UNAVAILABLE) {
                throw refused;
            }
            refuse(id, refused.refusal().message());
            return;
        }
        Await.done(commands.send(new FinishRollout(id), SYSTEM));
    }

    private void refuse(AppRolloutId id, String why) {
        Await.done(commands.send(new RefuseFinish(id, why), SYSTEM));
    }
}
