package dev.muster.config.command.http;

import dev.muster.config.Databag;
import dev.muster.config.DatabagCommand;
import dev.muster.config.DatabagCommand.RevertDatabag;
import dev.muster.config.DatabagCommand.WriteView;
import dev.muster.config.DatabagId;
import dev.muster.config.Databags;
import dev.muster.config.Json;
import dev.muster.config.Registries;
import dev.muster.config.command.Consequences;
import dev.muster.config.command.Consequences.Told;
import dev.muster.identity.Caller;
import dev.muster.kernel.Commands;
import dev.muster.kernel.IfMatch;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Refused;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Orders about one databag, whatever its layer. */
public final class DatabagOrders {

    private static final int BODY_BYTES_MAX = 4 << 20;
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(2);

    private final Commands commands;
    private final Registries registries;
    private final Databags databags;
    private final Consequences consequences;
    private final Positions positions;

    public DatabagOrders(
            Commands commands,
            Registries registries,
            Databags databags,
            Consequences consequences,
            Positions positions) {
        this.commands = commands;
        this.registries = registries;
        this.databags = databags;
        this.consequences = consequences;
        this.positions = positions;
    }

    /** @param body {@code {"values": {path: value or null}}} */
    Mono<ResponseEntity<WrittenView>> write(
            DatabagId id, String view, @Nullable String ifMatch, boolean dryRun, Flux<DataBuffer> body) {
        Long expected = expected(ifMatch);
        return ObjectBody.members(body, BODY_BYTES_MAX, Set.of("values"))
                .map(members -> new WriteView(
                        id, registries.needed(id.registry()).profile(), view, values(members.get("values")), expected))
                .flatMap(order -> dryRun ? rehearsed(() -> consequences.of(order)) : sent(order));
    }

    /** What is to be written through a view, as JSON texts by path. */
    static Map<String, String> values(@Nullable Json values) {
        if (!(values instanceof Json.Members members)) {
            throw KernelRefusal.INVALID_REQUEST.because("'values' is an object of paths and their values.");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        members.values().forEach((path, value) -> texts.put(path, value.toString()));
        return texts;
    }

    /** @param body {@code {"toVersion": n}} */
    Mono<ResponseEntity<WrittenView>> revert(
            DatabagId id, @Nullable String ifMatch, boolean dryRun, Flux<DataBuffer> body) {
        Long expected = expected(ifMatch);
        return ObjectBody.members(body, BODY_BYTES_MAX, Set.of("toVersion"))
                .map(members -> new RevertDatabag(id, version(members.get("toVersion")), expected))
                .flatMap(order -> dryRun ? rehearsed(() -> consequences.of(order)) : sent(order));
    }

    private static long version(@Nullable Json value) {
        Long version = value instanceof Json.Num number ? number.asLong() : null;
        if (version == null) {
            throw KernelRefusal.INVALID_REQUEST.because("'toVersion' is the number of a version.");
        }
        return version;
    }

    private static @Nullable Long expected(@Nullable String ifMatch) {
        return ifMatch == null ? null : IfMatch.required(ifMatch);
    }

    private Mono<ResponseEntity<WrittenView>> rehearsed(Callable<Told> rehearsal) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .then(Mono.fromCallable(rehearsal).subscribeOn(Schedulers.boundedElastic()))
                .map(DatabagOrders::answer);
    }

    /** Memory is waited for only so that the answer can tell what was there before; the order does not need it. */
    private Mono<ResponseEntity<WrittenView>> sent(DatabagCommand order) {
        return positions
                .caughtUp(CATCH_UP_MAX)
                .onErrorComplete(Refused.class)
                .then(Caller.current())
                .flatMap(caller -> {
                    Databag before = databags.find(order.databagId());
                    return commands.<Long>send(order)
                            .publishOn(Schedulers.boundedElastic())
                            .map(version -> consequences.done(order.databagId(), version, before, caller.provenance()))
                            .map(DatabagOrders::answer);
                });
    }

    private static ResponseEntity<WrittenView> answer(Told told) {
        return ResponseEntity.ok().eTag("\"" + told.version() + "\"").body(WrittenView.of(told));
    }
}
