package dev.muster.overview.query;

import dev.muster.identity.TokenEvent.TokenCreated;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.MaintenanceRequested;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabAudit;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.ReservationId;
import dev.muster.lab.ScriptOutcome;
import dev.muster.overview.CommandRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The lab's newest acts with what came of them. What takes time stands once in it, from the order to its outcome, so
 * how long it took can be read. One thread writes; readers take no lock. What is too old for it is in the audit of all.
 */
public final class LabAuditTrail implements Fold, LabAudit {

    private static final String LAB = "lab.";

    /** What is done by commands, in the words of what was done. */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("ReserveBoard", "reserve"),
            Map.entry("ReleaseBoard", "release"),
            Map.entry("KickBoard", "kick"),
            Map.entry("OrderPower", "power"),
            Map.entry("ExtendReservation", "extend"),
            Map.entry("ShareReservation", "share"),
            Map.entry("MaintainBoard", "maintenance"),
            Map.entry("ReturnBoard", "return"),
            Map.entry("QueueRequest", "queue"),
            Map.entry("CancelRequest", "cancel"));

    private final int entriesMax;
    private final ConcurrentSkipListMap<Long, Entry> entries = new ConcurrentSkipListMap<>();
    /** What is not over yet: the position by what names it, an id or a board. The writer's own, as the three below. */
    private final Map<Object, Long> pending = new HashMap<>();

    private final Map<BoardName, Borrowed> borrowed = new HashMap<>();
    private final Map<ReservationId, String> wanted = new HashMap<>();
    private final Map<String, String> owners;
    private int size;

    private record Borrowed(ReservationId reservation, String holder) {}

    /**
     * @param entriesMax how many entries are remembered
     * @param ownersMax of how many tokens, those made or used last, it is remembered whose they are
     */
    public LabAuditTrail(int entriesMax, int ownersMax) {
        this.entriesMax = entriesMax;
        this.owners = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > ownersMax;
            }
        };
    }

    @Override
    public String name() {
        return "lab-audit";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case BoardEvent event -> note(event, recorded);
            case LabRequestEvent event -> note(event, recorded);
            case CommandRefused event -> note(event, recorded);
            case TokenCreated event -> owners.put(event.tokenId().toString(), "user:" + event.owner());
            default -> {}
        }
    }

    private void note(BoardEvent event, Recorded recorded) {
        BoardName board = event.board();
        switch (event) {
            case BoardReserved e -> {
                borrowed.put(
                        board,
                        new Borrowed(e.reservation().id(), e.reservation().holder()));
                begin(board, act(recorded, board, "reserve", null, Outcome.PENDING));
            }
            case BoardHandedOver e -> end(board, Outcome.DONE, null, null, recorded.at());
            case PreparationFailed e -> end(board, Outcome.FAILED, e.code(), e.message(), recorded.at());
            case SetupScriptRan e -> add(run(e, recorded));
            case ReservationExtended e ->
                add(act(recorded, board, "extend", e.expiresAt().toString(), Outcome.DONE));
            case ReservationShared e ->
                add(act(recorded, board, e.mode() == null ? "unshare" : "share", e.with(), Outcome.DONE));
            case ReleaseStarted e -> {
                // What was being prepared until now is not prepared any more.
                end(board, Outcome.FAILED, e.reason().wireName(), null, recorded.at());
                begin(board, act(recorded, board, action(e.reason()), e.reason().wireName(), Outcome.PENDING));
            }
            case ReleaseFailed e -> end(board, Outcome.FAILED, e.code(), e.message(), recorded.at());
            case BoardFreed e -> {
                end(board, Outcome.DONE, null, null, recorded.at());
                borrowed.remove(board);
            }
            case MaintenanceRequested e -> add(act(recorded, board, "maintenance", "later", Outcome.DONE));
            case MaintenanceStarted e -> {
                if (!end(board, Outcome.DONE, null, null, recorded.at())) {
                    add(act(recorded, board, "maintenance", null, Outcome.DONE));
                }
                borrowed.remove(board);
            }
            case PowerOrdered e ->
                begin(e.operation(), act(recorded, board, "power-" + e.action().wireName(), null, Outcome.PENDING));
            case PowerObserved e -> {
                if (e.operation() != null) {
                    end(e.operation(), Outcome.DONE, null, null, recorded.at());
                }
            }
            case PowerFailed e -> end(e.operation(), Outcome.FAILED, e.code(), e.message(), recorded.at());
            default -> {}
        }
    }

    private static String action(ReleaseReason reason) {
        return switch (reason) {
            case KICKED -> "kick";
            case RETURNED -> "return";
            case MAINTENANCE -> "maintenance";
            default -> "release";
        };
    }

    private void note(LabRequestEvent event, Recorded recorded) {
        ReservationId id = event.id();
        switch (event) {
            case RequestQueued e -> {
                wanted.put(id, e.wish().holder());
                begin(id, request(recorded, id, e.wish().selector().board(), "queue", Outcome.PENDING));
            }
            case RequestFulfilled e -> over(id, Outcome.DONE, null, null, recorded.at());
            case RequestFailed e -> over(id, Outcome.FAILED, e.code(), e.message(), recorded.at());
            case RequestExpired e -> over(id, Outcome.FAILED, "lab.none-free", null, recorded.at());
            case RequestCancelled e -> {
                add(request(recorded, id, null, "cancel", Outcome.DONE));
                over(id, Outcome.FAILED, "cancelled", null, recorded.at());
            }
            default -> {}
        }
    }

    private void over(ReservationId id, Outcome how, @Nullable String code, @Nullable String message, Instant at) {
        end(id, how, code, message, at);
        wanted.remove(id);
    }

    /** A run of the setup script is an act of the server's; it concerns whoever's environment it was. */
    private Entry run(SetupScriptRan e, Recorded recorded) {
        Borrowed now = borrowed.get(e.board());
        String holder = now != null && now.reservation().equals(e.reservation()) ? now.holder() : null;
        boolean isDone = e.outcome() == ScriptOutcome.DONE;
        Acting by = Acting.of(recorded, owners);
        return new Entry(
                recorded.position(),
                recorded.at(),
                by.person(),
                by.token(),
                by.address(),
                e.board(),
                e.reservation(),
                holder,
                "script-" + e.action().wireName(),
                null,
                isDone ? Outcome.DONE : Outcome.FAILED,
                isDone ? null : e.outcome().wireName(),
                null,
                Duration.ofMillis(e.millis()),
                e.words());
    }

    private void note(CommandRefused refused, Recorded recorded) {
        String command = refused.command();
        if (!command.startsWith(LAB)) {
            return;
        }
        String name = after(refused.target(), "board/");
        BoardName board = name != null && BoardName.isName(name) ? new BoardName(name) : null;
        Borrowed now = board == null ? null : borrowed.get(board);
        ReservationId request = requestOrNull(after(refused.target(), "lab-request/"));
        String word = command.substring(LAB.length());
        add(Acting.of(recorded, owners)
                .entry(
                        recorded,
                        board,
                        now == null ? request : now.reservation(),
                        now == null ? holderOrNull(request) : now.holder(),
                        ACTIONS.getOrDefault(word, PublicEvents.kebab(word)),
                        after(refused.target(), "board-class/"),
                        Outcome.REFUSED)
                .refused(refused.code(), refused.message()));
    }

    private @Nullable String holderOrNull(@Nullable ReservationId request) {
        return request == null ? null : wanted.get(request);
    }

    private static @Nullable ReservationId requestOrNull(@Nullable String id) {
        try {
            return id == null ? null : new ReservationId(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String after(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : null;
    }

    private Entry act(Recorded recorded, BoardName board, String action, @Nullable String detail, Outcome outcome) {
        Borrowed now = borrowed.get(board);
        return Acting.of(recorded, owners)
                .entry(
                        recorded,
                        board,
                        now == null ? null : now.reservation(),
                        now == null ? null : now.holder(),
                        action,
                        detail,
                        outcome);
    }

    private Entry request(
            Recorded recorded, ReservationId id, @Nullable BoardName board, String action, Outcome outcome) {
        return Acting.of(recorded, owners).entry(recorded, board, id, wanted.get(id), action, null, outcome);
    }

    private void begin(Object what, Entry entry) {
        pending.put(what, entry.position());
        add(entry);
    }

    private void add(Entry entry) {
        if (entries.put(entry.position(), entry) == null && ++size > entriesMax) {
            entries.pollFirstEntry();
            size--;
        }
    }

    /** False when nothing of that name was under way. */
    private boolean end(Object what, Outcome how, @Nullable String code, @Nullable String message, Instant at) {
        Long position = pending.remove(what);
        if (position == null) {
            return false;
        }
        entries.computeIfPresent(position, (key, entry) -> entry.over(how, code, message, at));
        return true;
    }

    @Override
    public Page find(Question question) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry :
                entries.headMap(question.before(), false).descendingMap().values()) {
            if (question.since() != null && entry.at().isBefore(question.since())) {
                return new Page(found, null);
            }
            boolean fits = (question.board() == null || question.board().equals(entry.board()))
                    && (question.person() == null || entry.concerns(question.person()));
            if (fits) {
                if (found.size() == question.limit()) {
                    return new Page(found, found.getLast().position());
                }
                found.add(entry);
            }
        }
        return new Page(found, null);
    }
}
