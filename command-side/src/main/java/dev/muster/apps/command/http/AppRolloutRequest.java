package dev.muster.apps.command.http;

import dev.muster.apps.AppName;
import dev.muster.apps.AppsRefusal;
import dev.muster.apps.Place;
import dev.muster.apps.command.AppRolloutOffice.Order;
import dev.muster.config.Json;
import dev.muster.kernel.Given;
import dev.muster.kernel.KernelRefusal;
import dev.muster.staging.GroupDefaults;
import dev.muster.staging.command.http.GroupRequest;
import dev.muster.staging.command.http.RequestedGroups;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rollout of a release as it is asked for. */
final class AppRolloutRequest {

    static final Set<String> MEMBERS = Set.of(
            "name",
            "app",
            "version",
            "target",
            "place",
            "filter",
            "groups",
            "groupCount",
            "successPercent",
            "errorPercent",
            "startAt",
            "timeout");

    private static final Set<String> GROUP_MEMBERS =
            Set.of("name", "percent", "count", "successPercent", "errorPercent", "pauseAfter");

    private AppRolloutRequest() {}

    /** @param body has no other members than {@link #MEMBERS} */
    static Order order(Json.Members body) {
        Instant startAt = AppBodies.read(body, "startAt", Instant::parse);
        Duration timeout = AppBodies.read(body, "timeout", Duration::parse);
        return new Order(
                Given.required(AppBodies.text(body, "name"), "name"),
                new AppName(Given.required(AppBodies.text(body, "app"), "app")),
                Given.required(AppBodies.text(body, "version"), "version"),
                AppBodies.target(body, "target"),
                Place.of(Given.required(AppBodies.text(body, "place"), "place")),
                Given.required(AppBodies.text(body, "filter"), "filter"),
                RequestedGroups.of(
                        groups(body),
                        AppBodies.whole(body, "groupCount"),
                        AppBodies.number(body, "successPercent"),
                        AppBodies.number(body, "errorPercent"),
                        AppsRefusal.ROLLOUT_INVALID),
                startAt,
                timeout == null ? GroupDefaults.TIMEOUT : timeout);
    }

    private static @Nullable List<GroupRequest> groups(Json.Members body) {
        Json given = body.get("groups");
        if (given == null || given instanceof Json.Null) {
            return null;
        }
        List<GroupRequest> groups = new ArrayList<>();
        for (Json each : AppBodies.items(body, "groups")) {
            if (!(each instanceof Json.Members group)
                    || !GROUP_MEMBERS.containsAll(group.values().keySet())) {
                throw KernelRefusal.INVALID_REQUEST.because(
                        "A group is an object of name, percent or count, successPercent, errorPercent and pauseAfter.");
            }
            groups.add(new GroupRequest(
                    AppBodies.text(group, "name"),
                    AppBodies.number(group, "percent"),
                    AppBodies.number(group, "successPercent"),
                    AppBodies.number(group, "errorPercent"),
                    AppBodies.whole(group, "count"),
                    null,
                    AppBodies.flag(group, "pauseAfter", false)));
        }
        return groups;
    }
}
