package dev.muster.lab.command.http;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.identity.Requires;
import dev.muster.identity.UserNames;
import dev.muster.kernel.Given;
import dev.muster.kernel.Refused;
import dev.muster.kernel.RequestIds;
import dev.muster.lab.Board;
import dev.muster.lab.BoardName;
import dev.muster.lab.Boards;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequests;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import dev.muster.lab.ShareMode;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Orders about one board. Each answers when its effect is done and can be read. */
@RestController
@RequestMapping("/api/v1/lab/boards/{name}")
public class BoardOrdersEndpoint {

    private static final int NOTE_LENGTH_MAX = 500;
    private static final Pattern ID = Pattern.compile("user:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final LabOrders orders;
    private final Boards boards;
    private final LabRequests requests;
    private final RequestIds ids;
    private final UserNames users;

    public BoardOrdersEndpoint(LabOrders orders, Boards boards, LabRequests requests, RequestIds ids, UserNames users) {
        this.orders = orders;
        this.boards = boards;
        this.requests = requests;
        this.ids = ids;
        this.users = users;
    }

    /** @param duration beyond the present end, as "2h", "90m", "PT2H" or seconds */
    public record Extension(@Nullable String duration) {}

    /**
     * @param user name of a user, or {@code user:<id>}
     * @param mode {@code ro} or {@code rw}; null: no longer
     */
    public record Share(@Nullable String user, @Nullable String mode) {}

    /** @param force at once, whoever has it */
    public record Maintenance(
            @Nullable String note, @Nullable Boolean force) {}

    @PostMapping("/reserve")
    @Requires(Permission.LAB_USE)
    @Operation(summary = "Reserve this board; answers when it is ready, or 202 with the request that waits for it")
    public Mono<ResponseEntity<Object>> reserve(
            @PathVariable String name, @RequestBody(required = false) @Nullable ReservationRequest request) {
        ReservationRequest wanted = request == null ? ReservationRequest.ANYTHING : request;
        BoardName board = new BoardName(name);
        return Caller.current()
                .flatMap(caller -> ids.next().map(ReservationId::new).flatMap(id -> orders.reserve(
                                wanted.order(id, Selector.of(board), Duration.ZERO), caller)
                        .map(ready -> ReservedAnswers.of(ready, false))
                        .switchIfEmpty(ReservedAnswers.waiting(id, requests))))
                .onErrorMap(
                        refused -> isUnsatisfiable(refused) && boards.find(board) == null, refused -> unknown(board));
    }

    private static boolean isUnsatisfiable(Throwable failure) {
        return Refused.in(failure)
                .filter(refusal -> refusal.code().equals(LabRefusal.UNSATISFIABLE.code()))
                .isPresent();
    }

    /** A wish that names no board can never be met; a path that does leads nowhere. */
    private static Refused unknown(BoardName board) {
        return LabRefusal.NO_SUCH_BOARD.because("There is no board '" + board + "'.");
    }

    @PostMapping("/release")
    @Requires(Permission.LAB_USE)
    @Operation(summary = "Give this board back; answers when it is cleaned up, or while it is flashed back")
    public Mono<LentBoard> release(@PathVariable String name) {
        return ordered(caller -> orders.release(new BoardName(name), caller));
    }

    @PostMapping("/kick")
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Take this board from whoever has it")
    public Mono<LentBoard> kick(@PathVariable String name) {
        return ordered(caller -> orders.kick(new BoardName(name), caller));
    }

    @PostMapping("/power/{action}")
    @Requires(Permission.LAB_USE)
    @Operation(summary = "Turn this board's power on or off or cycle it; answers what was read back")
    public Mono<LentBoard> power(@PathVariable String name, @PathVariable String action) {
        return ordered(caller -> orders.power(new BoardName(name), PowerAction.named(action), caller));
    }

    @PostMapping("/extend")
    @Requires(Permission.LAB_USE)
    @Operation(summary = "Keep this board for longer")
    public Mono<LentBoard> extend(@PathVariable String name, @RequestBody Extension request) {
        Duration duration = Durations.of(Given.required(request.duration(), "duration"), "duration");
        return ordered(caller -> orders.extend(new BoardName(name), duration, caller));
    }

    @PostMapping("/share")
    @Requires(Permission.LAB_USE)
    @Operation(summary = "Let somebody else look at this board (ro) or use it (rw), or no longer")
    public Mono<LentBoard> share(@PathVariable String name, @RequestBody Share request) {
        String with = person(Given.required(request.user(), "user"));
        ShareMode mode = request.mode() == null ? null : ShareMode.named(request.mode());
        return ordered(caller -> orders.share(new BoardName(name), with, mode, caller));
    }

    /** Who comes from an identity provider has an id and no user name here. */
    private String person(String user) {
        String known = ID.matcher(user).matches() ? user : users.personOf(user);
        if (known == null) {
            throw LabRefusal.BAD_VALUE.about("user", "Nobody has this user name.");
        }
        return known;
    }

    @PostMapping("/maintenance")
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Take this board out of service when nobody has it, or at once with force")
    public Mono<LentBoard> maintain(
            @PathVariable String name, @RequestBody(required = false) @Nullable Maintenance request) {
        String note = request == null || request.note() == null ? "" : request.note();
        if (note.length() > NOTE_LENGTH_MAX) {
            throw LabRefusal.BAD_VALUE.about("note", "A note has at most " + NOTE_LENGTH_MAX + " characters.");
        }
        boolean force = request != null && Boolean.TRUE.equals(request.force());
        return ordered(caller -> orders.maintain(new BoardName(name), note, force, caller));
    }

    @PostMapping("/return")
    @Requires(Permission.LAB_ADMIN)
    @Operation(summary = "Bring this board back into service; it is cleaned up first")
    public Mono<LentBoard> giveBack(@PathVariable String name) {
        return ordered(caller -> orders.giveBack(new BoardName(name), caller));
    }

    private static Mono<LentBoard> ordered(Function<Caller, Mono<Board>> order) {
        return Caller.current().flatMap(order).map(LentBoard::of);
    }
}
