package dev.muster.config.command.http;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.Json;
import dev.muster.config.Layer;
import dev.muster.config.RegistryId;
import dev.muster.config.command.ConfigRolloutOffice.Order;
import dev.muster.kernel.Given;
import dev.muster.kernel.KernelRefusal;
import dev.muster.staging.GroupDefaults;
import dev.muster.staging.command.http.GroupRequest;
import dev.muster.staging.command.http.RequestedGroups;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A configuration rollout as it is asked for, read from JSON by ourselves: values stay exact, and no message repeats
 * one.
 */
final class ConfigRolloutRequest {

    static final Set<String> MEMBERS = Set.of(
            "name",
            "view",
            "values",
            "filter",
            "target",
            "groups",
            "groupCount",
            "successPercent",
            "errorPercent",
            "startAt",
            "timeout");

    private static final Set<String> GROUP_MEMBERS =
            Set.of("name", "percent", "count", "successPercent", "errorPercent", "pauseAfter");

    private ConfigRolloutRequest() {}

    /** @param body has no other members than {@link #MEMBERS} */
    static Order order(RegistryId registry, Json.Members body) {
        Instant startAt = read(body, "startAt", Instant::parse);
        Duration timeout = read(body, "timeout", Duration::parse);
        return new Order(
                Given.required(text(body, "name"), "name"),
                registry,
                Given.required(text(body, "view"), "view"),
                DatabagOrders.values(body.get("values")),
                Layer.of(Given.required(text(body, "target"), "target")),
                Given.required(text(body, "filter"), "filter"),
                RequestedGroups.of(
                        groups(body.get("groups")),
                        whole(body, "groupCount"),
                        number(body, "successPercent"),
                        number(body, "errorPercent"),
                        ConfigRefusal.ROLLOUT_INVALID),
                startAt,
                timeout == null ? GroupDefaults.TIMEOUT : timeout);
    }

    private static @Nullable List<GroupRequest> groups(@Nullable Json value) {
        if (value == null || value instanceof Json.Null) {
            return null;
        }
        if (!(value instanceof Json.Items items)) {
            throw KernelRefusal.INVALID_REQUEST.because("'groups' is a list.");
        }
        List<GroupRequest> groups = new ArrayList<>();
        for (Json each : items.values()) {
            if (!(each instanceof Json.Members group)
                    || !GROUP_MEMBERS.containsAll(group.values().keySet())) {
                throw KernelRefusal.INVALID_REQUEST.because(
                        "A group is an object of name, percent or count, successPercent, errorPercent and pauseAfter.");
            }
            groups.add(new GroupRequest(
                    text(group, "name"),
                    number(group, "percent"),
                    number(group, "successPercent"),
                    number(group, "errorPercent"),
                    whole(group, "count"),
                    null,
                    flag(group, "pauseAfter")));
        }
        return groups;
    }

    private static @Nullable String text(Json.Members members, String name) {
        Json value = members.get(name);
        if (value == null || value instanceof Json.Null) {
            return null;
        }
        if (value instanceof Json.Text text) {
            return text.value();
        }
        throw KernelRefusal.INVALID_REQUEST.because("'" + name + "' is a text.");
    }

    private static @Nullable Double number(Json.Members members, String name) {
        Json value = members.get(name);
        if (value == null || value instanceof Json.Null) {
            return null;
        }
        if (value instanceof Json.Num number) {
            return number.value().doubleValue();
        }
        throw KernelRefusal.INVALID_REQUEST.because("'" + name + "' is a number.");
    }

    private static @Nullable Integer whole(Json.Members members, String name) {
        Double number = number(members, name);
        if (number == null) {
            return null;
        }
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw KernelRefusal.INVALID_REQUEST.because("'" + name + "' is a whole number.");
        }
        return number.intValue();
    }

    private static boolean flag(Json.Members members, String name) {
        Json value = members.get(name);
        if (value == null || value instanceof Json.Null) {
            return false;
        }
        if (value instanceof Json.Bool flag) {
            return flag.value();
        }
        throw KernelRefusal.INVALID_REQUEST.because("'" + name + "' is true or false.");
    }

    private static <T> @Nullable T read(Json.Members members, String name, Function<String, T> reader) {
        String text = text(members, name);
        if (text == null) {
            return null;
        }
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw KernelRefusal.INVALID_REQUEST.because(
                    "'" + name + "' is as ISO 8601 has it, such as 2026-11-20T08:00:00Z or PT24H.");
        }
    }
}
