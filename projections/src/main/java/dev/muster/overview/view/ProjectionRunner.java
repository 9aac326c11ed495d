package dev.muster.overview.view;

import dev.muster.kernel.History;
import dev.muster.kernel.Recorded;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log for one generation of one projection, on a thread of its own: read a batch, load its documents, fold,
 * write, then move the stored position. A crash in between repeats the batch, and documents that have seen an event
 * pass over it. When the log or the store fails, it starts again from the stored position after a pause.
 */
final class ProjectionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionRunner.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    /** Events that concern nobody move the stored position only this often: each move is a write. */
    private static final long IDLE_SAVE_EVERY = 10_000;

    private final ViewProjection projection;
    private final int generation;
    private final ViewStore store;
    private final History history;
    private final ViewSettings settings;
    private final Runnable onProgress;
    private final DeadLetters letters;
    private final HeldDocuments documents;
    private final ConcurrentLinkedQueue<Errand> errands = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;
    private volatile long seen = -1;
    private volatile State state = State.STARTING;
    private long saved = -1;
    private Duration pause;

    /** A sequence that somebody wants to be tried again. */
    private record Errand(String sequence, CompletableFuture<Integer> answer) {}

    /** What a runner is doing. */
    enum State {
        STARTING,
        FOLLOWING,
        /** The log or the store failed; it will try again. */
        RETRYING,
        STOPPED
    }

    /** @param onProgress called after each batch, on the runner's thread */
    ProjectionRunner(
            ViewProjection projection,
            int generation,
            ViewStore store,
            History history,
            Clock clock,
            ViewSettings settings,
            Runnable onProgress) {
        this.projection = projection;
        this.generation = generation;
        this.store = store;
        this.history = history;
        this.settings = settings;
        this.onProgress = onProgress;
        this.pause = settings.retryWait();
        this.letters = new DeadLetters(name(), store, clock);
        this.documents = new HeldDocuments(store, generation, settings.heldMax());
        this.thread = Thread.ofPlatform().name("view-" + name()).daemon(true).unstarted(this::run);
    }

    /** Projection and generation, {@code actions@1}. */
    String name() {
        return ViewStore.stored(projection.name(), generation);
    }

    int generation() {
        return generation;
    }

    /** Every event up to this position is in the stored documents; -1 at the start. */
    long seen() {
        return seen;
    }

    State state() {
        return state;
    }

    int deadLetters() {
        return letters.count();
    }

    /** Finds its place in the log; before {@link #start()}. */
    void open() {
        seen = store.position(name());
    }

    /** Follows on its own thread. */
    void start() {
        thread.start();
    }

    /** Stops after the batch at hand. */
    void stopSoon() {
        stopped.countDown();
    }

    /** Stops after the batch at hand; waits for that. */
    void stop() throws InterruptedException {
        stopSoon();
        // A start that failed stops what it never started.
        if (thread.getState() != Thread.State.NEW) {
            thread.join(settings.storeWait());
        }
    }

    /** Folds what waits in a sequence once more, on the runner's thread; answers how many events could be folded. */
    CompletableFuture<Integer> retry(String sequence) {
        Errand errand = new Errand(sequence, new CompletableFuture<>());
        errands.add(errand);
        if (state == State.STOPPED && errands.remove(errand)) {
            errand.answer().completeExceptionally(new IllegalStateException("the view was stopped"));
        }
        return errand.answer();
    }

    private void run() {
        while (stopped.getCount() > 0) {
            try {
                follow();
            } catch (RuntimeException e) {
                state = State.RETRYING;
                LOG.warn("View {} starts again from position {} in {}: {}", name(), saved, pause, e.toString(), e);
                sleep(pause);
                pause = longer(pause);
            } catch (InterruptedException e) {
                break;
            }
        }
        state = State.STOPPED;
        for (Errand errand = errands.poll(); errand != null; errand = errands.poll()) {
            errand.answer().completeExceptionally(new IllegalStateException("the view was stopped"));
        }
    }

    private Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(settings.retryWaitMax()) > 0 ? settings.retryWaitMax() : doubled;
    }

    private void sleep(Duration pause) {
        try {
            boolean over = stopped.await(pause.toNanos(), TimeUnit.NANOSECONDS);
            state = over ? State.STOPPED : State.STARTING;
        } catch (InterruptedException e) {
            stopped.countDown();
        }
    }

    private void follow() throws InterruptedException {
        saved = store.position(name());
        seen = saved;
        letters.load();
        documents.forget();
        LogReader reader = new LogReader(settings.batchMax(), settings.batchWait());
        history.after(saved).subscribe(reader);
        try {
            state = State.FOLLOWING;
            while (stopped.getCount() > 0) {
                List<Recorded> batch = reader.next(PATIENCE);
                if (!batch.isEmpty()) {
                    handle(batch);
                    onProgress.run();
                }
                runErrands();
            }
            if (seen > saved) {
                savePosition(seen);
            }
        } finally {
            reader.cancel();
        }
    }

    private void handle(List<Recorded> events) {
        Batch batch = new Batch(projection, documents.load(Batch.needs(projection, events)));
        for (Recorded recorded : events) {
            String sequence = projection.sequence(recorded);
            if (sequence != null) {
                foldOrPark(batch, recorded, sequence);
            }
        }
        long last = events.getLast().position();
        if (!batch.isEmpty() || letters.unsaved() || last - saved >= IDLE_SAVE_EVERY) {
            store.together(() -> {
                letters.save();
                documents.write(batch.changes());
                savePosition(last);
            });
        }
        seen = last;
        pause = settings.retryWait();
    }

    private void foldOrPark(Batch batch, Recorded recorded, String sequence) {
        if (letters.holdsUp(sequence)) {
            letters.park(recorded, sequence, "waits behind an earlier event");
            return;
        }
        try {
            batch.fold(recorded);
        } catch (RuntimeException e) {
            if (letters.count() >= settings.deadLettersMax()) {
                throw e;
            }
            LOG.error("View {} sets aside position {}: {}", name(), recorded.position(), e.toString(), e);
            letters.park(recorded, sequence, e.toString());
        }
    }

    private int redeliver(String sequence) {
        List<DeadLetter> waiting = letters.waiting(sequence);
        int delivered = 0;
        for (DeadLetter letter : waiting) {
            Recorded recorded = history.at(letter.position());
            if (recorded == null || !redeliver(recorded, letter)) {
                break;
            }
            delivered++;
        }
        return delivered;
    }

    private boolean redeliver(Recorded recorded, DeadLetter letter) {
        Batch batch = new Batch(projection, documents.load(Batch.needs(projection, List.of(recorded))));
        try {
            batch.fold(recorded);
        } catch (RuntimeException e) {
            LOG.error("View {} still cannot fold position {}: {}", name(), recorded.position(), e.toString(), e);
            return false;
        }
        store.together(() -> {
            documents.write(batch.changes());
            letters.remove(letter);
        });
        return true;
    }

    private void savePosition(long position) {
        store.savePosition(name(), position);
        saved = position;
    }

    private void runErrands() {
        for (Errand errand = errands.poll(); errand != null; errand = errands.poll()) {
            try {
                errand.answer().complete(redeliver(errand.sequence()));
            } catch (RuntimeException e) {
                errand.answer().completeExceptionally(e);
            }
        }
    }
}
