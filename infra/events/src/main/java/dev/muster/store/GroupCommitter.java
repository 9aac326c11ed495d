package dev.muster.store;

import dev.muster.kernel.KernelRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only writer of the store. One thread takes what has queued up while the disk was busy, refuses what conflicts,
 * numbers the rest, writes it in one batch with one fsync, and only then tells the callers. So positions are without
 * gaps and in the order of commit, and one fsync serves many callers.
 */
final class GroupCommitter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);

    private final Database database;
    private final StoreSettings settings;
    private final CommitOrder order;
    private final CommitWatch watch;
    private final StreamHeads heads;
    private final BlockingQueue<Commit> queue;
    private final Commit end = new Commit();
    private final CommitMeter meter = new CommitMeter();
    private final Thread thread;
    private volatile @Nullable StoreFault stopped;
    private long next;

    GroupCommitter(Database database, StoreSettings settings, CommitOrder order, CommitWatch watch) {
        this.database = database;
        this.settings = settings;
        this.order = order;
        this.watch = watch;
        this.next = watch.committed() + 1;
        this.heads = new StreamHeads(database);
        this.queue = new ArrayBlockingQueue<>(settings.queueMax());
        this.thread = Thread.ofPlatform().name("event-committer").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /**
     * Commits and waits until it is durable.
     *
     * @return the position of its last event, or the newest position when it has none
     * @throws ConcurrencyException when an event does not follow its aggregate's last one; nothing of it is written
     * @throws StoreFault when the store is closed or broken, or the commit took longer than {@code commitWait}
     * @throws dev.muster.kernel.Refused {@code kernel.overloaded} when the queue stays full
     */
    long commit(Commit commit) {
        if (commit.entries().size() > settings.eventsPerAppendMax()) {
            throw new StoreFault(
                    StoreFault.Reason.TOO_LARGE,
                    "an append has " + commit.entries().size() + " events, the most is "
                            + settings.eventsPerAppendMax());
        }
        if (commit.bytes() > settings.appendBytesMax()) {
            throw new StoreFault(
                    StoreFault.Reason.TOO_LARGE,
                    "an append has " + commit.bytes() + " bytes, the most is " + settings.appendBytesMax());
        }
        enqueue(commit);
        return await(commit);
    }

    /** Why nothing is written any more, or null while all is well. */
    @Nullable
    StoreFault stopped() {
        return stopped;
    }

    CommitMeter meter() {
        return meter;
    }

    int waiting() {
        return queue.size();
    }

    /** Commits what is queued, then ends. */
    @Override
    public void close() {
        if (stopped == null) {
            stopped = new StoreFault(StoreFault.Reason.CLOSED, "the event store is closed");
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                if (queue.offer(end, 10, TimeUnit.MILLISECONDS)) {
                    thread.join();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void enqueue(Commit commit) {
        refuseIfStopped();
        try {
            if (!queue.offer(commit, settings.queueWait().toMillis(), TimeUnit.MILLISECONDS)) {
                throw KernelRefusal.OVERLOADED.because(
                        "The event store has " + settings.queueMax() + " appends waiting for the disk.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreFault(StoreFault.Reason.CLOSED, "interrupted before the append was queued", e);
        }
        // The committer may have ended between the check above and the offer; then nobody takes this one.
        if (stopped != null && queue.remove(commit)) {
            refuseIfStopped();
        }
    }

    private void refuseIfStopped() {
        StoreFault fault = stopped;
        if (fault != null) {
            throw new StoreFault(fault.reason(), fault.getMessage(), fault);
        }
    }

    /** Waits through interrupts: a caller that left early would report a failure for events that become durable. */
    private long await(Commit commit) {
        long deadline = System.nanoTime() + settings.commitWait().toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return commit.done.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (TimeoutException e) {
            throw new StoreFault(
                    StoreFault.Reason.OUTCOME_UNKNOWN,
                    "the disk did not confirm an append within " + settings.commitWait() + "; it may still be kept",
                    e);
        } catch (ExecutionException e) {
            // A fresh exception per caller: the failure of a batch is shared by many threads.
            if (e.getCause() instanceof ConcurrencyException conflict) {
                throw new ConcurrencyException(conflict.getMessage(), conflict);
            }
            if (e.getCause() instanceof StoreFault fault) {
                throw new StoreFault(fault.reason(), fault.getMessage(), fault);
            }
            throw new StoreFault(StoreFault.Reason.WRITE_FAILED, "an append failed: " + e.getCause(), e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        List<Commit> batch = new ArrayList<>(settings.batchMax());
        try {
            while (!batch.contains(end)) {
                batch.clear();
                collect(batch);
                write(batch);
            }
        } catch (Throwable e) { // also an OutOfMemoryError must not leave callers waiting for ever
            failStop(batch, e);
        }
        StoreFault fault = stopped;
        queue.forEach(left -> left.done.completeExceptionally(
                fault == null ? new StoreFault(StoreFault.Reason.CLOSED, "the event store is closed") : fault));
    }

    /** What has queued up, within limits; waits for the first. */
    private void collect(List<Commit> batch) throws InterruptedException {
        long bytes = 0;
        for (Commit next = queue.take(); next != null; next = queue.poll()) {
            batch.add(next);
            bytes += next.bytes();
            if (batch.size() >= settings.batchMax() || bytes >= settings.appendBytesMax()) {
                return;
            }
        }
    }

    private void write(List<Commit> batch) throws RocksDBException {
        List<Commit> accepted = new ArrayList<>(batch.size());
        try (WriteBatch write = new WriteBatch()) {
            boolean durable = false;
            for (Commit commit : batch) {
                if (commit != end && accept(commit, write)) {
                    accepted.add(commit);
                    durable |= commit.durable();
                }
            }
            if (accepted.isEmpty()) {
                return;
            }
            boolean sync = durable && settings.syncWrites();
            long start = System.nanoTime();
            order.commit(() -> database.write(write, sync), () -> acknowledge(accepted));
            meter.wrote(accepted.size(), System.nanoTime() - start);
        }
    }

    private boolean accept(Commit commit, WriteBatch write) throws RocksDBException {
        ConcurrencyException conflict = heads.reserve(commit.entries());
        if (conflict != null) {
            commit.done.completeExceptionally(conflict);
            return false;
        }
        for (Commit.Entry entry : commit.entries()) {
            long position = next++;
            byte[] key = Keys.ofLong(position);
            RecordCodec.seal(entry.record(), position);
            write.put(database.family(Table.EVENTS), key, entry.record());
            write.put(
                    database.family(Table.BY_AGGREGATE),
                    Keys.numbered(entry.event().stream(), entry.event().sequence()),
                    key);
        }
        for (Commit.Change change : commit.changes()) {
            byte[] value = change.value();
            if (value == null) {
                write.delete(database.family(change.table()), change.key());
            } else {
                write.put(database.family(change.table()), change.key(), value);
            }
        }
        commit.position = next - 1;
        return true;
    }

    private void acknowledge(List<Commit> accepted) {
        heads.committed();
        watch.advance(next - 1);
        for (Commit commit : accepted) {
            commit.done.complete(commit.position);
        }
    }

    private void failStop(List<Commit> batch, Throwable cause) {
        String message = "the event store stopped writing after a failed write, restart it once the disk is well: "
                + cause.getMessage();
        LOG.error(message, cause);
        StoreFault fault = new StoreFault(StoreFault.Reason.WRITE_FAILED, message, cause);
        stopped = fault;
        batch.forEach(commit -> commit.done.completeExceptionally(fault));
    }
}
