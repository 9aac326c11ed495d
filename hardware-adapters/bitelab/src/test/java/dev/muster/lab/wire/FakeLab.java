package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;
import dev.muster.kernel.Refused;
import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.BoardState;
import dev.muster.lab.Boards;
import dev.muster.lab.Environment;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabOrders;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequest;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.PowerWish;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ShareMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** A lab made of maps: it does what it is told, at once, or what a test lets it refuse. */
final class FakeLab implements Boards, LabOrders {

    static final Instant NOW = Instant.parse("2026-11-20T09:45:53.5Z");

    private final Map<BoardName, Board> boards = new TreeMap<>();
    final FakeRequests requests = new FakeRequests();
    private final List<Change> listeners = new CopyOnWriteArrayList<>();
    final List<Object> orders = new CopyOnWriteArrayList<>();
    /** What the next order is refused with. */
    volatile @Nullable Refused refusal;

    /** What the next reservation's script says. */
    volatile Environment environment =
            new Environment(Map.of("ip", "192.0.2.7", "power", "lies"), List.of("/usr/bin/env"), List.of(), Map.of());

    FakeLab() {
        define("a64-1", "pine64", "etheriface", "serialconsole", "snmppower");
        define("a64-2", "pine64", "serialconsole", "snmppower");
        define("bare", "plain");
    }

    void define(String name, String brdclass, String... options) {
        List<BoardOption> all = new ArrayList<>();
        for (String each : options) {
            all.add(new BoardOption(each, Map.of("val", "awg0.103")));
        }
        BoardDefinition definition = new BoardDefinition(
                new BoardName(name),
                brdclass,
                Map.of("arch", "arm64"),
                all,
                Map.of("sdwire", "yes", "n", name),
                null,
                3600,
                28_800,
                false,
                null,
                null);
        put(board(definition, BoardState.FREE, null, Environment.NONE, Power.UNKNOWN, Map.of(), null));
    }

    private static Board board(
            BoardDefinition definition,
            BoardState state,
            @Nullable Reservation reservation,
            Environment environment,
            Power power,
            Map<String, ShareMode> shares,
            @Nullable String fault) {
        return new Board(
                definition,
                state,
                reservation,
                reservation == null ? null : NOW,
                shares,
                environment,
                power,
                null,
                null,
                0,
                null,
                fault,
                null,
                false,
                NOW,
                1);
    }

    synchronized void put(Board after) {
        Board before = boards.put(after.name(), after);
        listeners.forEach(each -> each.changed(before, after));
    }

    void change(String name, UnaryOperator<Board> how) {
        put(how.apply(find(new BoardName(name))));
    }

    void state(String name, BoardState state) {
        change(
                name,
                it -> board(
                        it.definition(),
                        state,
                        it.reservation(),
                        it.environment(),
                        it.power(),
                        it.shares(),
                        "it hums"));
    }

    void powered(String name, Power power) {
        change(
                name,
                it -> board(it.definition(), it.state(), it.reservation(), it.environment(), power, it.shares(), null));
    }

    void shared(String name, Map<String, ShareMode> shares) {
        change(
                name,
                it -> board(it.definition(), it.state(), it.reservation(), it.environment(), it.power(), shares, null));
    }

    void free(String name) {
        change(
                name,
                it -> board(
                        it.definition(),
                        BoardState.RELEASING,
                        it.reservation(),
                        it.environment(),
                        it.power(),
                        Map.of(),
                        null));
        change(name, it -> board(it.definition(), BoardState.FREE, null, Environment.NONE, Power.OFF, Map.of(), null));
    }

    Board reserved(String name, String person) {
        Reservation reservation = new Reservation(
                new ReservationId(UUID.randomUUID()),
                person,
                "bring-up",
                Map.of("job", "77"),
                List.of("ssh-ed25519 AAAAAAAAAAAAAAAAAAAAAAAA"),
                PowerWish.KEEP,
                NOW.plusSeconds(3600),
                null);
        change(
                name,
                it -> board(it.definition(), BoardState.RESERVED, reservation, environment, Power.ON, Map.of(), null));
        return find(new BoardName(name));
    }

    void gone(String name) {
        Board before;
        synchronized (this) {
            before = boards.remove(new BoardName(name));
        }
        listeners.forEach(each -> each.changed(before, null));
    }

    @Override
    public synchronized @Nullable Board find(BoardName name) {
        return boards.get(name);
    }

    @Override
    public synchronized Collection<Board> all() {
        return List.copyOf(boards.values());
    }

    @Override
    public Map<String, BoardClass> classes() {
        Map<String, BoardClass> classes = new HashMap<>();
        for (Board each : all()) {
            classes.merge(
                    each.definition().brdclass(),
                    new BoardClass(each.definition().attributes(), 1, each.state() == BoardState.FREE ? 1 : 0),
                    (a, b) -> new BoardClass(a.attributes(), a.total() + b.total(), a.free() + b.free()));
        }
        return classes;
    }

    @Override
    public long revision() {
        return 1;
    }

