package dev.muster.lab.query.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.PersonNames;
import dev.muster.identity.Requires;
import dev.muster.kernel.KernelRefusal;
import dev.muster.kernel.ListCursor;
import dev.muster.kernel.Page;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import dev.muster.lab.query.LabReadSettings;
import dev.muster.lab.query.RequestIndex;
import dev.muster.registry.query.Offload;
import dev.muster.registry.query.http.Pages;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Queued requests: who waits for which board, in which place, and what came of it. */
@RestController
@RequestMapping("/api/v1/lab/reservations")
public class ReservationReads {

    private static final String LIST = "request";

    private final RequestIndex requests;
    private final Boards boards;
    private final PersonNames names;
    private final Offload offload;
    private final LabReadSettings settings;

    public ReservationReads(
            RequestIndex requests, Boards boards, PersonNames names, Offload offload, LabReadSettings settings) {
        this.requests = requests;
        this.boards = boards;
        this.names = names;
        this.offload = offload;
        this.settings = settings;
    }

    @GetMapping
    @Requires(Permission.LAB_READ)
    @Operation(
            summary = "Queued requests, newest first: all that wait, and the newest of those that are over",
            description =
                    "'state' is waiting, granted, fulfilled, failed, cancelled or expired; 'mine=true' leaves the "
                            + "caller's own.")
    public Mono<ResponseEntity<Page<RequestView>>> list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false, defaultValue = "false") boolean mine,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false, defaultValue = "false") boolean count,
            ServerHttpRequest request) {
        int most = Pages.limit(limit);
        Collection<LabRequest> rest = requests.before(before(after));
        Predicate<LabRequest> inState = inState(state);
        return Caller.current()
                .flatMap(caller -> {
                    Onlooker onlooker = Onlooker.of(caller, names);
                    Predicate<LabRequest> wanted =
                            inState.and(each -> !mine || onlooker.is(each.wish().holder()));
                    return offload.ask(() -> {
                        Map<ReservationId, Integer> places = requests.places();
                        return Slice.page(
                                LIST,
                                rest,
                                wanted,
                                each -> Long.toString(each.position()),
                                each -> RequestView.of(each, places.getOrDefault(each.id(), 0), onlooker),
                                most,
                                count ? requests.all().stream().filter(wanted).count() : null);
                    });
                })
                .map(page -> Pages.answer(request, page));
    }

    private static long before(@Nullable String cursor) {
        String last = Slice.after(cursor, LIST);
        if (last == null) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(last);
        } catch (NumberFormatException e) {
            throw ListCursor.foreign();
        }
    }

    private static Predicate<LabRequest> inState(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return each -> true;
        }
        for (LabRequest.State known : LabRequest.State.values()) {
            if (known.wireName().equals(text)) {
                return each -> each.state() == known;
            }
        }
        throw KernelRefusal.INVALID_REQUEST.because(
                "'state' is waiting, granted, fulfilled, failed, cancelled or expired.");
    }

    @GetMapping("/{id}")
    @Requires(Permission.LAB_READ)
    @Operation(
            summary = "One queued request; with 'wait' the answer comes when its state changes, or after that time",
            description = "'wait' is a time such as 30s, at most 60s. A request that is over is answered at once. A "
                    + "reservation that never had to wait is there as long as it lasts.")
    public Mono<RequestView> one(@PathVariable String id, @RequestParam(required = false) @Nullable String wait) {
        Duration patience = WaitTime.read(wait, settings.longPollMax());
        return Caller.current().flatMap(caller -> {
            LabRequest now = known(id);
            Duration waits = now.state().isOver() ? Duration.ZERO : patience;
            return requests.when(now.id(), it -> it.state().isOver() || it.state() != now.state(), waits)
                    .switchIfEmpty(Mono.fromSupplier(() -> known(id)))
                    .map(it -> RequestView.of(it, requests.placeOf(it.id()), Onlooker.of(caller, names)));
        });
    }

    private LabRequest known(String id) {
        ReservationId reservation = read(id);
        LabRequest request = requests.find(reservation);
        if (request != null) {
            return request;
        }
        return boards.all().stream()
                .filter(board -> board.state().isTaken() && board.isOf(reservation))
                .findFirst()
                .map(board -> direct(board, Objects.requireNonNull(board.reservation())))
                .orElseThrow(() -> unknown(id));
    }

    /** As if it had been queued and served in the same moment. */
    private static LabRequest direct(Board board, Reservation its) {
        Wish wish = new Wish(
                its.holder(),
                Selector.of(board.name()),
                0,
                null,
                null,
                null,
                its.purpose(),
                its.context(),
                its.sshKeys(),
                its.power(),
                its.keepAlive());
        LabRequest.State state =
                board.state() == BoardState.PREPARING ? LabRequest.State.GRANTED : LabRequest.State.FULFILLED;
        Instant since = board.since() == null ? board.changedAt() : board.since();
        return new LabRequest(its.id(), wish, state, board.name(), 0, null, null, since, board.changedAt(), 0);
    }

    private static ReservationId read(String id) {
        try {
            return new ReservationId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            throw unknown(id);
        }
    }

    private static Refused unknown(String id) {
        return LabRefusal.NO_SUCH_RESERVATION.because("There is no request '" + id + "'.");
    }
}
