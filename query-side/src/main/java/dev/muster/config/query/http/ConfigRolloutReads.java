package dev.muster.config.query.http;

import dev.muster.config.ConfigRefusal;
import dev.muster.config.ConfigRolloutId;
import dev.muster.config.ConfigRolloutView;
import dev.muster.config.Registries;
import dev.muster.config.RegistryId;
import dev.muster.config.query.ConfigRolloutIndex;
import dev.muster.config.query.RolloutMembers;
import dev.muster.config.query.RolloutMembers.Entry;
import dev.muster.config.query.http.ConfigRolloutLines.ConfigRolloutMember;
import dev.muster.config.query.http.ConfigRolloutLines.ConfigRolloutMembers;
import dev.muster.config.query.http.ConfigRolloutLines.MemberState;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.registry.DeviceId;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Rollouts of configuration: how far they are, and how each device stands. */
@RestController
@RequestMapping("/api/v1/registries/{account}/{name}/rollouts")
public class ConfigRolloutReads {

    private static final String ROLLOUTS = "rollouts";
    private static final String MEMBERS = "rollout-devices";

    private final Registries registries;
    private final ConfigRolloutIndex rollouts;
    private final Offload offload;

    public ConfigRolloutReads(Registries registries, ConfigRolloutIndex rollouts, Offload offload) {
        this.registries = registries;
        this.rollouts = rollouts;
        this.offload = offload;
    }

    @GetMapping
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "Rollouts of a registry's values, newest first")
    public Mono<ConfigRolloutLines> list(
            @PathVariable String account,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        RegistryId registry = new RegistryId(account, name);
        String last = Marks.after(cursor, ROLLOUTS);
        int most = Pages.limit(limit);
        return offload.ask(() -> {
            registries.needed(registry);
            return lines(rollouts.all(registry), last, most);
        });
    }

    private static ConfigRolloutLines lines(List<ConfigRolloutView> all, @Nullable String last, int limit) {
        List<ConfigRolloutView> rest = last == null
                ? all
                : all.stream()
                        .dropWhile(each -> !each.id().toString().equals(last))
                        .skip(1)
                        .toList();
        if (rest.size() <= limit) {
            return new ConfigRolloutLines(rest, null);
        }
        List<ConfigRolloutView> items = rest.subList(0, limit);
        return new ConfigRolloutLines(
                items, ListCursor.of(ROLLOUTS, items.getLast().id().toString()));
    }

    @GetMapping("/{id}")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "One rollout of values with its groups' counters")
    public Mono<ResponseEntity<ConfigRolloutView>> one(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Mono.fromSupplier(() -> {
            ConfigRolloutView rollout = needed(new RegistryId(account, name), ConfigRolloutId.parse(id));
            return Conditional.answer(ifNoneMatch, Long.toString(rollout.version()), rollout);
        });
    }

    @GetMapping("/{id}/devices")
    @Requires(Permission.CONFIG_READ)
    @Operation(summary = "The devices of a rollout of values, in order of groups, with how each stands")
    public Mono<ConfigRolloutMembers> devices(
            @PathVariable String account,
            @PathVariable String name,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer group,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        RegistryId registry = new RegistryId(account, name);
        ConfigRolloutId rollout = ConfigRolloutId.parse(id);
        MemberState wanted = state(state);
        DeviceId last = Marks.deviceAfter(cursor, MEMBERS);
        int most = Pages.limit(limit);
        return offload.ask(() -> {
            boolean over = needed(registry, rollout).over();
            return page(rollouts.members(rollout), over, group, wanted, last, most);
        });
    }

    private static ConfigRolloutMembers page(
            RolloutMembers members,
            boolean over,
            @Nullable Integer group,
            @Nullable MemberState wanted,
            @Nullable DeviceId last,
            int limit) {
        NavigableMap<DeviceId, Entry> all = members.all();
        List<ConfigRolloutMember> items = new ArrayList<>();
        for (Map.Entry<DeviceId, Entry> each : (last == null ? all : all.tailMap(last, false)).entrySet()) {
            Entry entry = each.getValue();
            ConfigRolloutMember member =
                    ConfigRolloutMember.of(each.getKey(), entry, members.reached(entry.group()), over);
            boolean shown = (group == null || group == entry.group()) && (wanted == null || wanted == member.state());
            if (shown && items.size() == limit) {
                return new ConfigRolloutMembers(
                        items, ListCursor.of(MEMBERS, items.getLast().id().value()));
            }
            if (shown) {
                items.add(member);
            }
        }
        return new ConfigRolloutMembers(items, null);
    }

    private ConfigRolloutView needed(RegistryId registry, ConfigRolloutId id) {
        ConfigRolloutView rollout = rollouts.needed(id);
        if (!rollout.plan().registry().equals(registry)) {
            throw ConfigRefusal.ROLLOUT_UNKNOWN.because("'" + registry + "' has no rollout " + id + ".");
        }
        return rollout;
    }

    private static @Nullable MemberState state(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return null;
        }
        for (MemberState each : MemberState.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word.strip())) {
                return each;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because("'state' is waiting, running, succeeded, failed or canceled.");
    }
}
