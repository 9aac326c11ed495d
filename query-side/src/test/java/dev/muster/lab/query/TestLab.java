package dev.muster.lab.query;

import dev.muster.identity.PersonNames;
import dev.muster.kernel.Recorded;
import dev.muster.lab.Board;
import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardName;
import dev.muster.lab.BoardOption;
import dev.muster.lab.Environment;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.LabConfigurations;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import dev.muster.testing.HandClock;
import dev.muster.testing.MemoryLog;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A lab to tell stories about: every sentence is an event. */
public final class TestLab {

    public static final String KEY = "ssh-ed25519 AAAA";
    public static final Environment ENVIRONMENT = new Environment(
            Map.of("ip", "192.0.2.7"), List.of("jexec"), List.of("sshd", "-i"), Map.of("jail", "secret-jail"));
    private static final Instant EXPIRY = Instant.parse("2026-11-21T08:00:00Z");

    public final HandClock clock = HandClock.at(MemoryLog.START);
    public final BoardIndex boards;
    public final RequestIndex requests;
    public final LabUsage usage;
    public final LinkedBoards linked = new LinkedBoards();
    public final MemoryLog log;
    public final Texts configurations = new Texts();

    public TestLab() {
        this(Schedulers.parallel(), LabReadSettings.DEFAULTS);
    }

    public TestLab(Scheduler scheduler, LabReadSettings settings) {
        boards = new BoardIndex(scheduler, settings);
        requests = new RequestIndex(scheduler, settings);
        usage = new LabUsage(clock, settings);
        log = new MemoryLog(boards, requests, usage, linked);
    }

    public static PersonNames names() {
        return person -> person.equals("user:ann") ? "Ann" : person;
    }

    public static BoardName board(String name) {
        return new BoardName(name);
    }

    public static ReservationId id(int number) {
        return new ReservationId(new UUID(0, number));
    }

    public static BoardDefinition definition(String name, String brdclass, Map<String, String> tags) {
        return linkedTo(name, brdclass, tags, null);
    }

    public static BoardDefinition linkedTo(
            String name, String brdclass, Map<String, String> tags, @Nullable String device) {
        return new BoardDefinition(
                board(name),
                brdclass,
                Map.of("arch", "arm64"),
                List.of(
                        new BoardOption("snmppower", Map.of("host", "poe", "port", 3)),
                        new BoardOption("serialconsole", Map.of("val", "/dev/ttyU0"))),
                tags,
                null,
                3600,
                28_800,
                false,
                device,
                null);
    }

    public static Reservation reservation(int id, String holder) {
        return new Reservation(
                id(id), holder, "boot test", Map.of("job", "build-7"), List.of(KEY), PowerWish.ON, EXPIRY, null);
    }

    public static Wish wish(String holder, int priority, @Nullable Instant earliest) {
        return new Wish(
                holder,
                Selector.ofClass("pine"),
                priority,
                600L,
                earliest,
                null,
                "boot test",
                Map.of("job", "build-7"),
                List.of(KEY),
                PowerWish.KEEP,
                null);
    }

    public TestLab defined(String name) {
        return defined(name, "pine", Map.of());
    }

    public TestLab defined(String name, String brdclass, Map<String, String> tags) {
        return happens(new BoardDefined(board(name), definition(name, brdclass, tags)));
    }

    public TestLab reserved(String name, int id, String holder) {
        return happens(new BoardReserved(board(name), reservation(id, holder)));
    }

    public TestLab handedOver(String name, int id) {
        return happens(new BoardHandedOver(board(name), id(id), ENVIRONMENT));
    }

    /** Defines it, and hands it over to somebody. */
    public TestLab lent(String name, int id, String holder) {
        return defined(name).reserved(name, id, holder).handedOver(name, id);
    }

    public TestLab releasing(String name, int id) {
        return happens(new ReleaseStarted(board(name), new UUID(1, id), id(id), ReleaseReason.RELEASED, 1));
    }

    public TestLab freed(String name, int id) {
        return happens(new BoardFreed(board(name), id(id)));
    }

    public TestLab queued(int id, String holder, int priority) {
        return happens(new RequestQueued(id(id), wish(holder, priority, null)));
    }

    public TestLab happens(BoardEvent event) {
        log.record("board/" + event.board(), event);
        return this;
    }

    public TestLab happens(LabRequestEvent event) {
        log.record("lab-request/" + event.id(), event);
        return this;
    }

    public TestLab happensAt(String time, BoardEvent event) {
        log.recordAt(Instant.parse(time), "board/" + event.board(), event);
        return this;
    }

    public TestLab happensAt(String time, LabRequestEvent event) {
        log.recordAt(Instant.parse(time), "lab-request/" + event.id(), event);
        return this;
    }

    public Board find(String name) {
        return boards.find(board(name));
    }

    public Recorded last() {
        return log.all().getLast();
    }

    /** A configuration whose text is read by a thread that may block, or not at all. */
    public static final class Texts implements LabConfigurations {
        public volatile String text = "";
        public volatile @Nullable String readBy;

        @Override
        public LabConfiguration current() {
            return LabConfiguration.EMPTY;
        }

        @Override
        public String text() {
            readBy = Thread.currentThread().getName();
            return text;
        }

        @Override
        public LabConfiguration read(String text) {
            return LabConfiguration.EMPTY;
        }

        @Override
        public void keep(String text) {
            this.text = text;
        }

        @Override
        public @Nullable String file() {
            return null;
        }

        @Override
        public List<BoardDefinition> withoutSecrets(LabConfiguration configuration) {
            return configuration.boards();
        }
    }
}
