package dev.muster.updates.goosebit;

import dev.muster.updates.NumberCommand.Series;
import dev.muster.updates.Versions;
import dev.muster.updates.modes.FeedRolloutCommand.CreateFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.DeleteFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.PauseFeedRollout;
import dev.muster.updates.modes.FeedRolloutCommand.ResumeFeedRollout;
import dev.muster.updates.modes.FeedRollouts.FeedRollout;
import dev.muster.updates.modes.Software;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Rollouts of feeds, for people (contract §6, §7). */
final class RolloutApi {

    private final GoosebitPorts ports;
    private final Bodies bodies;
    private final Orders orders;
    private final Shapes shapes;

    RolloutApi(GoosebitPorts ports, Bodies bodies, Orders orders, Shapes shapes) {
        this.ports = ports;
        this.bodies = bodies;
        this.orders = orders;
        this.shapes = shapes;
    }

    /** @param software number of the software it gives */
    private record Wish(String name, String feed, int software) {

        static Wish of(Input input) {
            String name = input.requiredText("name");
            String feed = input.requiredText("feed");
            Integer software = input.requiredInteger("software_id");
            input.check();
            if (name == null || feed == null || software == null) {
                throw WireFailure.unprocessable("name, feed and software_id are required");
            }
            return new Wish(name, feed, software);
        }
    }

    Mono<Void> all(Visit visit) {
        return Answers.json(
                visit,
                Shapes.under(
                        "rollouts",
                        ports.rollouts().all().stream().map(shapes::rollout).toList()));
    }

    Mono<Void> put(Visit visit) {
        return bodies.input(visit).map(Wish::of).flatMap(wish -> {
            Software software = ports.shelf().known(wish.software());
            Map<String, String> provenance = visit.guest().provenance();
            return ports.numbers().next(Series.FEED_ROLLOUT).flatMap(number -> orders.tell(
                            new CreateFeedRollout(
                                    number, wish.name(), wish.feed(), software.number(), software.release()),
                            provenance)
                    .then(orders.settled())
                    .then(Mono.defer(
                            () -> Answers.json(visit, Json.success(true).put("id", number)))));
        });
    }

    /** Those that are not there are passed over. */
    Mono<Void> patch(Visit visit) {
        return bodies.input(visit).flatMap(input -> {
            List<Integer> ids = input.requiredIntegers("ids");
            Boolean paused = input.requiredFlag("paused");
            input.check();
            boolean pause = Boolean.TRUE.equals(paused);
            return each(visit, ids, id -> pause ? new PauseFeedRollout(id) : new ResumeFeedRollout(id));
        });
    }

    Mono<Void> delete(Visit visit) {
        return bodies.input(visit).flatMap(input -> {
            List<Integer> ids = input.requiredIntegers("ids");
            input.check();
            return each(visit, ids, DeleteFeedRollout::new);
        });
    }

    private Mono<Void> each(Visit visit, List<Integer> ids, IntFunction<Object> order) {
        return Flux.fromIterable(ids)
                .filter(id -> ports.rollouts().find(id) != null)
                .concatMap(id -> orders.tell(order.apply(id), visit.guest().provenance()))
                .then(orders.settled())
                .then(Mono.defer(() -> Answers.success(visit)));
    }

    Mono<Void> columns(Visit visit) {
        return Answers.json(visit, Columns.rollouts());
    }

    Mono<Void> table(Visit visit, TableQuery query) {
        Table<FeedRollout> table = new Table<FeedRollout>(shapes::rollout)
                .searched("name", FeedRollout::name)
                .searched("feed", FeedRollout::feed)
                .searched("software__uri", this::uri)
                .searched("software__version", this::version, Comparator.comparing(this::orEmpty, Versions.ORDER))
                .field("id", rollout -> String.valueOf(rollout.number()), Comparator.comparingLong(FeedRollout::number))
                .field(
                        "created_at",
                        rollout -> String.valueOf(rollout.createdAt().toEpochMilli()),
                        Comparator.comparing(FeedRollout::createdAt).thenComparingLong(FeedRollout::number))
                .field("paused", rollout -> String.valueOf(rollout.paused()))
                .field(
                        "success_count",
                        rollout -> String.valueOf(rollout.successCount()),
                        Comparator.comparingLong(FeedRollout::successCount))
                .field(
                        "failure_count",
                        rollout -> String.valueOf(rollout.failureCount()),
                        Comparator.comparingLong(FeedRollout::failureCount));
        return Answers.json(visit, table.answer(ports.rollouts().all(), query));
    }

    private @Nullable String uri(FeedRollout rollout) {
        Software software = ports.shelf().find(rollout.software());
        return software == null ? null : Shapes.uri(software);
    }

    private @Nullable String version(FeedRollout rollout) {
        Software software = ports.shelf().find(rollout.software());
        return software == null ? null : software.version();
    }

    private String orEmpty(FeedRollout rollout) {
        String version = version(rollout);
        return version == null ? "" : version;
    }
}
