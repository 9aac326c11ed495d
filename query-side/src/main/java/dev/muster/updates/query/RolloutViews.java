package dev.muster.updates.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.updates.ActionStatus;
import dev.muster.updates.ActionView;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import dev.muster.updates.UpdatesRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/** Rollouts and their members: the frozen lists from the view store, where each device stands from the fleet index. */
public final class RolloutViews {

    private static final String ROLLOUTS = "rollouts";
    private static final String MEMBERS = "rollout_members";
    private static final int ROLLOUTS_MAX = 5_000;
    private static final int CHUNKS_AHEAD = 4;
    private static final Comparator<RolloutView> NEWEST_FIRST = Comparator.comparing(RolloutView::createdAt)
            .thenComparing(rollout -> rollout.id().value())
            .reversed();

    private final ViewReads views;
    private final FleetIndex fleet;
    private final MongoActionViews actions;

    public RolloutViews(ViewReads views, FleetIndex fleet, MongoActionViews actions) {
        this.views = views;
        this.fleet = fleet;
        this.actions = actions;
    }

    /** A rollout with a tag that changes whenever its document does. */
    public record Found(RolloutView rollout, String tag) {}

    /** Members as the view stores them. */
    record Chunk(List<DeviceId> ids) {}

    /**
     * A device in a rollout.
     *
     * @param group index of its group, from 0
     * @param status how it stands
     * @param action number of its action, or null while it was not offered the release
     * @param actionStatus the action's own status, or null
     * @param message the device's newest line, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(
            DeviceId id,
            @Nullable String name,
            int group,
            MemberStatus status,
            @Nullable Integer action,
            @Nullable ActionStatus actionStatus,
            @Nullable Instant changedAt,
            @Nullable Integer code,
            @Nullable String message) {}

    /** @param next cursor of the following page, null on the last */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Members(List<Member> items, @Nullable String next) {}

    /** Fails with {@link UpdatesRefusal#ROLLOUT_UNKNOWN}. */
    public Mono<Found> find(RolloutId id) {
        return views.find(ROLLOUTS, id.toString(), RolloutView.class)
                .map(seen -> new Found(seen.view(), seen.view().version() + "-" + seen.position()))
                .switchIfEmpty(
                        Mono.error(() -> UpdatesRefusal.ROLLOUT_UNKNOWN.because("There is no rollout " + id + ".")));
    }

    /** Newest first, without plots and failure reasons. */
    public Flux<RolloutView> all(RolloutView.@Nullable State state) {
        return views.all(ROLLOUTS, ROLLOUTS_MAX, RolloutView.class, "progress", "reasons")
                .map(RolloutViews::bare)
                .filter(rollout -> state == null || rollout.state() == state)
                .sort(NEWEST_FIRST);
    }

    private static RolloutView bare(RolloutView rollout) {
        return new RolloutView(
                rollout.id(),
                rollout.plan(),
                rollout.state(),
                rollout.pauseCause(),
                rollout.groups(),
                rollout.incompatible(),
                List.of(),
                List.of(),
                rollout.createdAt(),
                rollout.startedAt(),
                rollout.endedAt(),
                rollout.version());
    }

    /**
     * The devices of a rollout in the order they are offered it.
     *
     * @param group only of this group, or null
     * @param status only those that stand so, or null
     * @param after cursor of the previous page, or null
     */
    public Mono<Members> members(
            RolloutId id, @Nullable Integer group, @Nullable MemberStatus status, @Nullable String after, int limit) {
        Place start = Place.read(after);
        return find(id).flatMapMany(found -> Flux.fromIterable(chunks(found.rollout(), group, start)))
                .flatMapSequential(
                        place -> views.find(MEMBERS, place.id(id), Chunk.class)
                                .map(seen -> places(place, seen.view(), start)),
                        CHUNKS_AHEAD)
                .concatMapIterable(places -> places)
                .handle((Placed placed, SynchronousSink<Standing> sink) -> {
                    Standing standing = standing(placed, id);
                    if (status == null || standing.member().status() == status) {
                        sink.next(standing);
                    }
                })
                .take(limit + 1L)
                .collectList()
                .flatMap(standings -> page(standings, limit));
    }

    private Mono<Members> page(List<Standing> standings, int limit) {
        boolean more = standings.size() > limit;
        List<Standing> shown = more ? standings.subList(0, limit) : standings;
        List<MongoActionViews.ActionKey> keys = new ArrayList<>();
        for (Standing each : shown) {
            Integer action = each.member().action();
            if (action != null) {
                keys.add(new MongoActionViews.ActionKey(each.placed().id(), action));
            }
        }
        String next = more ? shown.getLast().placed().place().text() : null;
        return actions.find(keys)
                .collectMap(ActionView::deviceId)
                .map(found -> new Members(
                        shown.stream().map(each -> member(each, found)).toList(), next));
    }

    private Standing standing(Placed placed, RolloutId id) {
        FleetIndex.Member member = fleet.member(placed.id(), id);
        return new Standing(placed, member == null ? new FleetIndex.Member(null, null, MemberStatus.GONE) : member);
    }

    private static Member member(Standing standing, Map<DeviceId, ActionView> actions) {
        ActionView action = actions.get(standing.placed().id());
        ActionView.Entry newest = action == null || action.entries().isEmpty()
                ? null
                : action.entries().getLast();
        return new Member(
                standing.placed().id(),
                standing.member().name(),
                standing.placed().place().group(),
                standing.member().status(),
                standing.member().action(),
                action == null ? null : action.status(),
                action == null ? null : action.changedAt(),
                action == null ? null : action.code(),
                newest == null || newest.messages().isEmpty()
                        ? null
                        : newest.messages().getLast());
    }

    /** The chunks that can hold members from {@code start} on; their number follows from the groups' sizes. */
    private static List<Place> chunks(RolloutView rollout, @Nullable Integer group, Place start) {
        List<Place> chunks = new ArrayList<>();
        for (int g = 0; g < rollout.groups().size(); g++) {
            int size = rollout.groups().get(g).size();
            int count = (size + Group.CHUNK_MAX - 1) / Group.CHUNK_MAX;
            for (int c = 0; c < count; c++) {
                boolean before = g < start.group() || (g == start.group() && c < start.chunk());
                if (!before && (group == null || group == g)) {
                    chunks.add(new Place(g, c, -1));
                }
            }
        }
        return chunks;
    }

    private static List<Placed> places(Place chunk, Chunk members, Place start) {
        boolean first = chunk.group() == start.group() && chunk.chunk() == start.chunk();
        List<Placed> places = new ArrayList<>();
        for (int i = first ? start.index() + 1 : 0; i < members.ids().size(); i++) {
            places.add(new Placed(
                    new Place(chunk.group(), chunk.chunk(), i), members.ids().get(i)));
        }
        return places;
    }

    private record Placed(Place place, DeviceId id) {}

    private record Standing(Placed placed, FleetIndex.Member member) {}

    /** A member's place in the frozen lists. */
    private record Place(int group, int chunk, int index) {

        static Place read(@Nullable String cursor) {
            if (cursor == null || cursor.isEmpty()) {
                return new Place(0, 0, -1);
            }
            if (!cursor.matches("\\d{1,5}-\\d{1,6}-\\d{1,5}")) {
                throw KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
            }
            String[] parts = cursor.split("-");
            return new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }

        String text() {
            return group + "-" + chunk + "-" + index;
        }

        String id(RolloutId rollout) {
            return rollout + "/" + group + "/" + chunk;
        }
    }
}
