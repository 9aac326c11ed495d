package dev.muster.overview.view;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * All views of this node. Each projection has one serving generation; a rebuild folds the whole log into the next one
 * beside it and then lets that one serve. Which generation serves stands in collection {@code generations}, where
 * readers look. The generation that served before stays until the next rebuild, for readers that have not looked yet.
 */
public final class Projections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Projections.class);
    private static final String GENERATIONS = "generations";

    private final ViewStore store;
    private final History history;
    private final Clock clock;
    private final ViewSettings settings;
    private final Map<String, ViewProjection> projections = new LinkedHashMap<>();
    private final Map<String, ProjectionRunner> serving = new ConcurrentHashMap<>();
    private final Map<String, Rebuild> rebuilding = new ConcurrentHashMap<>();
    /** Served before and may still be writing its last batch. */
    private final Map<String, ProjectionRunner> retired = new ConcurrentHashMap<>();

    private final ConcurrentLinkedQueue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    private record Waiter(long position, Sinks.Empty<Void> sink) {}

    private record Rebuild(ProjectionRunner runner, CompletableFuture<Integer> done) {}

    /**
     * How one projection stands.
     *
     * @param state STARTING, FOLLOWING, RETRYING or STOPPED
     * @param seen every event up to here is in the view, -1 at the start
     * @param rebuilt how far a rebuild has come, as a position; null when none runs
     * @param deadLetters events set aside
     */
    public record Standing(
            String name,
            int generation,
            String state,
            long seen,
            @org.jspecify.annotations.Nullable Long rebuilt,
            int deadLetters) {}

    /**
     * On a MongoDB, which takes care of its own durability.
     *
     * @param database where the views, their positions and their dead letters live together
     */
    public Projections(
            MongoDatabase database,
            History history,
            Clock clock,
            ViewSettings settings,
            List<ViewProjection> projections) {
        this(
                new ViewStore(database, ViewJson.mapper(), settings, Checkpoints.none()),
                history,
                clock,
                settings,
                projections);
    }

    /**
     * On the embedded store. Views and positions are written without the wire, which others read over.
     *
     * @param database a client's view of the same store
     */
    public Projections(
            MongoDatabase database,
            EmbeddedViewServer embedded,
            History history,
            Clock clock,
            ViewSettings settings,
            List<ViewProjection> projections) {
        this(new ViewStore(database, ViewJson.mapper(), settings, embedded), history, clock, settings, projections);
    }

    Projections(
            ViewStore store, History history, Clock clock, ViewSettings settings, List<ViewProjection> projections) {
        this.store = store;
        this.history = history;
        this.clock = clock;
        this.settings = settings;
        projections.forEach(projection -> this.projections.put(projection.name(), projection));
    }

    /** Finds out which generations serve and how far each has come. Blocking, for the server's start. */
    public synchronized void open() {
        store.open();
        projections
                .values()
                .forEach(projection ->
                        serving.put(projection.name(), runner(projection, generation(projection.name()))));
    }

    /**
     * Follows the log from where each view is. Apart from {@link #open()} as views may lag for a moment: a start lets
     * them catch up after what nobody can be answered without.
     */
    public synchronized void follow() {
        serving.values().forEach(ProjectionRunner::start);
    }

    /**
     * Builds a projection anew from the whole log, beside the serving generation, and swaps when it has caught up.
     * Answers the new generation. Asking while one is being built answers the same.
     */
    public synchronized CompletableFuture<Integer> rebuild(String name) {
        ViewProjection projection = known(name);
        Rebuild running = rebuilding.get(name);
        if (running != null) {
            return running.done();
        }
        ProjectionRunner before = retired.remove(name);
        if (before != null) {
            stop(before);
        }
        int next = serving(name).generation() + 1;
        clear(projection, next - 2);
        clear(projection, next);
        ProjectionRunner runner = runner(projection, next);
        CompletableFuture<Integer> done = new CompletableFuture<>();
        rebuilding.put(name, new Rebuild(runner, done));
        runner.start();
        swapWhenCaughtUp(name);
        return done;
    }

    /** Completes when every view has seen {@code position}; fails with {@link KernelRefusal#NOT_CAUGHT_UP}. */
    public Mono<Void> viewed(long position, Duration waitMax) {
        return Mono.defer(() -> {
                    if (seen() >= position) {
                        return Mono.empty();
                    }
                    Waiter waiter = new Waiter(position, Sinks.empty());
                    waiters.add(waiter);
                    wake();
                    return waiter.sink().asMono().doFinally(any -> waiters.remove(waiter));
                })
                .timeout(waitMax)
                .onErrorMap(
                        TimeoutException.class,
                        late -> KernelRefusal.NOT_CAUGHT_UP.because(
                                "The views have not seen position " + position + " yet."));
    }

    /** The position that every serving view has seen, -1 at the start. */
    public long seen() {
        return serving.isEmpty()
                ? -1
                : serving.values().stream()
                        .mapToLong(ProjectionRunner::seen)
                        .min()
                        .orElse(-1);
    }

    /** How each projection stands, for metrics and health. */
    public List<Standing> standings() {
        List<Standing> standings = new ArrayList<>();
        for (String name : projections.keySet()) {
            ProjectionRunner runner = serving.get(name);
            Rebuild rebuild = rebuilding.get(name);
            if (runner != null) {
                standings.add(new Standing(
                        name,
                        runner.generation(),
                        runner.state().name(),
                        runner.seen(),
                        rebuild == null ? null : rebuild.runner().seen(),
                        runner.deadLetters()));
            }
        }
        return standings;
    }

    /** Everything that was set aside, oldest first. Blocking. */
    public List<DeadLetter> deadLetters() {
        return store.find(DeadLetters.COLLECTION, Filters.exists("_id")).stream()
                .map(DeadLetters::letter)
                .sorted(java.util.Comparator.comparingLong(DeadLetter::position))
                .toList();
    }

    /** Folds what waits in a sequence of the serving generation once more; answers how many events could be folded. */
    public CompletableFuture<Integer> retry(String name, String sequence) {
        known(name);
        return serving(name).retry(sequence);
    }

    /** Stops following, after the batches at hand; waits for that. */
    @Override
    public synchronized void close() {
        List<ProjectionRunner> all = new ArrayList<>(serving.values());
        all.addAll(retired.values());
        rebuilding.values().forEach(rebuild -> all.add(rebuild.runner()));
        all.forEach(ProjectionRunner::stopSoon);
        all.forEach(Projections::stop);
    }

    private ProjectionRunner runner(ViewProjection projection, int generation) {
        ProjectionRunner runner = new ProjectionRunner(
                projection, generation, store, history, clock, settings, () -> progressed(projection.name()));
        runner.open();
        return runner;
    }

    private void progressed(String name) {
        swapWhenCaughtUp(name);
        wake();
    }

    private void wake() {
        long seen = seen();
        for (Waiter waiter : waiters) {
            if (waiter.position() <= seen) {
                waiter.sink().tryEmitEmpty();
            }
        }
    }

    private void swapWhenCaughtUp(String name) {
        Rebuild rebuild = rebuilding.get(name);
        if (rebuild == null || rebuild.runner().seen() < serving(name).seen() - settings.swapLag()) {
            return;
        }
        if (rebuilding.remove(name, rebuild)) {
            saveGeneration(name, rebuild.runner().generation());
            ProjectionRunner before = serving.put(name, rebuild.runner());
            LOG.info("View {} now serves generation {}", name, rebuild.runner().generation());
            if (before != null) {
                retired.put(name, before);
                before.stopSoon();
            }
            rebuild.done().complete(rebuild.runner().generation());
        }
    }

    private static void stop(ProjectionRunner runner) {
        try {
            runner.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int generation(String name) {
        List<Document> found = store.find(GENERATIONS, Filters.eq("_id", name));
        if (found.isEmpty()) {
            saveGeneration(name, 1);
            return 1;
        }
        return found.getFirst().get("serving", Number.class).intValue();
    }

    private void saveGeneration(String name, int generation) {
        ViewProjection projection = known(name);
        List<Document> documents = new ArrayList<>();
        documents.add(new Document("_id", name).append("serving", generation));
        projection.collections().stream()
                .filter(collection -> !collection.name().equals(name))
                .forEach(collection ->
                        documents.add(new Document("_id", collection.name()).append("serving", generation)));
        store.save(GENERATIONS, documents);
    }

    private void clear(ViewProjection projection, int generation) {
        String name = ViewStore.stored(projection.name(), generation);
        projection.collections().forEach(collection -> store.drop(ViewStore.stored(collection.name(), generation)));
        store.delete("tokens", Filters.eq("_id", name));
        store.delete(DeadLetters.COLLECTION, Filters.eq("projection", name));
    }

    private ViewProjection known(String name) {
        ViewProjection projection = projections.get(name);
        if (projection == null) {
            throw KernelRefusal.INVALID_REQUEST.because("There is no view '" + name + "'.");
        }
        return projection;
    }

    private ProjectionRunner serving(String name) {
        ProjectionRunner runner = serving.get(name);
        if (runner == null) {
            throw new IllegalStateException("views were not started");
        }
        return runner;
    }
}
