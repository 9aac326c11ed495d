package dev.muster.updates.query;

import dev.muster.kernel.KernelRefusal;
import dev.muster.registry.DeviceId;
import dev.muster.staging.Group;
import dev.muster.updates.RolloutId;
import dev.muster.updates.RolloutView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The members of rollouts as the view stores them: in parts, one document each. How many parts a planned group has
 * follows from its size, unless its planning was cut off and went on over a fleet that had changed: then some are not
 * full, and there are more. Devices join by few or by many, so the parts of the groups they join are read until there
 * is none.
 */
final class RolloutParts {

    private static final String MEMBERS = "rollout_members";
    private static final int AHEAD = 4;
    private static final int PROBED_AT_ONCE = 16;

    private final ViewReads views;

    RolloutParts(ViewReads views) {
        this.views = views;
    }

    /** Members as the view stores them. */
    record Part(List<DeviceId> ids) {}

    /** A member with its place. */
    record Placed(Place place, DeviceId id) {}

    /** A member's place in the stored lists. */
    record Place(int group, int part, int index) {

        static final Place FIRST = new Place(0, 0, -1);

        static Place read(@Nullable String cursor) {
            if (cursor == null || cursor.isEmpty()) {
                return FIRST;
            }
            if (!cursor.matches("\\d{1,6}-\\d{1,6}-\\d{1,5}")) {
                throw KernelRefusal.INVALID_CURSOR.because("The cursor does not belong to this list.");
            }
            String[] parts = cursor.split("-");
            return new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }

        String text() {
            return group + "-" + part + "-" + index;
        }
    }

    /** All members of one group, or of all with null, that follow this place, in the order they are offered. */
    Flux<Placed> members(RolloutView rollout, @Nullable Integer group, Place after) {
        Flux<Integer> groups = group == null
                ? Flux.range(after.group(), Math.max(0, rollout.groupCount() - after.group()))
                : group >= after.group() && group < rollout.groupCount() && group >= 0
                        ? Flux.just(group)
                        : Flux.empty();
        return groups.concatMap(each -> parts(rollout, each, each == after.group() ? after.part() : 0), 1)
                .concatMapIterable(part -> placed(part, after));
    }

    /** The index of the group that the device is a member of; empty when it is none. Reads few parts of each group. */
    Mono<Integer> groupOf(RolloutView rollout, DeviceId id) {
        return Flux.range(0, rollout.groupCount())
                .flatMapSequential(
                        group -> isJoined(rollout, group)
                                ? parts(rollout, group, 0)
                                        .filter(part -> part.part().ids().contains(id))
                                        .next()
                                        .map(part -> group)
                                : isAmong(rollout.id(), group, id, 0, partsOf(rollout, group) - 1)
                                        .filter(Boolean::booleanValue)
                                        .map(found -> group),
                        AHEAD)
                .next();
    }

    /** A planned group's members ascend by id, so its parts can be halved. */
    private Mono<Boolean> isAmong(RolloutId rollout, int group, DeviceId id, int first, int last) {
        if (first > last) {
            return Mono.just(false);
        }
        int middle = (first + last) >>> 1;
        return find(rollout, group, middle).flatMap(part -> {
            List<DeviceId> ids = part.part().ids();
            if (ids.isEmpty() || id.compareTo(ids.getFirst()) < 0) {
                return isAmong(rollout, group, id, first, middle - 1);
            }
            return id.compareTo(ids.getLast()) > 0
                    ? isAmong(rollout, group, id, middle + 1, last)
                    : Mono.just(ids.contains(id));
        });
    }

    private record Numbered(int group, int number, Part part) {}

    private Flux<Numbered> parts(RolloutView rollout, int group, int from) {
        if (isJoined(rollout, group)) {
            return probed(rollout.id(), group, from);
        }
        return Flux.defer(() -> {
            AtomicInteger seen = new AtomicInteger();
            int usual = partsOf(rollout, group);
            return Flux.range(from, Math.max(0, usual - from))
                    .flatMapSequential(number -> find(rollout.id(), group, number), AHEAD)
                    .doOnNext(part -> seen.addAndGet(part.part().ids().size()))
                    .concatWith(Flux.defer(() -> from == 0 && seen.get() >= sizeOf(rollout, group)
                            ? Flux.empty()
                            : probed(rollout.id(), group, Math.max(from, usual))));
        });
    }

    private Flux<Numbered> probed(RolloutId rollout, int group, int from) {
        return Flux.range(from, PROBED_AT_ONCE)
                .flatMapSequential(number -> find(rollout, group, number), PROBED_AT_ONCE)
                .collectList()
                .flatMapMany(found -> found.size() < PROBED_AT_ONCE
                        ? Flux.fromIterable(found)
                        : Flux.fromIterable(found)
                                .concatWith(Flux.defer(() -> probed(rollout, group, from + PROBED_AT_ONCE))));
    }

    private Mono<Numbered> find(RolloutId rollout, int group, int number) {
        return views.find(MEMBERS, rollout + "/" + group + "/" + number, Part.class)
                .map(seen -> new Numbered(group, number, seen.view()));
    }

    private static boolean isJoined(RolloutView rollout, int group) {
        int place = rollout.placeOf(group);
        return place >= 0 && rollout.groups().get(place).joined();
    }

    private static int partsOf(RolloutView rollout, int group) {
        return (sizeOf(rollout, group) + Group.CHUNK_MAX - 1) / Group.CHUNK_MAX;
    }

    private static int sizeOf(RolloutView rollout, int group) {
        int place = rollout.placeOf(group);
        return place < 0 ? 0 : rollout.groups().get(place).size();
    }

    private static List<Placed> placed(Numbered part, Place after) {
        boolean first = part.group() == after.group() && part.number() == after.part();
        List<Placed> placed = new ArrayList<>();
        List<DeviceId> ids = part.part().ids();
        for (int i = first ? after.index() + 1 : 0; i < ids.size(); i++) {
            placed.add(new Placed(new Place(part.group(), part.number(), i), ids.get(i)));
        }
        return placed;
    }
}
