package dev.muster.updates.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.Given;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import dev.muster.staging.Group;
import dev.muster.updates.ReleaseId;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.UpdatesRefusal;
import dev.muster.updates.query.MemberStatus;
import dev.muster.updates.query.RolloutPreview;
import dev.muster.updates.query.RolloutPreview.Preview;
import dev.muster.updates.query.RolloutPreview.Share;
import dev.muster.updates.query.RolloutViews;
import io.swagger.v3.oas.annotations.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Rollouts, what they would do, and standing assignments. */
@RestController
public class RolloutReads {

    private final RolloutViews rollouts;
    private final RolloutPreview preview;
    private final StandingAssignments standing;
    private final Offload offload;

    public RolloutReads(RolloutViews rollouts, RolloutPreview preview, StandingAssignments standing, Offload offload) {
        this.rollouts = rollouts;
        this.preview = preview;
        this.standing = standing;
        this.offload = offload;
    }

    /** Newest first, without plots and reasons; those are on each rollout. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Rollouts(
            List<RolloutView> items, @Nullable String next) {}

    /** Oldest first. */
    public record AutoAssignments(List<StandingAssignment> items) {}

    /** The part of a rollout that decides who takes part; meanings as when one is planned. */
    public record PreviewRequest(
            @Nullable String releaseId,
            @Nullable String filter,
            @Nullable String feed,
            @Nullable List<GroupRequest> groups,
            @Nullable Integer groupCount,
            @Nullable Double successPercent,
            @Nullable Double errorPercent) {

        public record GroupRequest(
                @Nullable String name,
                @Nullable Double percent,
                @Nullable Double successPercent,
                @Nullable Double errorPercent) {}
    }

    @GetMapping("/api/v1/rollouts")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "Rollouts, newest first")
    public Mono<ResponseEntity<Rollouts>> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            ServerHttpRequest request) {
        RolloutView.State wanted = word(RolloutView.State.class, "state", state);
        int most = Pages.limit(limit);
        return rollouts.all(wanted)
                .skipUntil(afterCursor(after))
                .skip(after == null ? 0 : 1)
                .take(most + 1L)
                .collectList()
                .map(found -> {
                    boolean more = found.size() > most;
                    List<RolloutView> items = more ? found.subList(0, most) : found;
                    String next = more ? items.getLast().id().toString() : null;
                    return Pages.answer(request, next, new Rollouts(items, next));
                });
    }

    private static java.util.function.Predicate<RolloutView> afterCursor(@Nullable String after) {
        return rollout -> after == null || rollout.id().toString().equals(after);
    }

    @GetMapping("/api/v1/rollouts/{id}")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "One rollout with counters, failure reasons and its plot")
    public Mono<ResponseEntity<RolloutView>> one(
            @PathVariable String id,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return rollouts.find(RolloutId.parse(id))
                .map(found -> Conditional.answer(ifNoneMatch, found.tag(), found.rollout()));
    }

    @GetMapping("/api/v1/rollouts/{id}/devices")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "The devices of a rollout with how each stands")
    public Mono<ResponseEntity<RolloutViews.Members>> devices(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer group,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            ServerHttpRequest request) {
        return rollouts.members(
                        RolloutId.parse(id),
                        group,
                        word(MemberStatus.class, "status", status),
                        after,
                        Pages.limit(limit))
                .map(members -> Pages.answer(request, members.next(), members));
    }

    @PostMapping("/api/v1/rollouts/preview")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "What a rollout would do; changes nothing")
    public Mono<Preview> preview(@RequestBody PreviewRequest request) {
        ReleaseId releaseId = ReleaseId.parse(Given.required(request.releaseId(), "releaseId"));
        String filter = filter(request);
        return offload.ask(() -> preview.preview(releaseId, filter, shares(request)));
    }

    @GetMapping("/api/v1/auto-assignments")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "Standing assignments, oldest first")
    public Mono<AutoAssignments> autoAssignments() {
        return Mono.fromSupplier(() -> new AutoAssignments(standing.all()));
    }

    private static String filter(PreviewRequest request) {
        String feed = request.feed();
        if (feed == null) {
            return Given.required(request.filter(), "filter");
        }
        if (request.filter() != null) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("Give a filter or a feed, not both.");
        }
        if (!feed.matches("[A-Za-z0-9._-]{1,128}")) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("A feed's name has letters, digits, dot, dash, underscore.");
        }
        return "metadata.feed==" + feed;
    }

    private static List<Share> shares(PreviewRequest request) {
        List<Share> shares = new ArrayList<>();
        if (request.groups() != null) {
            for (PreviewRequest.GroupRequest each : request.groups()) {
                String name = each.name() == null ? "group-" + (shares.size() + 1) : each.name();
                shares.add(new Share(name, Given.required(each.percent(), "groups.percent")));
            }
            return shares;
        }
        int count = request.groupCount() == null ? 1 : request.groupCount();
        if (count < 1 || count > Group.COUNT_MAX) {
            throw UpdatesRefusal.ROLLOUT_INVALID.because("groupCount is 1 to " + Group.COUNT_MAX + ".");
        }
        for (int i = 1; i <= count; i++) {
            shares.add(new Share("group-" + i, 100.0 / count));
        }
        return shares;
    }

    /** Reads {@code in-sync} as {@code IN_SYNC}; refuses words that do not exist. */
    private static <E extends Enum<E>> @Nullable E word(Class<E> words, String parameter, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String name = text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
        for (E each : words.getEnumConstants()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because("'" + parameter + "' has no such value.");
    }
}
