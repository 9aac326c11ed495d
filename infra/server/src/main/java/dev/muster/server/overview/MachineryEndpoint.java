package dev.muster.server.overview;

import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.kernel.History;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.overview.view.Projections;
import dev.muster.server.MusterSettings;
import dev.muster.server.policy.ParkedEvents;
import dev.muster.server.policy.Policies;
import dev.muster.store.EmbeddedStore;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The machinery behind the views, for whoever keeps the server: how far it is, what it set aside, copies of it. */
@RestController
public class MachineryEndpoint {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

    private final Projections projections;
    private final Policies policies;
    private final ParkedEvents parked;
    private final History history;
    private final Positions positions;
    private final EmbeddedStore store;
    private final MusterSettings settings;
    private final Clock clock;

    public MachineryEndpoint(
            Projections projections,
            Policies policies,
            ParkedEvents parked,
            History history,
            Positions positions,
            EmbeddedStore store,
            MusterSettings settings,
            Clock clock) {
        this.projections = projections;
        this.policies = policies;
        this.parked = parked;
        this.history = history;
        this.positions = positions;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A reader of the log.
     *
     * @param kind {@code view}, {@code policy} or {@code memory}
     * @param generation of a view, else null
     * @param seen position it has reached
     * @param lag events it has not seen yet
     * @param rebuilt position a rebuild has reached, when one runs
     */
    public record Reader(
            String name,
            String kind,
            @Nullable Integer generation,
            String state,
            long seen,
            long lag,
            @Nullable Long rebuilt) {}

    public record Readers(long committed, List<Reader> items) {}

    /** Something that a reader could not take. {@code sequence} is what waits behind it. */
    public record DeadLetterItem(String group, String sequence, long position, String cause) {}

    public record DeadLetterItems(List<DeadLetterItem> items) {}

    /** How many could be done this time. */
    public record Retried(int done) {}

    /** A copy of the store; {@code position} is the newest event that is certainly in it. */
    public record Backup(String path, long position) {}

    @GetMapping("/api/v1/projections")
    @Requires(Permission.SETTINGS_READ)
    @Operation(summary = "How far each reader of the log has come")
    public Readers readers() {
        long committed = positions.committed();
        List<Reader> items = new ArrayList<>();
        items.add(reader("memory", "memory", null, "FOLLOWING", positions.folded(), committed, null));
        projections
                .standings()
                .forEach(each -> items.add(reader(
                        each.name(), "view", each.generation(), each.state(), each.seen(), committed, each.rebuilt())));
        policies.positions()
                .forEach((name, seen) -> items.add(reader(name, "policy", null, "FOLLOWING", seen, committed, null)));
        return new Readers(committed, items);
    }

    @PostMapping("/api/v1/projections/{name}/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Requires(Permission.SETTINGS_WRITE)
    @Operation(summary = "Build a view anew beside the serving one, which serves until the new one has caught up")
    public Mono<Void> rebuild(@PathVariable String name) {
        return Mono.fromRunnable(() -> projections.rebuild(name))
                .subscribeOn(Schedulers.boundedElastic())
                .then();
    }

    @GetMapping("/api/v1/dead-letters")
    @Requires(Permission.SETTINGS_READ)
    @Operation(summary = "Events that a view or a policy could not take")
    public Mono<DeadLetterItems> deadLetters() {
        return Mono.fromCallable(() -> {
                    List<DeadLetterItem> items = new ArrayList<>();
                    projections
                            .deadLetters()
                            .forEach(each -> items.add(new DeadLetterItem(
                                    each.projection(), each.sequence(), each.position(), each.reason())));
                    parked.all()
                            .forEach(each -> items.add(new DeadLetterItem(
                                    each.policy(), each.aggregate(), each.position(), each.cause())));
                    return new DeadLetterItems(items);
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    @PostMapping("/api/v1/dead-letters/{group}/retry")
    @Requires(Permission.SETTINGS_WRITE)
    @Operation(summary = "Try what waits in a sequence once more, oldest first")
    public Mono<Retried> retry(@PathVariable String group, @RequestParam String sequence) {
        return Mono.fromCallable(() -> policies.retry(group, sequence, history))
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(done -> done.isPresent()
                        ? Mono.just(new Retried(done.getAsInt()))
                        : Mono.fromFuture(() -> projections.retry(group, sequence))
                                .map(Retried::new));
    }

    @PostMapping("/api/v1/backups")
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(Permission.USERS_ADMIN)
    @Operation(summary = "Copy the event store while it runs, to the server's own backups directory")
    public Mono<Backup> backup() {
        return Mono.fromCallable(() -> {
                    Path target = settings.data().resolve("backups").resolve(STAMP.format(clock.instant()));
                    if (target.toFile().exists()) {
                        throw KernelRefusal.OVERLOADED.because("A copy of this moment exists already.");
                    }
                    return new Backup(target.toString(), store.backup(target.resolve("events")));
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private static Reader reader(
            String name,
            String kind,
            @Nullable Integer generation,
            String state,
            long seen,
            long committed,
            @Nullable Long rebuilt) {
        return new Reader(name, kind, generation, state, seen, Math.max(0, committed - seen), rebuilt);
    }
}
