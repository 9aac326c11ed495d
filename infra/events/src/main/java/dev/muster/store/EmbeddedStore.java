package dev.muster.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The event store within the process: a directory with an append-only log, held by one process at a time. What it has
 * acknowledged is on disk. Positions start at 0 and have no gaps.
 *
 * <p>The directory holds {@code store.lock} and the database in {@code db}. A back-up has the same shape: to restore,
 * stop the server, put a copy of the back-up in the directory's place, start.
 */
public final class EmbeddedStore implements AutoCloseable {

    private static final String DATABASE_DIR = "db";

    private final StoreSettings settings;
    private final Clock clock;
    private final DirectoryLock lock;
    private final Database database;
    private final StoreFacts facts;
    private final EventLog log;
    private final CommitWatch watch;
    private final GroupCommitter committer;
    private final boolean readOnly;
    private final String stagingKey = EmbeddedStore.class.getName() + '-' + UUID.randomUUID();

    private EmbeddedStore(
            StoreSettings settings,
            Clock clock,
            CommitOrder order,
            DirectoryLock lock,
            Database database,
            boolean readOnly) {
        this.settings = settings;
        this.clock = clock;
        this.lock = lock;
        this.database = database;
        this.readOnly = readOnly;
        this.facts = StoreFacts.of(database, clock, readOnly);
        this.log = new EventLog(database);
        this.watch = new CommitWatch(log.last());
        this.committer = new GroupCommitter(database, settings, order, watch);
    }

    /**
     * Opens the store, making it when there is none.
     *
     * @throws StoreFault {@code LOCKED}, {@code NEWER_FORMAT} or {@code DAMAGED}, each with one sentence that says where
     */
    public static EmbeddedStore open(StoreSettings settings, Clock clock) {
        return open(settings, clock, CommitOrder.DURABLE_FIRST);
    }

    /** Opens an existing store to look at it; also refused while another process holds it. Nothing can be written. */
    public static EmbeddedStore openReadOnly(Path dir, Clock clock) {
        if (!Files.isDirectory(dir.resolve(DATABASE_DIR))) {
            throw new StoreFault(StoreFault.Reason.NOT_A_STORE, "there is no event store in " + dir);
        }
        return open(StoreSettings.at(dir), clock, CommitOrder.DURABLE_FIRST, true);
    }

    static EmbeddedStore open(StoreSettings settings, Clock clock, CommitOrder order) {
        try {
            Files.createDirectories(settings.dir());
            syncDirectory(settings.dir().toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Reason.NOT_A_STORE, "cannot make directory " + settings.dir(), e);
        }
        EmbeddedStore store = open(settings, clock, order, false);
        store.committer.start();
        return store;
    }

    private static EmbeddedStore open(StoreSettings settings, Clock clock, CommitOrder order, boolean readOnly) {
        DirectoryLock lock = DirectoryLock.take(settings.dir());
        Database database = null;
        try {
            database = Database.open(settings.dir().resolve(DATABASE_DIR), settings, readOnly);
            return new EmbeddedStore(settings, clock, order, lock, database, readOnly);
        } catch (RuntimeException | Error e) {
            if (database != null) {
                database.close();
            }
            lock.close();
            throw e;
        }
    }

    /** Version, id and age of the store. */
    public StoreFacts facts() {
        return facts;
    }

    /** The position of the newest durable event, -1 when there is none. */
    public long committed() {
        return watch.committed();
    }

    /** Why nothing can be written any more, in one sentence; empty while all is well. */
    public Optional<String> fault() {
        StoreFault fault = committer.stopped();
        return fault == null ? Optional.empty() : Optional.of(fault.getMessage());
    }

    /** Commits waiting for the disk, at most {@link StoreSettings#queueMax()}. */
    public int waiting() {
        return committer.waiting();
    }

    /** Counts of commits, batches and the time they took. */
    public CommitMeter meter() {
        return committer.meter();
    }

    /** Bytes of the database's files on disk, without the write-ahead log. */
    public long diskBytes() {
        return database.fileBytes();
    }

    /**
     * Appends events, all or none, and returns when they are durable. Their positions are given by the store.
     *
     * @return the position of the last of them
     * @throws org.axonframework.modelling.command.ConcurrencyException when one does not follow its aggregate's last
     */
    public long append(List<StoredEvent> events) {
        Commit commit = new Commit();
        events.forEach(event -> commit.append(entry(event)));
        return commit(commit);
    }