    @Override
    public Mono<Board> when(BoardName name, Predicate<Board> like, Duration waitMax) {
        return Mono.justOrEmpty(find(name)).filter(like);
    }

    @Override
    public AutoCloseable onChange(Change change) {
        listeners.add(change);
        return () -> listeners.remove(change);
    }

    int listeners() {
        return listeners.size();
    }

    /** Notes an order and refuses it if a test wants so. */
    private <T> Mono<T> ordered(Object order, Supplier<T> effect) {
        return Mono.fromSupplier(() -> {
            orders.add(order);
            Refused no = refusal;
            refusal = null;
            if (no != null) {
                throw no;
            }
            return effect.get();
        });
    }

    private static void holderOrAdmin(Board board, Caller caller) {
        if (!caller.may(Permission.LAB_ADMIN)) {
            if (board.reservation() == null) {
                throw LabRefusal.NOT_RESERVED.because("Nobody has it.");
            }
            if (!board.isUsedBy(caller.person())) {
                throw LabRefusal.NOT_HOLDER.because("It is not yours.");
            }
        }
    }

    @Override
    public Mono<Board> reserve(ReserveOrder order, Caller caller) {
        return this.<Board>ordered(order, () -> {
            for (Board each : all()) {
                boolean same =
                        each.reservation() != null && each.reservation().id().equals(order.id());
                if (same) {
                    return each;
                }
            }
            for (Board each : all()) {
                if (order.selector().fits(each.definition()) && each.state() == BoardState.FREE) {
                    Reservation reservation = new Reservation(
                            order.id(),
                            caller.person(),
                            order.purpose(),
                            order.context(),
                            order.sshKeys(),
                            order.power(),
                            NOW.plus(order.duration() == null ? Duration.ofHours(1) : order.duration()),
                            null);
                    change(
                            each.name().value(),
                            it -> board(
                                    it.definition(),
                                    BoardState.RESERVED,
                                    reservation,
                                    environment,
                                    it.power(),
                                    Map.of(),
                                    null));
                    return find(each.name());
                }
            }
            if (order.patience() != null) {
                Wish wish = new Wish(
                        caller.person(),
                        order.selector(),
                        0,
                        null,
                        null,
                        null,
                        order.purpose(),
                        order.context(),
                        order.sshKeys(),
                        order.power(),
                        null);
                requests.waiting(order.id(), wish);
                return null;
            }
            throw order.selector().board() == null
                    ? LabRefusal.NONE_FREE.because("None is free.")
                    : LabRefusal.RESERVED.because("Somebody has it.");
        });
    }

    @Override
    public Mono<LabRequest> queue(Wish wish, ReservationId id, Caller caller) {
        return ordered(wish, () -> requests.waiting(id, wish));
    }

    @Override
    public Mono<LabRequest> cancel(ReservationId id, Caller caller) {
        return ordered(id, () -> {
            LabRequest request = requests.find(id);
            if (request == null) {
                throw LabRefusal.NO_SUCH_RESERVATION.because("No such request.");
            }
            return requests.become(request, LabRequest.State.CANCELLED);
        });
    }

    @Override
    public Mono<Board> release(BoardName name, Caller caller) {
        return ordered("release", () -> {
            holderOrAdmin(find(name), caller);
            free(name.value());
            return find(name);
        });
    }

    @Override
    public Mono<Board> kick(BoardName name, Caller caller) {
        return release(name, caller);
    }

    @Override
    public Mono<Board> extend(BoardName name, Duration duration, Caller caller) {
        return ordered(duration, () -> {
            holderOrAdmin(find(name), caller);
            return find(name);
        });
    }

    @Override
    public Mono<Board> share(BoardName name, String with, @Nullable ShareMode mode, Caller caller) {
        return ordered(with + "=" + mode, () -> {
            holderOrAdmin(find(name), caller);
            shared(name.value(), mode == null ? Map.of() : Map.of(with, mode));
            return find(name);
        });
    }

    @Override
    public Mono<Board> power(BoardName name, PowerAction action, Caller caller) {
        return ordered(action, () -> {
            holderOrAdmin(find(name), caller);
            powered(name.value(), action == PowerAction.OFF ? Power.OFF : Power.ON);
            return find(name);
        });
    }

    @Override
    public Mono<Board> maintain(BoardName name, String note, boolean force, Caller caller) {
        return ordered("maintain " + note + " " + force, () -> {
            state(name.value(), BoardState.MAINTENANCE);
            return find(name);
        });
    }

    @Override
    public Mono<Board> giveBack(BoardName name, Caller caller) {
        return ordered("return", () -> {
            free(name.value());
            return find(name);
        });
    }

    @Override
    public Mono<LabConfiguration> configure(String text, Caller caller) {
        return Mono.error(new UnsupportedOperationException("not of this wire"));
    }

    @Override
    public Mono<LabConfiguration> reload(Caller caller) {
        return ordered("reload", () -> LabConfiguration.EMPTY);
    }
}
