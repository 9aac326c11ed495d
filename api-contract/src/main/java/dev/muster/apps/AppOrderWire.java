package dev.muster.apps;

import dev.muster.config.Json;
import dev.muster.config.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An order in the very words of the agent: the same for what it asks for when it starts and for what it is told in
 * between. Values are texts, booleans, whole numbers as {@link Long}, other numbers, lists, maps and nulls. Whatever the
 * agent's strict store would stumble over cannot come out of here: parameters are objects with a value, keys are
 * positive numbers or left out, a composition is an object or null, the state it begins at is always there.
 */
public final class AppOrderWire {

    private AppOrderWire() {}

    /**
     * @param open the JSON text of a parameter; null for one whose key was destroyed, which is left out. May block
     */
    public static Map<String, Object> of(AppOrder order, Function<Parameter, @Nullable String> open) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("app_key", order.app().value());
        all.put("app_name", order.name().value());
        all.put("stage", order.stage().name());
        all.put("current_state", order.current().name());
        all.put("target_state", order.target().name());
        all.put("requestor_account_key", order.requestor());
        all.put("device_owner_account_key", order.owner());
        key(all, "release_key", order.release());
        key(all, "new_release_key", order.newRelease());
        all.put("present_version", order.presentVersion());
        all.put("newest_version", order.newestVersion());
        all.put("request_update", order.update());
        if (order.cancel()) {
            all.put("cancel_transition", true);
        }
        all.put("environment", environment(order, open));
        all.put("environment_template", template(order.environmentTemplate()));
        all.put("ports", order.ports().stream().map(AppOrderWire::port).toList());
        all.put("docker_compose", composition(order.compose()));
        all.put("new_docker_compose", composition(order.newCompose()));
        all.put("app_cred_epoch", (long) order.credentialEpoch());
        return unmodifiable(all);
    }

    /** A parameter of an app and its value as it is kept. */
    public record Parameter(AppKey app, String name, WantedApp.Value value) {}

    private static void key(Map<String, @Nullable Object> all, String name, @Nullable ReleaseKey key) {
        if (key != null) {
            all.put(name, key.value());
        }
    }

    private static Map<String, Object> environment(AppOrder order, Function<Parameter, @Nullable String> open) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        if (order.stage() == AppStage.PROD) {
            order.environment().forEach((name, value) -> {
                String json = open.apply(new Parameter(order.app(), name, value));
                if (json != null) {
                    Map<String, @Nullable Object> held = new LinkedHashMap<>();
                    held.put("value", plain(JsonReader.read(json)));
                    values.put(name, unmodifiable(held));
                }
            });
        }
        return unmodifiable(values);
    }

    /** Only what is an object may stand in it: anything else wedges the app until the agent restarts. */
    private static Map<String, Object> template(String text) {
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        if (JsonReader.read(text) instanceof Json.Members members) {
            members.values().forEach((name, entry) -> {
                if (entry instanceof Json.Members) {
                    entries.put(name, plain(entry));
                }
            });
        }
        return unmodifiable(entries);
    }

    private static @Nullable Object composition(@Nullable String text) {
        return text == null ? null : plain(JsonReader.read(text));
    }

    private static Map<String, Object> port(PortRule rule) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", rule.name());
        all.put("port", (long) rule.port());
        all.put("protocol", rule.protocol().wireName());
        all.put("main", rule.main());
        all.put("active", rule.active());
        all.put("public", rule.isPublic());
        all.put("local_ip", rule.localIp());
        all.put("remote_port", (long) rule.remotePort());
        all.put("remote_port_environment", rule.remotePortEnvironment());
        Integer hostPort = rule.hostPort();
        if (hostPort != null) {
            all.put("host_port", hostPort.longValue());
        }
        return unmodifiable(all);
    }

    /** JSON as plain objects. Whole numbers stay whole: the agent takes a count only as one. */
    static @Nullable Object plain(Json json) {
        return switch (json) {
            case Json.Null ignored -> null;
            case Json.Bool bool -> bool.value();
            case Json.Text text -> text.value();
            case Json.Num number -> {
                Long whole = number.asLong();
                yield whole == null ? number.value() : whole;
            }
            case Json.Items items -> {
                List<@Nullable Object> values = new ArrayList<>();
                items.values().forEach(each -> values.add(plain(each)));
                yield java.util.Collections.unmodifiableList(values);
            }
            case Json.Members members -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                members.values().forEach((name, each) -> values.put(name, plain(each)));
                yield java.util.Collections.unmodifiableMap(values);
            }
        };
    }

    @SuppressWarnings("NullAway") // a null is a value of JSON; the type of maps in between has no word for that
    private static Map<String, Object> unmodifiable(Map<String, @Nullable Object> map) {
        return java.util.Collections.unmodifiableMap(map);
    }
}
