package dev.muster.apps.command;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppCatalogue.App;
import dev.muster.apps.AppName;
import dev.muster.apps.AppRolloutCommand.CreateRollout;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutPlan;
import dev.muster.apps.AppRollouts;
import dev.muster.apps.AppTarget;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.apps.ProjectKey;
import dev.muster.apps.Projects;
import dev.muster.kernel.Commands;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Plans rollouts of releases: what is asked for is looked at whole before anything of it is there. */
public final class AppRolloutOffice {

    private final Commands commands;
    private final AppCatalogue catalogue;
    private final Projects projects;
    private final AppRollouts rollouts;
    private final AppRolloutMembers candidates;

    public AppRolloutOffice(
            Commands commands,
            AppCatalogue catalogue,
            Projects projects,
            AppRollouts rollouts,
            AppRolloutMembers candidates) {
        this.commands = commands;
        this.catalogue = catalogue;
        this.projects = projects;
        this.rollouts = rollouts;
        this.candidates = candidates;
    }

    /** What somebody wants rolled out; meanings as in {@link AppRolloutPlan}. */
    public record Order(
            String name,
            AppName app,
            String version,
            @Nullable AppTarget target,
            Place place,
            String filter,
            List<Group> groups,
            @Nullable Instant startAt,
            @Nullable Duration timeout) {

        public Order {
            groups = List.copyOf(groups);
        }
    }

    /** Answers the plan when the rollout exists; memory shall have caught up before. */
    public Mono<AppRolloutPlan> create(AppRolloutId id, Order order, long account) {
        return Mono.fromCallable(() -> looked(id, order, account))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(plan ->
                        commands.<Boolean>send(new CreateRollout(id, plan)).thenReturn(plan));
    }

    private AppRolloutPlan looked(AppRolloutId id, Order order, long account) {
        App app = catalogue.needed(order.app());
        AppRolloutPlan plan = new AppRolloutPlan(
                order.name(),
                app.key(),
                order.version(),
                order.target(),
                order.place(),
                order.filter(),
                order.groups(),
                order.startAt(),
                order.timeout(),
                account);
        AppRolloutRules.check(plan);
        if (app.neededRelease(order.version()).yanked() != null) {
            throw AppsRefusal.RELEASE_YANKED.because("Release " + order.version() + " was taken back.");
        }
        if (plan.place().kind() == Place.Kind.PROJECT) {
            projects.needed(ProjectKey.parse(plan.place().name()));
        }
        onlyFreeMembers(id, plan);
        return plan;
    }

    private void onlyFreeMembers(AppRolloutId id, AppRolloutPlan plan) {
        List<DeviceId> members = candidates.of(plan.filter());
        if (members.isEmpty()) {
            throw AppsRefusal.ROLLOUT_EMPTY.because("No device with an agent matches '" + plan.filter() + "'.");
        }
        List<String> others = new ArrayList<>(AppOverlaps.of(rollouts, id, plan.app(), members));
        if (!others.isEmpty()) {
            throw AppsRefusal.ROLLOUT_OVERLAPS.because(
                    "Some of these devices are members of another rollout of this app that is not over, such as "
                            + others.getFirst() + ".",
                    Map.of("rollouts", others));
        }
    }
}