    /** The events from this position on, at most {@code max}, in order; empty when there is none yet. */
    public List<StoredEvent> read(long fromPosition, int max) {
        return log.read(fromPosition, committed(), max);
    }

    /** An aggregate's events from this sequence number on, at most {@code max}, in order. */
    public List<StoredEvent> readAggregate(String aggregateId, long fromSequence, int max) {
        return log.readStream(aggregateId, fromSequence, max);
    }

    /** The sequence number of the aggregate's last event. */
    public OptionalLong lastSequence(String aggregateId) {
        return log.lastSequence(aggregateId);
    }

    /** The position of the first event recorded at or after this time; one past the newest when there is none. */
    public long firstAtOrAfter(Instant time) {
        return log.firstAtOrAfter(time, committed());
    }

    /**
     * Hears of each new newest position, on the committer's thread: do nothing slow there. Run what is returned to stop.
     */
    public Runnable onCommit(LongConsumer listener) {
        return watch.listen(listener);
    }

    /** Waits until there is an event after this position; false when none came within the time. */
    public boolean awaitAfter(long position, Duration waitMax) throws InterruptedException {
        return watch.awaitAfter(position, waitMax);
    }

    /**
     * Makes a consistent copy of everything in the store, while it runs, as a store directory of its own.
     *
     * @param target must not exist yet; on the same file system the copy shares files by hard link
     * @return the position of the newest event that is certainly in the copy
     */
    public long backup(Path target) {
        long position = committed();
        if (Files.exists(target)) {
            throw new StoreFault(StoreFault.Reason.NOT_A_STORE, "the back-up's directory exists already: " + target);
        }
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Reason.WRITE_FAILED, "cannot make directory " + target, e);
        }
        database.checkpoint(target.resolve(DATABASE_DIR));
        try {
            syncDirectory(target);
            syncDirectory(target.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new StoreFault(StoreFault.Reason.WRITE_FAILED, "cannot fsync directory " + target, e);
        }
        return position;
    }

    /** Commits what is queued and gives the directory back. */
    @Override
    public void close() {
        try {
            committer.close();
        } finally {
            try {
                database.close();
            } finally {
                lock.close();
            }
        }
    }

    long commit(Commit commit) {
        if (readOnly) {
            throw new StoreFault(StoreFault.Reason.CLOSED, "the event store was opened for reading only");
        }
        for (Commit.Change change : commit.changes()) {
            byte[] value = change.value();
            requireSize(value == null ? 0 : value.length, "a value of table " + change.table());
        }
        return committer.commit(commit);
    }

    /** Encodes and checks an event on the caller's thread: what reaches the committer must not fail there. */
    Commit.Entry entry(StoredEvent event) {
        Keys.ofText(event.stream());
        byte[] record = RecordCodec.encode(event);
        requireSize(record.length, "event " + event.id());
        return new Commit.Entry(event, record);
    }

    void putSnapshot(StoredEvent snapshot) {
        byte[] record = RecordCodec.encode(snapshot);
        requireSize(record.length, "the snapshot of " + snapshot.stream());
        RecordCodec.seal(record, snapshot.sequence());
        // Not fsync'd: a lost snapshot costs a longer load, and it never outlives the events it was made of.
        byte[] value = Keys.join(Keys.ofLong(snapshot.sequence()), record);
        commit(new Commit().lazily(Table.SNAPSHOTS, Keys.ofText(snapshot.stream()), value));
    }

    @Nullable
    StoredEvent snapshot(String aggregateId) {
        byte[] value = database.get(Table.SNAPSHOTS, Keys.ofText(aggregateId));
        if (value == null) {
            return null;
        }
        byte[] record = new byte[value.length - Long.BYTES];
        System.arraycopy(value, Long.BYTES, record, 0, record.length);
        return RecordCodec.decode(Keys.toLong(value), record);
    }

    /** The name under which a unit of work keeps what it will commit here. */
    String stagingKey() {
        return stagingKey;
    }

    Database database() {
        return database;
    }

    Clock clock() {
        return clock;
    }

    /** Makes the names in a directory durable; the files in it are their writers' business. */
    private static void syncDirectory(@Nullable Path dir) throws IOException {
        if (dir != null) {
            try (FileChannel channel = FileChannel.open(dir, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private void requireSize(int bytes, String what) {
        if (bytes > settings.eventBytesMax()) {
            throw new StoreFault(
                    StoreFault.Reason.TOO_LARGE,
                    what + " has " + bytes + " bytes, the most is " + settings.eventBytesMax());
        }
    }
}
