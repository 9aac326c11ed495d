package dev.muster.observe.command;

import dev.muster.kernel.Commands;
import dev.muster.kernel.Positions;
import dev.muster.kernel.Refused;
import dev.muster.kernel.command.OneAtATimePer;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Documents;
import dev.muster.observe.Documents.Document;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentCommand;
import dev.muster.observe.EnrolmentCommand.ChangeEnrolment;
import dev.muster.observe.EnrolmentCommand.EnrolDevice;
import dev.muster.observe.EnrolmentOrders;
import dev.muster.observe.Enrolments;
import dev.muster.observe.IpAddresses;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceDirectory;
import dev.muster.registry.DeviceId;
import dev.muster.registry.RegistryRefusal;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Where devices are enrolled and renamed. That a uid belongs to one device at a time cannot be kept by one aggregate, so
 * whoever takes a uid waits in that uid's queue and looks at enrolments that have caught up with everything durable. Nobody
 * else can take it meanwhile, and giving a uid up needs no queue: so a rename waits for the new uid only, and two devices
 * that swap their uids cannot wait for each other.
 */
public final class EnrolmentOffice implements EnrolmentOrders {

    /** Agents give up after ten seconds. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    /** How often a device id that somebody else took in the same moment is chosen anew. */
    private static final int CHOICES_MAX = 5;

    /** Enrolments that wait or are made, all uids together. */
    private static final int WAITING_MAX = 10_000;

    private final Enrolments enrolments;
    private final Documents documents;
    private final DeviceDirectory devices;
    private final Commands commands;
    private final Positions positions;
    private final OneAtATimePer<Uid> queues = new OneAtATimePer<>(WAITING_MAX, "Too many enrolments are waiting.");

    public EnrolmentOffice(
            Enrolments enrolments,
            Documents documents,
            DeviceDirectory devices,
            Commands commands,
            Positions positions) {
        this.enrolments = enrolments;
        this.documents = documents;
        this.devices = devices;
        this.commands = commands;
        this.positions = positions;
    }

    /** What somebody wants to be enrolled as; the address in normal form. */
    private record Entry(
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance) {}

    @Override
    public Mono<Enrolment> enrol(
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance) {
        return Mono.defer(() -> {
            Entry entry = new Entry(uid, IpAddresses.normal(address), publicKey, uses, provenance);
            return queues.run(uid, enrolled(entry, CHOICES_MAX));
        });
    }

    private Mono<Enrolment> enrolled(Entry entry, int choices) {
        return caughtUp().then(Mono.defer(() -> {
            onlyFree(entry.uid(), null);
            DeviceId deviceId = DeviceIds.of(entry.uid(), id -> enrolments.of(id) == null);
            // Someone may enrol this very device under another uid, in that uid's queue: then another id is chosen.
            return enrol(deviceId, entry)
                    .onErrorResume(
                            lost -> choices > 1 && isTaken(lost) && enrolments.find(entry.uid()) == null,
                            lost -> enrolled(entry, choices - 1));
        }));
    }

    @Override
    public Mono<Enrolment> enrol(
            DeviceId deviceId,
            Uid uid,
            String address,
            String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            Map<String, String> provenance) {
        return Mono.defer(() -> {
            Entry entry = new Entry(uid, IpAddresses.normal(address), publicKey, uses, provenance);
            return queues.run(uid, caughtUp().then(Mono.defer(() -> {
                if (devices.facts(deviceId) == null) {
                    throw RegistryRefusal.DEVICE_UNKNOWN.because("There is no device '" + deviceId + "'.");
                }
                onlyFree(uid, null);
                return enrol(deviceId, entry);
            })));
        });
    }

    private Mono<Enrolment> enrol(DeviceId deviceId, Entry entry) {
        return sent(
                new EnrolDevice(deviceId, entry.uid(), entry.address(), entry.publicKey(), refs(entry.uses())),
                entry.provenance());
    }

    @Override
    public Mono<Enrolment> change(
            DeviceId deviceId,
            @Nullable Uid uid,
            @Nullable String address,
            @Nullable String publicKey,
            Map<DocumentKind, List<Uid>> uses,
            @Nullable Long expectedVersion,
            Map<String, String> provenance) {
        return Mono.defer(() -> {
            String normal = address == null ? null : IpAddresses.normal(address);
            Mono<Enrolment> changed = caughtUp().then(Mono.defer(() -> {
                onlyEnrolled(deviceId);
                if (uid != null) {
                    onlyFree(uid, deviceId);
                }
                return sent(
                        new ChangeEnrolment(deviceId, uid, normal, publicKey, refs(uses), expectedVersion), provenance);
            }));
            return uid == null ? changed : queues.run(uid, changed);
        });
    }

    /** Sends and answers what the enrolment is then. */
    private Mono<Enrolment> sent(EnrolmentCommand command, Map<String, String> provenance) {
        return Mono.defer(() -> Mono.fromFuture(commands.<Object>send(command, provenance), true))
                .then(caughtUp())
                .then(Mono.fromSupplier(() -> onlyEnrolled(command.deviceId())));
    }

    /** The rest runs on threads of its own: those who wait are told by the one thread that reads the log for all. */
    private Mono<Void> caughtUp() {
        return positions.caughtUp(WAIT_MAX).publishOn(Schedulers.parallel());
    }

    private Enrolment onlyEnrolled(DeviceId deviceId) {
        Enrolment enrolment = enrolments.of(deviceId);
        if (enrolment == null) {
            throw ObserveRefusal.ENROLMENT_UNKNOWN.because("The device '" + deviceId + "' is not enrolled.");
        }
        return enrolment;
    }

    private void onlyFree(Uid uid, @Nullable DeviceId exceptFor) {
        Enrolment holder = enrolments.find(uid);
        if (holder != null && !holder.deviceId().equals(exceptFor)) {
            throw ObserveRefusal.UID_TAKEN.about(
                    "uid", "There is a device that goes by the uid '" + uid + "' already.");
        }
    }

    private static boolean isTaken(Throwable failure) {
        return Refused.is(failure, ObserveRefusal.UID_TAKEN);
    }

    /** The documents behind these uids, in the order they were made, each once. */
    private Map<DocumentKind, List<DocumentRef>> refs(Map<DocumentKind, List<Uid>> uses) {
        Map<DocumentKind, List<DocumentRef>> refs = new EnumMap<>(DocumentKind.class);
        uses.forEach((kind, uids) -> refs.put(
                kind,
                uids.stream()
                        .distinct()
                        .map(uid -> onlyKnown(kind, uid))
                        .sorted(Comparator.comparingLong(Document::position))
                        .map(Document::ref)
                        .toList()));
        return refs;
    }

    private Document onlyKnown(DocumentKind kind, Uid uid) {
        Document document = documents.find(kind, uid);
        if (document == null) {
            throw ObserveRefusal.DOCUMENT_UNKNOWN.because(
                    "There is no " + kind.wireName() + " '" + uid + "'.",
                    Map.of("kind", kind.wireName(), "uid", uid.value()));
        }
        return document;
    }
}
