package dev.muster.store;

import dev.muster.kernel.Ids;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.DeadLetterQueueOverflowException;
import org.axonframework.messaging.deadletter.EnqueueDecision;
import org.axonframework.messaging.deadletter.NoSuchDeadLetterException;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.WrongDeadLetterTypeException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead letters of one processing group, in order within each sequence; durable when a call returns. Which sequences
 * there are is kept in memory, so that asking for one, as is done for every event, touches no disk.
 *
 * <p>An event is enqueued once per sequence: a batch that is repeated after a crash finds its letters in place.
 */
public final class RocksDeadLetterQueue implements SequencedDeadLetterQueue<EventMessage<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(RocksDeadLetterQueue.class);

    /** Sequences of one group, by default. */
    public static final int SEQUENCES_MAX = 10_000;

    /** Letters of one sequence, by default. */
    public static final int LETTERS_MAX = 1_024;

    private static final int NAME_CHARS_MAX = 300;

    private final EmbeddedStore store;
    private final LetterShelf shelf;
    private final LetterCodec codec;
    private final int sequencesMax;
    private final int lettersMax;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ParkedSequence> sequences;
    private final Set<String> taken = new HashSet<>();

    /**
     * @param group the processing group whose letters these are; one queue per group and store
     * @param events turns payloads, metadata and diagnostics into bytes and back
     * @param tokens the same for tracking tokens
     */
    public RocksDeadLetterQueue(EmbeddedStore store, String group, Serializer events, Serializer tokens) {
        this(store, group, events, tokens, SEQUENCES_MAX, LETTERS_MAX);
    }

    /** With limits of one's own: most sequences, most letters in each. */
    public RocksDeadLetterQueue(
            EmbeddedStore store, String group, Serializer events, Serializer tokens, int sequencesMax, int lettersMax) {
        this.store = store;
        this.codec = new LetterCodec(events, tokens, store.clock());
        this.shelf = new LetterShelf(store, group, codec);
        this.sequencesMax = sequencesMax;
        this.lettersMax = lettersMax;
        this.sequences = shelf.load();
    }

    @Override
    public void enqueue(Object sequenceIdentifier, DeadLetter<? extends EventMessage<?>> letter) {
        String name = name(sequenceIdentifier);
        lock.lock();
        try {
            ParkedSequence sequence = sequences.get(name);
            if (sequence != null && sequence.contains(letter.message().getIdentifier())) {
                return;
            }
            if (isFull(sequenceIdentifier)) {
                throw new DeadLetterQueueOverflowException(sequenceIdentifier);
            }
            ParkedSequence parked = sequence == null ? new ParkedSequence() : sequence;
            long number = parked.next();
            shelf.put(new RocksDeadLetter.Place(name, number), letter);
            parked.add(number, letter.message().getIdentifier(), letter.lastTouched());
            sequences.put(name, parked);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean enqueueIfPresent(
            Object sequenceIdentifier, Supplier<DeadLetter<? extends EventMessage<?>>> letterBuilder) {
        lock.lock();
        try {
            if (!contains(sequenceIdentifier)) {
                return false;
            }
            enqueue(sequenceIdentifier, letterBuilder.get());
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void evict(DeadLetter<? extends EventMessage<?>> letter) {
        RocksDeadLetter.Place place = own(letter).place();
        lock.lock();
        try {
            ParkedSequence sequence = sequences.get(place.sequence());
            if (sequence == null || !sequence.has(place.number())) {
                return;
            }
            shelf.remove(place);
            sequence.remove(place.number());
            if (sequence.isEmpty()) {
                sequences.remove(place.sequence());
            } else {
                sequence.touchedFirst(shelf.touched(new RocksDeadLetter.Place(place.sequence(), sequence.first())));
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void requeue(
            DeadLetter<? extends EventMessage<?>> letter,
            UnaryOperator<DeadLetter<? extends EventMessage<?>>> letterUpdater) {
        RocksDeadLetter.Place place = own(letter).place();
        DeadLetter<? extends EventMessage<?>> updated = letterUpdater.apply(letter.markTouched());
        lock.lock();
        try {
            ParkedSequence sequence = sequences.get(place.sequence());
            if (sequence == null || !sequence.has(place.number())) {
                throw new NoSuchDeadLetterException(
                        "letter of event " + letter.message().getIdentifier() + " is no longer in the queue");
            }
            shelf.put(place, updated);
            if (sequence.first() == place.number()) {
                sequence.touchedFirst(updated.lastTouched());
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean contains(Object sequenceIdentifier) {
        return sequenceSize(sequenceIdentifier) > 0;
    }

    @Override
    public Iterable<DeadLetter<? extends EventMessage<?>>> deadLetterSequence(Object sequenceIdentifier) {
        return shelf.letters(name(sequenceIdentifier));
    }

    /** Each sequence is read when it is iterated. */
    @Override
    public Iterable<Iterable<DeadLetter<? extends EventMessage<?>>>> deadLetters() {
        List<Iterable<DeadLetter<? extends EventMessage<?>>>> all = new ArrayList<>();
        for (String name : oldestFirst()) {
            all.add(() -> shelf.letters(name).iterator());
        }
        return all;
    }

    @Override
    public boolean isFull(Object sequenceIdentifier) {
        lock.lock();
        try {
            ParkedSequence sequence = sequences.get(name(sequenceIdentifier));
            return sequence == null ? sequences.size() >= sequencesMax : sequence.size() >= lettersMax;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size() {
        lock.lock();
        try {
            return sequences.values().stream().mapToLong(ParkedSequence::size).sum();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long sequenceSize(Object sequenceIdentifier) {
        lock.lock();
        try {
            ParkedSequence sequence = sequences.get(name(sequenceIdentifier));
            return sequence == null ? 0 : sequence.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long amountOfSequences() {
        lock.lock();
        try {
            return sequences.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean process(
            Predicate<DeadLetter<? extends EventMessage<?>>> sequenceFilter,
            Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> processingTask) {
        for (String name : oldestFirst()) {
            if (!take(name)) {
                continue;
            }
            try {
                RocksDeadLetter first = readable(name);
                if (first != null && sequenceFilter.test(first)) {
                    return process(first, processingTask);
                }
            } finally {
                release(name);
            }
        }
        return false;
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            shelf.clear();
            sequences.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean process(
            RocksDeadLetter first,
            Function<DeadLetter<? extends EventMessage<?>>, EnqueueDecision<EventMessage<?>>> task) {
        for (RocksDeadLetter letter = first;
                letter != null;
                letter = first(first.place().sequence())) {
            EnqueueDecision<EventMessage<?>> decision = task.apply(letter);
            if (decision.shouldEnqueue()) {
                requeue(letter, old -> withCause(decision.withDiagnostics(old), decision));
                return false;
            }
            evict(letter);
        }
        return true;
    }

    @SuppressWarnings("NullAway") // Axon's contract for "the cause stays" is a null cause
    private static DeadLetter<? extends EventMessage<?>> withCause(
            DeadLetter<? extends EventMessage<?>> letter, EnqueueDecision<EventMessage<?>> decision) {
        return letter.withCause(decision.enqueueCause().orElse(null));
    }

    /** The first letter, or null when it cannot be read: one bad letter must not keep the other sequences waiting. */
    private @Nullable RocksDeadLetter readable(String name) {
        try {
            return first(name);
        } catch (RuntimeException e) {
            LOG.error("the first dead letter of sequence {} cannot be read, the sequence stays parked", name, e);
            return null;
        }
    }

    private @Nullable RocksDeadLetter first(String name) {
        long number;
        lock.lock();
        try {
            ParkedSequence sequence = sequences.get(name);
            if (sequence == null) {
                return null;
            }
            number = sequence.first();
        } finally {
            lock.unlock();
        }
        return shelf.get(new RocksDeadLetter.Place(name, number));
    }

    private List<String> oldestFirst() {
        lock.lock();
        try {
            List<Map.Entry<String, ParkedSequence>> entries = new ArrayList<>(sequences.entrySet());
            entries.sort(Comparator.comparing(entry -> entry.getValue().touchedFirst()));
            return entries.stream().map(Map.Entry::getKey).toList();
        } finally {
            lock.unlock();
        }
    }

    private boolean take(String name) {
        lock.lock();
        try {
            return sequences.containsKey(name) && taken.add(name);
        } finally {
            lock.unlock();
        }
    }

    private void release(String name) {
        lock.lock();
        try {
            taken.remove(name);
        } finally {
            lock.unlock();
        }
    }

    private static RocksDeadLetter own(DeadLetter<? extends EventMessage<?>> letter) {
        if (letter instanceof RocksDeadLetter own) {
            return own;
        }
        throw new WrongDeadLetterTypeException("only letters read from this queue can go back to it, not a "
                + letter.getClass().getName());
    }

    /** The name of a sequence: a text as it is unless it is unfit for a key, anything else by its hash. */
    private static String name(Object identifier) {
        String text = identifier instanceof String s ? s : Integer.toString(identifier.hashCode());
        boolean fit = !text.isEmpty() && text.length() <= NAME_CHARS_MAX && text.indexOf('\0') < 0;
        return fit ? text : "sha256-" + Ids.digest(text);
    }
}
