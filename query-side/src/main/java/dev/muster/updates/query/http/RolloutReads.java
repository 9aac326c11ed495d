package dev.muster.updates.query.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Conditional;
import dev.muster.registry.query.http.Pages;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import dev.muster.updates.StandingAssignments;
import dev.muster.updates.StandingAssignments.StandingAssignment;
import dev.muster.updates.query.MemberStatus;
import dev.muster.updates.query.RolloutComparison;
import dev.muster.updates.query.RolloutDevices;
import dev.muster.updates.query.RolloutDevices.Question;
import dev.muster.updates.query.RolloutPreview;
import dev.muster.updates.query.RolloutPreview.Preview;
import dev.muster.updates.query.RolloutPreview.Wish;
import dev.muster.updates.query.RolloutViews;
import io.swagger.v3.oas.annotations.Operation;
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
    private final RolloutDevices devices;
    private final RolloutPreview preview;
    private final StandingAssignments standing;
    private final Offload offload;

    public RolloutReads(
            RolloutViews rollouts,
            RolloutDevices devices,
            RolloutPreview preview,
            StandingAssignments standing,
            Offload offload) {
        this.rollouts = rollouts;
        this.devices = devices;
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
    @Operation(
            summary = "One rollout with counters, failure reasons and its plot",
            description = "One that was taken off the lists is found with deleted=true only.")
    public Mono<ResponseEntity<RolloutView>> one(
            @PathVariable String id,
            @RequestParam(required = false, defaultValue = "false") boolean deleted,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String ifNoneMatch) {
        return rollouts.find(RolloutId.parse(id), deleted)
                .map(found -> Conditional.answer(ifNoneMatch, found.tag(), found.rollout()));
    }

    @GetMapping("/api/v1/rollouts/{id}/devices")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "The devices of a rollout with how each stands")
    public Mono<ResponseEntity<RolloutDevices.Members>> devices(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer group,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            ServerHttpRequest request) {
        Question question =
                new Question(group, word(MemberStatus.class, "status", status), reason, after, Pages.limit(limit));
        return rollouts.find(RolloutId.parse(id), true)
                .flatMap(found -> devices.page(found.rollout(), question))
                .map(members -> Pages.answer(request, members.next(), members));
    }

    @GetMapping("/api/v1/rollouts/{id}/members")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(
            summary = "The devices of a rollout that failed for one reason",
            description =
                    "The same list as devices; reason is the key of one of the rollout's reasons, or its message.")
    public Mono<ResponseEntity<RolloutDevices.Members>> members(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer group,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            ServerHttpRequest request) {
        return devices(id, group, status, reason, limit, after, request);
    }

    @GetMapping("/api/v1/rollouts:compare")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "Two rollouts side by side: plans, counters, how long they took, why devices failed")
    public Mono<RolloutComparison> compare(@RequestParam String a, @RequestParam String b) {
        return Mono.zip(rollouts.find(RolloutId.parse(a), true), rollouts.find(RolloutId.parse(b), true))
                .map(both -> RolloutComparison.of(
                        both.getT1().rollout(), both.getT2().rollout()));
    }

    @PostMapping("/api/v1/rollouts/preview")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(
            summary = "What a rollout would do; changes nothing",
            description = "Takes the members of a request that plans one. Looks at every device that the filter hits.")
    public Mono<Preview> preview(@RequestBody PreviewRequest request) {
        Wish wish = request.wish();
        return rollouts.all(null)
                .collectMap(RolloutView::id, rollout -> rollout.plan().name())
                .flatMap(names -> offload.ask(() -> preview.preview(wish, names)));
    }

    @GetMapping("/api/v1/auto-assignments")
    @Requires(Permission.ROLLOUTS_READ)
    @Operation(summary = "Standing assignments, oldest first")
    public Mono<AutoAssignments> autoAssignments() {
        return Mono.fromSupplier(() -> new AutoAssignments(standing.all()));
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
