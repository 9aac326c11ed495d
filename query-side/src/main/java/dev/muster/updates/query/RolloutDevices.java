package dev.muster.updates.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.registry.DeviceId;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.FailureReason;
import dev.muster.updates.RolloutView;
import dev.muster.updates.query.RolloutParts.Place;
import dev.muster.updates.query.RolloutParts.Placed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * The devices of rollouts: who they are from the view store, where each stands from the fleet index, what it said from
 * its action. However many there are, a few hundred are held at a time.
 */
public final class RolloutDevices {

    private static final int HELD_MAX = 500;

    private final RolloutParts parts;
    private final FleetIndex fleet;
    private final MongoActionViews actions;

    public RolloutDevices(ViewReads views, FleetIndex fleet, MongoActionViews actions) {
        this.parts = new RolloutParts(views);
        this.fleet = fleet;
        this.actions = actions;
    }

    /**
     * A device in a rollout.
     *
     * @param group index of its group, from 0
     * @param status how it stands
     * @param action number of its newest action in the rollout, or null while it was not offered the release
     * @param actionStatus the action's own status, or null
     * @param attempt which try that action is, counted from 1, or null when there is only one
     * @param offeredAt when it was given that action, or null
     * @param message the device's newest line, or null
     * @param reason key of the reason why it failed, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(
            DeviceId id,
            @Nullable String name,
            int group,
            MemberStatus status,
            @Nullable Integer action,
            @Nullable ActionStatus actionStatus,
            @Nullable Integer attempt,
            @Nullable Instant offeredAt,
            @Nullable Instant changedAt,
            @Nullable Integer code,
            @Nullable String message,
            @Nullable String reason) {}

    /** @param next cursor of the following page, null on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Members(List<Member> items, @Nullable String next) {}

    /**
     * What to list.
     *
     * @param group only of this group, or null
     * @param status only those that stand so, or null
     * @param reason only those that failed for this reason: its key or what one of them said; or null
     * @param after cursor of the previous page, or null
     */
    public record Question(
            @Nullable Integer group,
            @Nullable MemberStatus status,
            @Nullable String reason,
            @Nullable String after,
            int limit) {}

    private record Standing(Placed placed, FleetIndex.Member member) {}

    private record Found(Placed placed, Member member) {}

    /** A page of a rollout's devices in the order they are offered the release. */
    public Mono<Members> page(RolloutView rollout, Question question) {
        Place start = Place.read(question.after());
        int most = question.limit() + 1;
        Predicate<Found> wanted = wanted(rollout, question.reason());
        MemberStatus status = question.reason() == null ? question.status() : MemberStatus.FAILED;
        return found(rollout, question.group(), status, start, Math.min(most, HELD_MAX))
                .filter(wanted)
                .take(most)
                .collectList()
                .map(all -> page(all, question.limit()));
    }

    /** Every device, for reports. */
    public Flux<Member> all(RolloutView rollout) {
        return found(rollout, null, null, Place.FIRST, HELD_MAX).map(Found::member);
    }

    /** The index of the group that the device is a member of; empty when it is none. */
    Mono<Integer> groupOf(RolloutView rollout, DeviceId id) {
        return parts.groupOf(rollout, id);
    }

    private static Members page(List<Found> all, int limit) {
        boolean more = all.size() > limit;
        List<Found> shown = more ? all.subList(0, limit) : all;
        return new Members(
                shown.stream().map(Found::member).toList(),
                more ? shown.getLast().placed().place().text() : null);
    }

    private Flux<Found> found(
            RolloutView rollout, @Nullable Integer group, @Nullable MemberStatus status, Place start, int held) {
        return parts.members(rollout, group, start)
                .handle((Placed placed, SynchronousSink<Standing> sink) -> {
                    Standing standing = standing(placed, rollout);
                    if (status == null || standing.member().status() == status) {
                        sink.next(standing);
                    }
                })
                .buffer(held)
                .concatMap(some -> withActions(some, rollout), 1)
                .concatMapIterable(some -> some);
    }

    private Standing standing(Placed placed, RolloutView rollout) {
        FleetIndex.Member member = fleet.member(placed.id(), rollout.id());
        return new Standing(placed, member == null ? new FleetIndex.Member(null, null, MemberStatus.GONE) : member);
    }

    private Mono<List<Found>> withActions(List<Standing> some, RolloutView rollout) {
        List<MongoActionViews.ActionKey> keys = new ArrayList<>();
        for (Standing each : some) {
            Integer action = each.member().action();
            if (action != null) {
                keys.add(new MongoActionViews.ActionKey(each.placed().id(), action));
            }
        }
        return actions.find(keys).collectMap(ActionView::deviceId).map(known -> some.stream()
                .map(each -> new Found(each.placed(), member(each, known, rollout)))
                .toList());
    }

    private static Member member(Standing standing, Map<DeviceId, ActionView> actions, RolloutView rollout) {
        ActionView action = actions.get(standing.placed().id());
        FleetIndex.Member member = standing.member();
        ActionView.Entry newest = action == null || action.entries().isEmpty()
                ? null
                : action.entries().getLast();
        FailureReason failure = action == null || member.status() != MemberStatus.FAILED
                ? null
                : Failures.reason(rollout.plan(), action);
        return new Member(
                standing.placed().id(),
                member.name(),
                standing.placed().place().group(),
                member.status(),
                member.action(),
                action == null ? null : action.status(),
                action == null ? null : action.attempt(),
                action == null ? null : action.createdAt(),
                action == null ? null : action.changedAt(),
                action == null ? null : action.code(),
                newest == null || newest.messages().isEmpty()
                        ? null
                        : newest.messages().getLast(),
                failure == null ? null : failure.key());
    }

    private static Predicate<Found> wanted(RolloutView rollout, @Nullable String reason) {
        if (reason == null) {
            return found -> true;
        }
        if (reason.equals(FailureReason.OTHERS)) {
            Set<String> listed =
                    rollout.reasons().stream().map(RolloutView.Reason::key).collect(Collectors.toSet());
            return found -> found.member().reason() != null
                    && !listed.contains(found.member().reason());
        }
        Set<String> keys = rollout.reasons().stream()
                .filter(each -> each.message().equals(reason))
                .map(RolloutView.Reason::key)
                .collect(Collectors.toSet());
        return found -> found.member().reason() != null
                && (reason.equals(found.member().reason())
                        || keys.contains(found.member().reason()));
    }
}
