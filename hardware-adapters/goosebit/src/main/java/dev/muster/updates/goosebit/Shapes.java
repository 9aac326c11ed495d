package dev.muster.updates.goosebit;

import dev.muster.identity.AccountBook;
import dev.muster.identity.GoosebitGrants;
import dev.muster.identity.GrantLists;
import dev.muster.updates.DeviceView;
import dev.muster.updates.Hardware;
import dev.muster.updates.modes.FeedRollouts.FeedRollout;
import dev.muster.updates.modes.Following;
import dev.muster.updates.modes.Software;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Devices, software, rollouts and users as JSON, each member in its place (contract §6). */
final class Shapes {

    /** What stands for a token that is there: only its digest is known. Sent back it means to leave the token alone. */
    static final String TOKEN = "***";

    /** How late a device may be and still count as on time. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final GoosebitPorts ports;
    private final SleepTime sleep;

    Shapes(GoosebitPorts ports, SleepTime sleep) {
        this.ports = ports;
        this.sleep = sleep;
    }

    /**
     * @param software what the device is meant to have, or null
     * @param tokens whether the reader may know whether there is a token
     */
    ObjectNode device(DeviceView view, Following following, @Nullable Software software, boolean tokens, Instant now) {
        ObjectNode device = Json.object().put("id", view.id().value());
        device.put("name", name(view));
        device.put("sw_version", following.version());
        device.set("assigned_software", software == null ? Json.nothing() : software(software));
        device.set("hardware", hardware(following.hardware()));
        device.put("feed", following.feed());
        device.put("progress", following.progress());
        device.put("last_state", word(following.state().name()));
        device.put("update_mode", word(following.mode().name()));
        device.put("force_update", following.force());
        String v4 = Addresses.v4(view.address());
        String v6 = Addresses.v6(view.address());
        device.put("last_ipv4", v4);
        device.put("last_ipv6", v6);
        Instant heard = ports.heartbeats().lastHeard(view.id());
        Long ago =
                heard == null ? null : Math.max(0, Duration.between(heard, now).toSeconds());
        device.put("last_seen", ago);
        device.put("auth_token", tokens && view.hasToken() ? TOKEN : null);
        long interval = sleep.of(view.id()).toSeconds();
        if (ago == null) {
            device.putNull("polling");
        } else {
            device.put("polling", ago < interval + GRACE.toSeconds());
        }
        device.put("last_ip", v4 == null ? v6 : v4);
        return device.put("poll_seconds", interval);
    }

    /** A device that nobody named has its id as name here, and none there. */
    static @Nullable String name(DeviceView view) {
        return view.name().equals(view.id().value()) ? null : view.name();
    }

    /** As enumerations are written: one word, capitalised. */
    static String word(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    ObjectNode hardware(Hardware hardware) {
        return Json.object()
                .put("id", ports.hardware().number(hardware))
                .put("model", hardware.model())
                .put("revision", hardware.revision());
    }

    ObjectNode software(Software software) {
        ObjectNode shown = Json.object()
                .put("id", software.number())
                .put("size", software.artifact().size())
                .put("hash", software.artifact().sha1())
                .put("version", software.version());
        ArrayNode compatibility = shown.putArray("compatibility");
        software.compatibility().forEach(each -> compatibility.add(hardware(each)));
        return shown.put("name", uri(software));
    }

    /** The file's name, or where it lies without the password. */
    static String uri(Software software) {
        String url = software.artifact().url();
        return url == null ? software.artifact().fileName() : url;
    }

    ObjectNode rollout(FeedRollout rollout) {
        ObjectNode shown = Json.object()
                .put("id", rollout.number())
                .put("created_at", rollout.createdAt().toEpochMilli())
                .put("name", rollout.name())
                .put("feed", rollout.feed());
        Software software = ports.shelf().find(rollout.software());
        shown.set("software", software == null ? Json.nothing() : software(software));
        return shown.put("paused", rollout.paused())
                .put("success_count", rollout.successCount())
                .put("failure_count", rollout.failureCount());
    }

    static ObjectNode user(AccountBook.Entry entry, GrantLists lists) {
        ObjectNode user = Json.object().put("username", entry.username()).put("enabled", entry.enabled());
        ArrayNode permissions = user.putArray("permissions");
        grants(entry, lists).entries().forEach(permissions::add);
        return user;
    }

    static GoosebitGrants grants(AccountBook.Entry entry, GrantLists lists) {
        List<String> listed = lists.grantsOf(entry.id());
        return listed == null ? GoosebitGrants.of(entry.permissions()) : new GoosebitGrants(listed);
    }

    /** Under one name, as lists are answered. */
    static ObjectNode under(String name, Iterable<? extends JsonNode> items) {
        ObjectNode all = Json.object();
        ArrayNode list = all.putArray(name);
        for (JsonNode each : items) {
            list.add(each);
        }
        return all;
    }
}
