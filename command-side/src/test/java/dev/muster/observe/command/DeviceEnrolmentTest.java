package dev.muster.observe.command;

import static dev.muster.kernel.command.Refusals.refused;
import static dev.muster.observe.DocumentKind.FOXGLOVE_LAYOUT;
import static dev.muster.observe.DocumentKind.GRAFANA_DASHBOARD;
import static dev.muster.observe.DocumentKind.LOKI_RULES;
import static dev.muster.observe.ObserveRefusal.ADDRESS_INVALID;
import static dev.muster.observe.ObserveRefusal.CERTIFICATE_INVALID;
import static dev.muster.observe.ObserveRefusal.CERTIFICATE_UNKNOWN;
import static dev.muster.observe.ObserveRefusal.CSR_INVALID;
import static dev.muster.observe.ObserveRefusal.ENROLMENT_UNKNOWN;
import static dev.muster.observe.ObserveRefusal.PUBLIC_KEY_INVALID;
import static dev.muster.observe.ObserveRefusal.TOO_MANY;
import static dev.muster.observe.ObserveRefusal.UID_TAKEN;

import dev.muster.kernel.KernelRefusal;
import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentId;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.EnrolmentCommand.ChangeEnrolment;
import dev.muster.observe.EnrolmentCommand.DecideCertificate;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.EnrolmentCommand.EnrolDevice;
import dev.muster.observe.EnrolmentCommand.RequestCertificate;
import dev.muster.observe.EnrolmentEvent.CertificateDecided;
import dev.muster.observe.EnrolmentEvent.CertificateRequested;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.EnrolmentEvent.ObservedAddressChanged;
import dev.muster.observe.EnrolmentEvent.PublicKeyChanged;
import dev.muster.observe.EnrolmentEvent.UidChanged;
import dev.muster.observe.EnrolmentEvent.UsedDocumentsChanged;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeviceEnrolmentTest {

    private static final DeviceId ROBOT = new DeviceId("robot-1");
    private static final Uid UID = new Uid("robot-1");
    private static final DocumentRef CPU = document(1, "cpu");
    private static final DocumentRef DISK = document(2, "disk");
    private static final String CSR = Requests.of("p256").strip();

    private AggregateTestFixture<DeviceEnrolment> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(DeviceEnrolment.class);
    }

    private static DocumentRef document(long number, String uid) {
        return new DocumentRef(new DocumentId(new UUID(0, number)), new Uid(uid));
    }

    private static EnrolDevice enrol(String address, String key, Map<DocumentKind, List<DocumentRef>> uses) {
        return new EnrolDevice(ROBOT, UID, address, key, uses);
    }

    private static DeviceEnrolled enrolled() {
        return new DeviceEnrolled(
                ROBOT, UID, "192.168.0.1", "ssh-rsa AAAA", Map.of(GRAFANA_DASHBOARD, List.of(CPU, DISK)));
    }

    private static ChangeEnrolment change(
            Uid uid, String address, String key, Map<DocumentKind, List<DocumentRef>> uses, Long version) {
        return new ChangeEnrolment(ROBOT, uid, address, key, uses, version);
    }

    @Nested
    class Enrolling {

        @Test
        void saysWhereTheDeviceIsAndWhatShowsIt() {
            fixture.givenNoPriorActivity()
                    .when(enrol(
                            "192.168.0.1",
                            "ssh-rsa AAAA",
                            Map.of(GRAFANA_DASHBOARD, List.of(CPU, DISK, CPU), LOKI_RULES, List.of())))
                    .expectEvents(enrolled());
        }

        @Test
        void aDeviceIsEnrolledOnce() {
            refused(fixture.given(enrolled()).when(enrol("192.168.0.1", "ssh-rsa AAAA", Map.of())), UID_TAKEN);
        }

        @Test
        void afterItsEndADeviceStartsAfresh() {
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR), new EnrolmentEnded(ROBOT, UID))
                    .when(enrol("10.0.0.1", "", Map.of()))
                    .expectEvents(new DeviceEnrolled(ROBOT, UID, "10.0.0.1", "", Map.of()));
        }

        @Test
        void anAddressThatIsNoneOrNotInNormalFormIsRefused() {
            refused(fixture.givenNoPriorActivity().when(enrol("localhost", "", Map.of())), ADDRESS_INVALID);
            refused(fixture.givenNoPriorActivity().when(enrol("2001:DB8::1", "", Map.of())), ADDRESS_INVALID);
        }

        @Test
        void aKeyThatIsTooLongOrPrivateIsRefused() {
            fixture.givenNoPriorActivity()
                    .when(enrol("::1", "k".repeat(16_384), Map.of()))
                    .expectSuccessfulHandlerExecution();
            refused(
                    fixture.givenNoPriorActivity().when(enrol("::1", "k".repeat(16_385), Map.of())),
                    PUBLIC_KEY_INVALID);
            refused(fixture.givenNoPriorActivity().when(enrol("::1", "a\u0000b", Map.of())), PUBLIC_KEY_INVALID);
            refused(
                    fixture.givenNoPriorActivity()
                            .when(enrol("::1", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl", Map.of())),
                    PUBLIC_KEY_INVALID);
        }

        @Test
        void aDeviceUsesABoundedNumberOfDocuments() {
            List<DocumentRef> many =
                    IntStream.range(0, 1001).mapToObj(i -> document(i, "d" + i)).toList();
            fixture.givenNoPriorActivity()
                    .when(enrol("::1", "", Map.of(GRAFANA_DASHBOARD, many.subList(0, 1000))))
                    .expectSuccessfulHandlerExecution();
            refused(fixture.givenNoPriorActivity().when(enrol("::1", "", Map.of(GRAFANA_DASHBOARD, many))), TOO_MANY);
        }
    }

    @Nested
    class Changing {

        @Test
        void eachPartThatIsNewIsAnEvent() {
            fixture.given(enrolled())
                    .when(change(
                            new Uid("r2"),
                            "10.0.0.2",
                            "",
                            Map.of(GRAFANA_DASHBOARD, List.of(CPU), FOXGLOVE_LAYOUT, List.of(document(3, "f"))),
                            0L))
                    .expectEvents(
                            new UidChanged(ROBOT, new Uid("r2"), UID),
                            new ObservedAddressChanged(ROBOT, "10.0.0.2"),
                            new PublicKeyChanged(ROBOT, ""),
                            new UsedDocumentsChanged(ROBOT, GRAFANA_DASHBOARD, List.of(CPU)),
                            new UsedDocumentsChanged(ROBOT, FOXGLOVE_LAYOUT, List.of(document(3, "f"))));
        }

        @Test
        void sayingWhatIsSoChangesNothing() {
            fixture.given(enrolled())
                    .when(change(
                            UID,
                            "192.168.0.1",
                            "ssh-rsa AAAA",
                            Map.of(GRAFANA_DASHBOARD, List.of(DISK, CPU, DISK), LOKI_RULES, List.of()),
                            null))
                    .expectNoEvents()
                    .expectResultMessagePayload(false);
        }

        @Test
        void whatIsNotGivenStays() {
            fixture.given(enrolled())
                    .when(change(null, null, null, Map.of(), null))
                    .expectNoEvents();
        }

        @Test
        void anEmptyListEmptiesAKind() {
            fixture.given(enrolled())
                    .when(change(null, null, null, Map.of(GRAFANA_DASHBOARD, List.of()), null))
                    .expectEvents(new UsedDocumentsChanged(ROBOT, GRAFANA_DASHBOARD, List.of()));
        }

        @Test
        void aDocumentMadeAnewUnderAnOldUidIsAnother() {
            DocumentRef again = document(9, "cpu");
            fixture.given(enrolled())
                    .when(change(null, null, null, Map.of(GRAFANA_DASHBOARD, List.of(again, DISK)), null))
                    .expectEvents(new UsedDocumentsChanged(ROBOT, GRAFANA_DASHBOARD, List.of(again, DISK)));
        }

        @Test
        void anOldVersionIsRefused() {
            refused(
                    fixture.given(enrolled(), new ObservedAddressChanged(ROBOT, "10.0.0.1"))
                            .when(change(null, "10.0.0.9", null, Map.of(), 0L)),
                    KernelRefusal.VERSION_LOST);
        }

        @Test
        void oneBadPartLeavesAllAsItWas() {
            refused(
                    fixture.given(enrolled()).when(change(new Uid("r2"), "nope", null, Map.of(), null)),
                    ADDRESS_INVALID);
        }

        @Test
        void whoIsNotEnrolledCannotBeChanged() {
            refused(fixture.givenNoPriorActivity().when(change(null, null, null, Map.of(), null)), ENROLMENT_UNKNOWN);
            refused(
                    fixture.given(enrolled(), new EnrolmentEnded(ROBOT, UID))
                            .when(change(null, "10.0.0.1", null, Map.of(), null)),
                    ENROLMENT_UNKNOWN);
        }
    }

    @Nested
    class Ending {

        @Test
        void theEventNamesTheUidThatIsFreeNow() {
            fixture.given(enrolled(), new UidChanged(ROBOT, new Uid("r2"), UID))
                    .when(new EndEnrolment(ROBOT, 1L))
                    .expectEvents(new EnrolmentEnded(ROBOT, new Uid("r2")));
        }

        @Test
        void twiceIsOnceTooOften() {
            refused(
                    fixture.given(enrolled(), new EnrolmentEnded(ROBOT, UID)).when(new EndEnrolment(ROBOT, null)),
                    ENROLMENT_UNKNOWN);
        }

        @Test
        void anOldVersionIsRefused() {
            refused(fixture.given(enrolled()).when(new EndEnrolment(ROBOT, 7L)), KernelRefusal.VERSION_LOST);
        }
    }

    @Nested
    class Certificates {

        private static final CertificateDecided SIGNED =
                new CertificateDecided(ROBOT, CertificateStatus.SIGNED, "C", "CA", "LEAF\n\nINT");

        private static DecideCertificate decide(CertificateStatus status, String certificate, String ca, String chain) {
            return new DecideCertificate(ROBOT, status, certificate, ca, chain, null);
        }

        @Test
        void aRequestIsKeptTrimmed() {
            fixture.given(enrolled())
                    .when(new RequestCertificate(ROBOT, CSR + "\n"))
                    .expectEvents(new CertificateRequested(ROBOT, CSR));
        }

        @Test
        void theSameRequestAgainChangesNothing() {
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR))
                    .when(new RequestCertificate(ROBOT, CSR))
                    .expectNoEvents();
        }

        @Test
        void aRequestAfterTheSignersWordVoidsIt() {
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR), SIGNED)
                    .when(new RequestCertificate(ROBOT, CSR))
                    .expectEvents(new CertificateRequested(ROBOT, CSR));
        }

        @Test
        void whatIsNoRequestIsRefused() {
            refused(fixture.given(enrolled()).when(new RequestCertificate(ROBOT, "invalid CSR content")), CSR_INVALID);
            refused(fixture.givenNoPriorActivity().when(new RequestCertificate(ROBOT, CSR)), ENROLMENT_UNKNOWN);
        }

        @Test
        void theSignersWordIsTheWholeOfIt() {
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR))
                    .when(decide(CertificateStatus.SIGNED, "C", "CA", "LEAF\n\nINT"))
                    .expectEvents(SIGNED);
        }

        @Test
        void whatTheSignerLeavesOutStays() {
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR), SIGNED)
                    .when(decide(CertificateStatus.DENIED, "", null, null))
                    .expectEvents(new CertificateDecided(ROBOT, CertificateStatus.DENIED, "", "CA", "LEAF\n\nINT"));
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR), SIGNED)
                    .when(decide(CertificateStatus.PENDING, null, null, null))
                    .expectEvents(new CertificateDecided(ROBOT, CertificateStatus.PENDING, "C", "CA", "LEAF\n\nINT"));
        }

        @Test
        void theSameWordAgainChangesNothing() {
            fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR), SIGNED)
                    .when(decide(CertificateStatus.SIGNED, "C", "CA", "LEAF\n\nINT"))
                    .expectNoEvents();
        }

        @Test
        void aCertificateComesWithAVerdict() {
            refused(
                    fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR))
                            .when(decide(null, "C", null, null)),
                    CERTIFICATE_INVALID);
            refused(
                    fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR))
                            .when(decide(CertificateStatus.PENDING, "", null, null)),
                    CERTIFICATE_INVALID);
        }

        @Test
        void aPrivateKeyInItNeverEntersHistory() {
            refused(
                    fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR))
                            .when(decide(CertificateStatus.SIGNED, "C", null, "-----BEGIN RSA PRIVATE KEY-----")),
                    CERTIFICATE_INVALID);
            refused(
                    fixture.given(enrolled(), new CertificateRequested(ROBOT, CSR))
                            .when(decide(null, null, "c".repeat(65_537), null)),
                    CERTIFICATE_INVALID);
        }

        @Test
        void whereNobodyAskedThereIsNothingToDecide() {
            refused(
                    fixture.given(enrolled()).when(decide(CertificateStatus.DENIED, null, null, null)),
                    CERTIFICATE_UNKNOWN);
            refused(
                    fixture.given(
                                    enrolled(),
                                    new CertificateRequested(ROBOT, CSR),
                                    new EnrolmentEnded(ROBOT, UID),
                                    enrolled())
                            .when(decide(CertificateStatus.DENIED, null, null, null)),
                    CERTIFICATE_UNKNOWN);
        }

        @Test
        void aWordOnARequestThatWasReplacedMeanwhileIsRefused() {
            refused(
                    fixture.given(
                                    enrolled(),
                                    new CertificateRequested(ROBOT, CSR),
                                    new CertificateRequested(ROBOT, CSR))
                            .when(new DecideCertificate(ROBOT, CertificateStatus.SIGNED, "C", null, null, 1L)),
                    KernelRefusal.VERSION_LOST);
        }
    }
}
