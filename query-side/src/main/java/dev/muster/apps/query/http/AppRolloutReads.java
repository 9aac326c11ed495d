package dev.muster.apps.query.http;

import dev.muster.apps.AppCatalogue;
import dev.muster.apps.AppName;
import dev.muster.apps.AppRolloutId;
import dev.muster.apps.AppRolloutView;
import dev.muster.apps.query.AppRolloutIndex;
import dev.muster.apps.query.AppRolloutMembers;
import dev.muster.apps.query.AppRolloutMembers.Entry;
import dev.muster.apps.query.http.AppRolloutLines.AppRolloutMember;
import dev.muster.apps.query.http.AppRolloutLines.AppRolloutMemberPage;
import dev.muster.apps.query.http.AppRolloutLines.MemberState;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Refused;
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

/** Rollouts of releases of apps: how far they are, and how each device stands. */
@RestController
@RequestMapping("/api/v1/app-rollouts")
public class AppRolloutReads {

    private static final String ROLLOUTS = "app-rollouts";
    private static final String MEMBERS = "app-rollout-devices";

    private final AppCatalogue catalogue;
    private final AppRolloutIndex rollouts;
    private final Offload offload;

    public AppRolloutReads(AppCatalogue catalogue, AppRolloutIndex rollouts, Offload offload) {
        this.catalogue = catalogue;
        this.rollouts = rollouts;
        this.offload = offload;
    }

    @GetMapping
    @Requires(Permission.APPS_READ)
    @Operation(summary = "Rollouts of releases, newest first")
    public Mono<AppRolloutLines> list(
            @RequestParam(required = false) @Nullable String app,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        AppName name = app == null ? null : new AppName(app);
        String last = ListCursor.after(cursor, ROLLOUTS);
        int most = Pages.limit(limit);
        return offload.ask(() ->
                lines(rollouts.all(name == null ? null : catalogue.needed(name).key()), last, most));
    }

    private static AppRolloutLines lines(List<AppRolloutView> all, @Nullable String last, int limit) {
        List<AppRolloutView> rest = last == null
                ? all
                : all.stream()
                        .dropWhile(each -> !each.id().toString().equals(last))
                        .skip(1)
                        .toList();
        if (rest.size() <= limit) {
            return new AppRolloutLines(rest, null);
        }
        List<AppRolloutView> items = rest.subList(0, limit);
        return new AppRolloutLines(
                items, ListCursor.of(ROLLOUTS, items.getLast().id().toString()));
    }

    @GetMapping("/{id}")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "One rollout of a release with its groups' counters")
    public Mono<ResponseEntity<AppRolloutView>> one(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return Mono.fromSupplier(() -> {
            AppRolloutView rollout = rollouts.needed(AppRolloutId.parse(id));
            return Conditional.answer(ifNoneMatch, Long.toString(rollout.version()), rollout);
        });
    }

    @GetMapping("/{id}/devices")
    @Requires(Permission.APPS_READ)
    @Operation(summary = "The devices of a rollout of a release, in order of groups, with how each stands")
    public Mono<AppRolloutMemberPage> devices(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer group,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        AppRolloutId rollout = AppRolloutId.parse(id);
        MemberState wanted = state(state);
        DeviceId last = device(cursor);
        int most = Pages.limit(limit);
        return offload.ask(() -> {
            boolean over = rollouts.needed(rollout).over();
            return page(rollouts.members(rollout), over, group, wanted, last, most);
        });
    }

    private static AppRolloutMemberPage page(
            AppRolloutMembers members,
            boolean over,
            @Nullable Integer group,
            @Nullable MemberState wanted,
            @Nullable DeviceId last,
            int limit) {
        NavigableMap<DeviceId, Entry> all = members.all();
        List<AppRolloutMember> items = new ArrayList<>();
        for (Map.Entry<DeviceId, Entry> each : (last == null ? all : all.tailMap(last, false)).entrySet()) {
            Entry entry = each.getValue();
            AppRolloutMember member = AppRolloutMember.of(each.getKey(), entry, members.reached(entry.group()), over);
            boolean shown = (group == null || group == entry.group()) && (wanted == null || wanted == member.state());
            if (shown && items.size() == limit) {
                return new AppRolloutMemberPage(
                        items, ListCursor.of(MEMBERS, items.getLast().id().value()));
            }
            if (shown) {
                items.add(member);
            }
        }
        return new AppRolloutMemberPage(items, null);
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

    private static @Nullable DeviceId device(@Nullable String cursor) {
        String text = ListCursor.after(cursor, MEMBERS);
        if (text == null) {
            return null;
        }
        try {
            return new DeviceId(text);
        } catch (Refused refused) {
            throw ListCursor.foreign();
        }
    }
}
