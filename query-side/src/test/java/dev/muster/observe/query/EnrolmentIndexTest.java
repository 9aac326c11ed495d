package dev.muster.observe.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.observe.CertificateStatus;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentEvent;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceId;
import dev.muster.testing.MemoryLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EnrolmentIndexTest {

    private static final DocumentKind GRAFANA = DocumentKind.GRAFANA_DASHBOARD;

    private final TestObserved observed = new TestObserved();

    private Enrolment find(String uid) {
        return observed.enrolments.find(new Uid(uid));
    }

    @Nested
    class Devices {

        @Test
        void anEnrolledDeviceIsFoundByUidAndById() {
            observed.enrolled("r1", "robot one", "10.0.0.7", Map.of());

            assertThat(find("robot one")).isEqualTo(observed.device("r1"));
            Enrolment enrolment = observed.device("r1");
            assertThat(enrolment.address()).isEqualTo("10.0.0.7");
            assertThat(enrolment.enrolledAt()).isEqualTo(MemoryLog.START);
            assertThat(enrolment.position()).isZero();
            assertThat(enrolment.version()).isZero();
            assertThat(enrolment.certificate()).isNull();
            assertThat(enrolment.uses()).containsOnlyKeys(DocumentKind.values());
            assertThat(find("r1")).isNull();
            assertThat(find("Robot one")).as("case counts").isNull();
        }

        @Test
        void listsAreInTheOrderOfEnrolmentWhateverChanges() {
            observed.enrolled("c").enrolled("a").enrolled("b");
            observed.renamed("c", "c", "z")
                    .happens(new EnrolmentEvent.ObservedAddressChanged(new DeviceId("c"), "10.0.0.9"))
                    .happens(new EnrolmentEvent.PublicKeyChanged(new DeviceId("a"), "ssh-rsa A"));

            assertThat(observed.uids()).containsExactly("z", "a", "b");
            assertThat(observed.device("c").address()).isEqualTo("10.0.0.9");
            assertThat(observed.device("c").version()).isEqualTo(2);
            assertThat(observed.device("a").publicKey()).isEqualTo("ssh-rsa A");

            observed.ended("c", "z").enrolled("c");
            assertThat(observed.uids()).as("who comes back comes last").containsExactly("a", "b", "c");
            assertThat(observed.enrolments.size()).isEqualTo(3);
            assertThat(observed.enrolments.all()).hasSize(3);
        }

        @Test
        void devicesMayComeWhileAListIsRead() {
            observed.enrolled("a").enrolled("b");

            List<Enrolment> read = observed.enrolments.all().stream()
                    .peek(each -> {
                        if (each.uid().value().equals("a")) {
                            observed.enrolled("c");
                        }
                    })
                    .toList();

            assertThat(read).extracting(each -> each.uid().value()).containsExactly("a", "b", "c");
        }

        @Test
        void aRenamedDeviceFreesItsUidForOthers() {
            observed.enrolled("a").enrolled("b");
            observed.renamed("a", "a", "spare").renamed("b", "b", "a").renamed("a", "spare", "b");

            assertThat(find("a").deviceId()).isEqualTo(new DeviceId("b"));
            assertThat(find("b").deviceId()).isEqualTo(new DeviceId("a"));
            assertThat(find("spare")).isNull();
            assertThat(observed.device("a").position()).isZero();
        }

        @Test
        void anEndedEnrolmentLeavesNothing() {
            DocumentRef dashboard = observed.dashboard("d");
            observed.using("a", dashboard).asksForACertificate("a", "CSR").ended("a", "a");

            assertThat(observed.device("a")).isNull();
            assertThat(find("a")).isNull();
            assertThat(observed.uids()).isEmpty();
            assertThat(observed.enrolments.users(dashboard.id())).isZero();
            assertThat(observed.enrolments.certificates(CertificateStatus.PENDING))
                    .isZero();

            observed.enrolled("a");
            assertThat(observed.device("a").certificate()).isNull();
        }

        @Test
        void theRevisionIsThePlaceOfTheLastChangeAndNothingElseMovesIt() {
            assertThat(observed.enrolments.revision()).isEqualTo(-1);
            DocumentRef used = observed.dashboard("used");
            DocumentRef unused = observed.dashboard("unused");
            assertThat(observed.enrolments.revision()).isEqualTo(-1);

            observed.using("a", used);
            assertThat(observed.enrolments.revision()).isEqualTo(2);

            observed.removed(GRAFANA, unused);
            observed.log.record("device/a", new DeviceEvent.FirstContactMade(new DeviceId("a")));
            assertThat(observed.enrolments.revision()).isEqualTo(2);

            observed.removed(GRAFANA, used);
            assertThat(observed.enrolments.revision()).isEqualTo(5);
        }
    }

    @Nested
    class UsedDocuments {

        @Test
        void theyStandInTheOrderTheyWereMadeAndOnceEach() {
            DocumentRef b = observed.dashboard("g-b");
            DocumentRef a = observed.dashboard("g-a");
            DocumentRef c = observed.dashboard("g-c");
            observed.using("r", c, a, a);
            assertThat(observed.dashboardsOf("r")).containsExactly("g-a", "g-c");

            observed.uses("r", GRAFANA, c, b);
            assertThat(observed.dashboardsOf("r")).containsExactly("g-b", "g-c");
        }

        @Test
        void oneKindChangesWithoutTheOthers() {
            DocumentRef dashboard = observed.dashboard("d");
            DocumentRef rules = observed.published(DocumentKind.LOKI_RULES, "d", TestObserved.content("rules", true));
            observed.using("r", dashboard).uses("r", DocumentKind.LOKI_RULES, rules);

            assertThat(observed.device("r").uses().get(DocumentKind.LOKI_RULES)).containsExactly(rules);
            assertThat(observed.dashboardsOf("r")).containsExactly("d");

            observed.uses("r", GRAFANA);
            assertThat(observed.dashboardsOf("r")).isEmpty();
            assertThat(observed.device("r").uses().get(DocumentKind.LOKI_RULES)).containsExactly(rules);
        }

        @Test
        void aRemovedOneVanishesFromAllWhoUseItAndItsNamesakeIsNotTheirs() {
            DocumentRef kept = observed.dashboard("kept");
            DocumentRef gone = observed.dashboard("gone");
            observed.using("a", kept, gone).using("b", gone).using("c", kept);
            assertThat(observed.enrolments.users(gone.id())).isEqualTo(2);

            observed.removed(GRAFANA, gone);
            DocumentRef namesake = observed.dashboard("gone");

            assertThat(observed.dashboardsOf("a")).containsExactly("kept");
            assertThat(observed.dashboardsOf("b")).isEmpty();
            assertThat(observed.enrolments.users(gone.id())).isZero();
            assertThat(observed.enrolments.users(namesake.id())).isZero();
            assertThat(observed.enrolments.users(kept.id())).isEqualTo(2);

            observed.uses("a", GRAFANA, kept, gone, namesake);
            assertThat(observed.device("a").uses().get(GRAFANA)).containsExactly(kept, namesake);
        }

        @Test
        void devicesWithTheSameDocumentsShareOneSet() {
            DocumentRef one = observed.dashboard("one");
            DocumentRef two = observed.dashboard("two");
            observed.using("a", one, two).using("b", two, one);

            assertThat(observed.device("a").uses())
                    .isSameAs(observed.device("b").uses());
        }

        /** What the index must answer after any history, worked out the long way. */
        @Test
        void anyHistoryAddsUpToWhatALedgerSays() {
            Random random = new Random(7);
            Map<String, Set<DocumentRef>> ledger = new LinkedHashMap<>();
            List<DocumentRef> shelf = new ArrayList<>();
            Map<DocumentRef, Integer> made = new HashMap<>();
            for (int step = 0; step < 4000; step++) {
                String device = "d" + random.nextInt(12);
                DocumentRef[] some =
                        shelf.stream().filter(each -> random.nextInt(3) == 0).toArray(DocumentRef[]::new);
                switch (random.nextInt(5)) {
                    case 0 -> {
                        DocumentRef document = observed.dashboard("doc" + step);
                        shelf.add(document);
                        made.put(document, step);
                    }
                    case 1 -> {
                        if (shelf.size() > 6) {
                            DocumentRef document = shelf.remove(random.nextInt(shelf.size()));
                            observed.removed(GRAFANA, document);
                            ledger.values().forEach(used -> used.remove(document));
                        }
                    }
                    case 2 -> {
                        if (!ledger.containsKey(device)) {
                            observed.using(device, some);
                            ledger.put(device, ordered(made, some));
                        }
                    }
                    case 3 -> {
                        if (ledger.containsKey(device)) {
                            observed.uses(device, GRAFANA, some);
                            ledger.put(device, ordered(made, some));
                        }
                    }
                    default -> {
                        if (ledger.remove(device) != null) {
                            observed.ended(device, device);
                        }
                    }
                }
                assertThat(observed.enrolments.all().stream()
                                .collect(Collectors.toMap(
                                        each -> each.uid().value(),
                                        each -> List.copyOf(each.uses().get(GRAFANA)))))
                        .isEqualTo(ledger.entrySet().stream()
                                .collect(Collectors.toMap(Map.Entry::getKey, each -> List.copyOf(each.getValue()))));
                for (DocumentRef document : shelf) {
                    assertThat(observed.enrolments.users(document.id())).isEqualTo((int) ledger.values().stream()
                            .filter(used -> used.contains(document))
                            .count());
                }
            }
            assertThat(observed.uids()).containsExactlyElementsOf(ledger.keySet());
        }

        private static Set<DocumentRef> ordered(Map<DocumentRef, Integer> made, DocumentRef... documents) {
            Set<DocumentRef> set = new TreeSet<>(java.util.Comparator.comparing(made::get));
            set.addAll(List.of(documents));
            return set;
        }
    }

    @Nested
    class Certificates {

        @Test
        void aRequestWaitsUntilASignerSpeaks() {
            observed.enrolled("r").asksForACertificate("r", "CSR 1");
            Enrolment.Certificate pending = observed.device("r").certificate();
            assertThat(pending.status()).isEqualTo(CertificateStatus.PENDING);
            assertThat(pending.certificate()).isEmpty();
            assertThat(pending.updatedAt()).isEqualTo(pending.createdAt());

            observed.certified("r", CertificateStatus.SIGNED, "LEAF", "CA", "LEAF\n\nCA");
            Enrolment.Certificate signed = observed.device("r").certificate();
            assertThat(signed.csr()).isEqualTo("CSR 1");
            assertThat(signed.chain()).isEqualTo("LEAF\n\nCA");
            assertThat(signed.createdAt()).isEqualTo(pending.createdAt());
            assertThat(signed.updatedAt()).isEqualTo(pending.updatedAt().plus(Duration.ofSeconds(1)));
            assertThat(observed.device("r").version()).isEqualTo(2);
        }

        @Test
        void aNewRequestVoidsTheCertificateAndKeepsTheDayOfTheFirst() {
            observed.enrolled("r").asksForACertificate("r", "CSR 1");
            observed.certified("r", CertificateStatus.SIGNED, "LEAF", "CA", "CHAIN");
            Enrolment.Certificate first = observed.device("r").certificate();

            observed.asksForACertificate("r", "CSR 2");

            Enrolment.Certificate again = observed.device("r").certificate();
            assertThat(again.csr()).isEqualTo("CSR 2");
            assertThat(again.status()).isEqualTo(CertificateStatus.PENDING);
            assertThat(List.of(again.certificate(), again.ca(), again.chain())).containsOnly("");
            assertThat(again.createdAt()).isEqualTo(first.createdAt());
        }

        @Test
        void theyAreCountedByHowTheyStand() {
            for (String id : List.of("a", "b", "c")) {
                observed.enrolled(id).asksForACertificate(id, "CSR");
            }
            observed.certified("a", CertificateStatus.SIGNED, "A", "CA", "");
            observed.certified("b", CertificateStatus.DENIED, "", "", "");
            observed.certified("b", CertificateStatus.SIGNED, "B", "CA", "");

            assertThat(observed.enrolments.certificates(CertificateStatus.SIGNED))
                    .isEqualTo(2);
            assertThat(observed.enrolments.certificates(CertificateStatus.PENDING))
                    .isEqualTo(1);
            assertThat(observed.enrolments.certificates(CertificateStatus.DENIED))
                    .isZero();
        }
    }
}
