package dev.muster.registry.view;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import dev.muster.kernel.Fold;
import dev.muster.kernel.Recorded;
import dev.muster.overview.view.Checkpoints;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.FirstContactMade;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Heartbeats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.BiConsumer;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * When devices were last heard: in memory for every poll, in collection {@code contacts} once a second for the ones
 * that were heard since. A crash loses the last second; the next poll brings it back. As a fold it learns from history
 * who was heard at all, which matters when the store was wiped, and forgets who left.
 */
public final class ContactBook implements Heartbeats, Fold, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContactBook.class);
    private static final String COLLECTION = "contacts";

    private final MongoCollection<Document> contacts;
    private final ContactSettings settings;
    private final Checkpoints checkpoints;
    private final ConcurrentHashMap<DeviceId, Contact> book = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Contact> news = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<DeviceId> gone = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread writer =
            Thread.ofPlatform().name("contacts").daemon(true).unstarted(this::writeNews);

    /** {@code queued} is 1 while the contact waits to be written: a device that polls often waits once. */
    private static final class Contact {

        static final AtomicIntegerFieldUpdater<Contact> QUEUED =
                AtomicIntegerFieldUpdater.newUpdater(Contact.class, "queued");

        final DeviceId deviceId;
        volatile long at;

        @SuppressWarnings("unused") // written through QUEUED
        volatile int queued;

        Contact(DeviceId deviceId, long at) {
            this.deviceId = deviceId;
            this.at = at;
        }
    }

    /** On a store that takes care of its own durability. */
    public ContactBook(MongoDatabase database, ContactSettings settings) {
        this(database, settings, Checkpoints.none());
    }

    /** @param checkpoints of an embedded store, which saves itself between writes */
    public ContactBook(MongoDatabase database, ContactSettings settings, Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        this.contacts = database.getCollection(COLLECTION);
        this.settings = settings;
    }

    /** Loads what was stored and begins to write. Blocking, for the server's start, before history is folded. */
    public void start() {
        Flux.from(contacts.find())
                .doOnNext(contact -> {
                    DeviceId deviceId = new DeviceId(contact.getString("_id"));
                    book.put(
                            deviceId,
                            new Contact(
                                    deviceId, contact.get("at", Number.class).longValue()));
                })
                .blockLast(settings.storeWait().multipliedBy(10));
        writer.start();
    }

    @Override
    public String name() {
        return "contacts";
    }

    @Override
    public void apply(Recorded recorded) {
        switch (recorded.event()) {
            case FirstContactMade event -> {
                if (!book.containsKey(event.deviceId())) {
                    heard(event.deviceId(), recorded.at());
                }
            }
            case DeviceDecommissioned event -> {
                Contact contact = book.get(event.deviceId());
                // History is folded again at each start; a device that came back since must not be forgotten.
                if (contact != null && contact.at <= recorded.at().toEpochMilli()) {
                    book.remove(event.deviceId(), contact);
                    gone.add(event.deviceId());
                }
            }
            default -> {}
        }
    }

    @Override
    public void heard(DeviceId deviceId, Instant at) {
        Contact contact = book.get(deviceId);
        long millis = at.toEpochMilli();
        if (contact == null) {
            if (book.size() >= settings.devicesMax()) {
                return;
            }
            contact = book.computeIfAbsent(deviceId, id -> new Contact(id, millis));
        }
        if (contact.at < millis) {
            contact.at = millis;
        }
        if (Contact.QUEUED.compareAndSet(contact, 0, 1)) {
            news.add(contact);
        }
    }

    @Override
    public @Nullable Instant lastHeard(DeviceId deviceId) {
        Contact contact = book.get(deviceId);
        return contact == null ? null : Instant.ofEpochMilli(contact.at);
    }

    @Override
    public void forEach(BiConsumer<DeviceId, Instant> visitor) {
        book.values().forEach(contact -> visitor.accept(contact.deviceId, Instant.ofEpochMilli(contact.at)));
    }

    /** Writes what is left and stops. */
    @Override
    public void close() {
        closed.countDown();
        try {
            writer.join(settings.storeWait());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeNews() {
        boolean open = true;
        while (open) {
            try {
                open = !closed.await(settings.every().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                open = false;
            }
            try {
                // Only what waits now: devices that poll all the time must not keep the store busy all the time.
                for (int left = news.size() + gone.size(); left > 0; left -= settings.writeMax()) {
                    writeSome();
                }
            } catch (RuntimeException e) {
                LOG.warn("Contacts could not be written and are kept for the next time: {}", e.toString(), e);
            }
        }
    }

    private void writeSome() {
        List<Contact> written = new ArrayList<>();
        List<WriteModel<Document>> writes = new ArrayList<>();
        for (DeviceId id = gone.poll(); id != null; id = gone.poll()) {
            writes.add(new DeleteOneModel<>(Filters.eq("_id", id.value())));
        }
        while (writes.size() < settings.writeMax()) {
            Contact contact = news.poll();
            if (contact == null) {
                break;
            }
            // From here on a new contact queues again; the time is read afterwards, so none is missed.
            Contact.QUEUED.set(contact, 0);
            if (book.get(contact.deviceId) == contact) {
                written.add(contact);
                String id = contact.deviceId.value();
                writes.add(new ReplaceOneModel<>(
                        Filters.eq("_id", id),
                        new Document("_id", id).append("at", contact.at),
                        new ReplaceOptions().upsert(true)));
            }
        }
        if (writes.isEmpty()) {
            return;
        }
        try {
            checkpoints.together(() -> Mono.from(contacts.bulkWrite(writes, new BulkWriteOptions().ordered(true)))
                    .block(settings.storeWait()));
        } catch (RuntimeException e) {
            for (Contact contact : written) {
                if (Contact.QUEUED.compareAndSet(contact, 0, 1)) {
                    news.add(contact);
                }
            }
            throw e;
        }
    }
}
