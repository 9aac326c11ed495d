package dev.muster.observe.command;

import static dev.muster.kernel.command.Refusals.assertRefused;
import static dev.muster.observe.DocumentKind.FOXGLOVE_LAYOUT;
import static dev.muster.observe.DocumentKind.GRAFANA_DASHBOARD;
import static dev.muster.observe.ObserveRefusal.ADDRESS_INVALID;
import static dev.muster.observe.ObserveRefusal.DOCUMENT_UNKNOWN;
import static dev.muster.observe.ObserveRefusal.ENROLMENT_UNKNOWN;
import static dev.muster.observe.ObserveRefusal.UID_TAKEN;
import static dev.muster.observe.command.ObserveHouse.BY_AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.observe.DocumentCommand.RemoveDocument;
import dev.muster.observe.DocumentKind;
import dev.muster.observe.DocumentRef;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.EnrolmentEvent.DeviceEnrolled;
import dev.muster.observe.ObserveRefusal;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import dev.muster.registry.RegistryRefusal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class EnrolmentOfficeTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);

    private final ObserveHouse house = new ObserveHouse();

    @AfterEach
    void close() {
        house.close();
    }

    private Mono<Enrolment> enrol(String uid) {
        return enrol(uid, Map.of());
    }

    private Mono<Enrolment> enrol(String uid, Map<DocumentKind, List<Uid>> uses) {
        return house.office.enrol(new Uid(uid), "10.0.0.1", "", uses, BY_AGENT);
    }

    private Mono<Enrolment> rename(DeviceId id, String uid) {
        return house.office.change(id, new Uid(uid), null, null, Map.of(), null, BY_AGENT);
    }

    private Enrolment enrolled(String uid) {
        return enrol(uid).block(WAIT_MAX);
    }

    /** {@code yes}, or the code of the refusal. */
    private static Mono<String> outcome(Mono<Enrolment> work) {
        return work.map(made -> "yes")
                .onErrorResume(
                        Refused.class, refused -> Mono.just(refused.refusal().code()))
                .subscribeOn(Schedulers.parallel());
    }

    private static List<Uid> uids(String... uids) {
        return java.util.Arrays.stream(uids).map(Uid::new).toList();
    }

    private long enrolments() {
        return house.events().stream().filter(DeviceEnrolled.class::isInstance).count();
    }

    @Nested
    class WhichDevice {

        @Test
        void theOneWithThatId() {
            Enrolment made = enrolled("robot-1");
            assertThat(made.deviceId()).isEqualTo(new DeviceId("robot-1"));
            assertThat(house.indexes.of(made.deviceId())).isEqualTo(made);
        }

        @Test
        void aUidThatIsNoDeviceIdGetsAnIdThatComesAgain() {
            Enrolment made = enrolled("robot 1;a\\b");
            assertThat(made.deviceId().value()).matches("robot_1_a_b~[0-9a-f]{8}");
            assertThat(made.uid()).isEqualTo(new Uid("robot 1;a\\b"));
            house.order(new EndEnrolment(made.deviceId(), null));
            assertThat(enrolled("robot 1;a\\b").deviceId()).isEqualTo(made.deviceId());
            assertThat(enrolled("robot 1;a b").deviceId()).isNotEqualTo(made.deviceId());
        }

        @Test
        void theLongestUidStillMakesADeviceId() {
            assertThat(enrolled(" x".repeat(100).strip()).deviceId().value()).hasSize(208);
        }

        @Test
        void aDeviceThatGoesByAnotherUidNowIsLeftAlone() {
            DeviceId first = enrolled("robot-1").deviceId();
            rename(first, "robot-one").block(WAIT_MAX);
            Enrolment second = enrolled("robot-1");
            assertThat(second.deviceId().value()).matches("robot-1~[0-9a-f]{8}");
            rename(second.deviceId(), "robot-two").block(WAIT_MAX);
            Enrolment third = enrolled("robot-1");
            assertThat(third.deviceId().value()).matches("robot-1~[0-9a-f]{8}");
            assertThat(third.deviceId()).isNotEqualTo(second.deviceId());
        }

        @Test
        void aNamedDeviceMustBeKnownAndNotEnrolled() {
            DeviceId board = new DeviceId("board-7");
            Mono<Enrolment> order = house.office.enrol(board, new Uid("front"), "10.0.0.7", "", Map.of(), BY_AGENT);
            assertRefused(RegistryRefusal.DEVICE_UNKNOWN, () -> order.block(WAIT_MAX));
            house.order(new RegisterDevice(board, null, null, List.of(), Map.of(), null, null, Origin.PLUG_AND_PLAY));
            assertThat(order.block(WAIT_MAX).uid()).isEqualTo(new Uid("front"));
            assertRefused(UID_TAKEN, () -> house.office
                    .enrol(board, new Uid("back"), "10.0.0.7", "", Map.of(), BY_AGENT)
                    .block(WAIT_MAX));
        }
    }

    @Nested
    class Rules {

        @Test
        void aTakenUidIsRefusedAndNothingHappens() {
            enrolled("robot-1");
            assertRefused(UID_TAKEN, () -> enrolled("robot-1"));
            assertThat(enrolments()).isOne();
        }

        @Test
        void uidsDifferByCase() {
            enrolled("robot-1");
            assertThat(enrolled("ROBOT-1").deviceId()).isEqualTo(new DeviceId("ROBOT-1"));
        }

        @Test
        void theAddressIsBroughtIntoNormalForm() {
            Enrolment made = house.office
                    .enrol(new Uid("r"), "2001:DB8:0:0:0:0:0:1", "", Map.of(), BY_AGENT)
                    .block(WAIT_MAX);
            assertThat(made.address()).isEqualTo("2001:db8::1");
            Enrolment changed = house.office
                    .change(made.deviceId(), null, "::ffff:10.0.0.9", null, Map.of(), null, BY_AGENT)
                    .block(WAIT_MAX);
            assertThat(changed.address()).isEqualTo("10.0.0.9");
            assertRefused(ADDRESS_INVALID, () -> house.office
                    .enrol(new Uid("s"), "localhost", "", Map.of(), BY_AGENT)
                    .block(WAIT_MAX));
        }

        @Test
        void documentsAreKeptInTheOrderTheyWereMade() {
            house.published(GRAFANA_DASHBOARD, "g-b", "g-a", "g-c");
            Enrolment made = enrol("r", Map.of(GRAFANA_DASHBOARD, uids("g-c", "g-a", "g-a")))
                    .block(WAIT_MAX);
            assertThat(made.uses().get(GRAFANA_DASHBOARD).stream().map(DocumentRef::uid))
                    .containsExactly(new Uid("g-a"), new Uid("g-c"));
        }

        @Test
        void anUnknownDocumentIsRefusedByNameAndNothingHappens() {
            house.published(GRAFANA_DASHBOARD, "g-a");
            Refusal refusal =
                    assertRefused(DOCUMENT_UNKNOWN, () -> enrol("r", Map.of(GRAFANA_DASHBOARD, uids("g-a", "nope")))
                            .block(WAIT_MAX));
            assertThat(refusal.details()).isEqualTo(Map.of("kind", "grafana-dashboard", "uid", "nope"));
            assertRefused(DOCUMENT_UNKNOWN, () -> enrol("r", Map.of(FOXGLOVE_LAYOUT, uids("g-a")))
                    .block(WAIT_MAX));
            assertThat(enrolments()).isZero();
        }

        @Test
        void aRemovedDocumentIsUnknown() {
            house.published(GRAFANA_DASHBOARD, "g-a");
            house.order(new RemoveDocument(GRAFANA_DASHBOARD, new Uid("g-a"), null));
            assertRefused(DOCUMENT_UNKNOWN, () -> enrol("r", Map.of(GRAFANA_DASHBOARD, uids("g-a")))
                    .block(WAIT_MAX));
        }

        @Test
        void aRenamedDeviceStaysTheSame() {
            Enrolment made = enrolled("robot-1");
            Enrolment renamed = rename(made.deviceId(), "robot-one").block(WAIT_MAX);
            assertThat(renamed.deviceId()).isEqualTo(made.deviceId());
            assertThat(renamed.enrolledAt()).isEqualTo(made.enrolledAt());
            assertThat(house.indexes.find(new Uid("robot-1"))).isNull();
            assertThat(house.indexes.find(new Uid("robot-one"))).isEqualTo(renamed);
        }

        @Test
        void aDeviceMayBeGivenTheUidItHas() {
            Enrolment made = enrolled("robot-1");
            assertThat(rename(made.deviceId(), "robot-1").block(WAIT_MAX)).isEqualTo(made);
        }

        @Test
        void noRenamingOntoAnother() {
            enrolled("a");
            DeviceId b = enrolled("b").deviceId();
            assertRefused(UID_TAKEN, () -> rename(b, "a").block(WAIT_MAX));
        }

        @Test
        void whoIsNotEnrolledCannotBeChanged() {
            assertRefused(
                    ENROLMENT_UNKNOWN, () -> rename(new DeviceId("nobody"), "x").block(WAIT_MAX));
        }
    }

    @Nested
    class Races {

        @Test
        void ofFortyWhoEnrolOneUidExactlyOneDoes() {
            for (int round = 0; round < 20; round++) {
                String uid = "robot-" + round;
                List<String> outcomes = Flux.range(0, 40)
                        .flatMap(i -> outcome(enrol(uid)), 40)
                        .collectList()
                        .block(WAIT_MAX);
                assertThat(outcomes).hasSize(40);
                assertThat(Collections.frequency(outcomes, "yes")).isOne();
                assertThat(Collections.frequency(outcomes, UID_TAKEN.code())).isEqualTo(39);
            }
            assertThat(enrolments()).isEqualTo(20);
        }

        @Test
        void manyDevicesEnrolAtOnceEachOnce() {
            List<String> outcomes = Flux.range(0, 1500)
                    .flatMap(i -> outcome(enrol("robot-" + i % 500)), 256)
                    .collectList()
                    .block(WAIT_MAX);
            assertThat(Collections.frequency(outcomes, "yes")).isEqualTo(500);
            assertThat(house.indexes.size()).isEqualTo(500);
        }

        @Test
        void twoWhoSwapTheirUidsBothComeBackRefused() {
            DeviceId a = enrolled("x").deviceId();
            DeviceId b = enrolled("y").deviceId();
            for (int round = 0; round < 50; round++) {
                assertThat(Mono.zip(outcome(rename(a, "y")), outcome(rename(b, "x")))
                                .block(WAIT_MAX))
                        .containsExactly(UID_TAKEN.code(), UID_TAKEN.code());
            }
            rename(a, "z").block(WAIT_MAX);
            rename(b, "x").block(WAIT_MAX);
            assertThat(rename(a, "y").block(WAIT_MAX).uid()).isEqualTo(new Uid("y"));
        }

        @Test
        void aUidThatBecomesFreeHasOneNewHolder() {
            for (int round = 0; round < 30; round++) {
                String uid = "front-" + round;
                DeviceId first = enrolled(uid).deviceId();
                DeviceId other = enrolled("other-" + round).deviceId();
                String away = "away-" + round;
                List<String> outcomes = Flux.merge(
                                outcome(rename(first, away)), outcome(rename(other, uid)), outcome(enrol(uid)))
                        .collectList()
                        .block(WAIT_MAX);
                assertThat(outcomes).contains("yes").isSubsetOf("yes", UID_TAKEN.code());
                assertThat(house.indexes.all().stream()
                                .filter(each -> each.uid().equals(new Uid(uid)))
                                .count())
                        .isLessThanOrEqualTo(1);
                assertThat(house.indexes.of(first).uid()).isEqualTo(new Uid(away));
            }
        }

        @Test
        void aDeviceThatIsTakenInTheSameMomentIsNoReasonToRefuse() {
            for (int round = 0; round < 30; round++) {
                DeviceId board = new DeviceId("board-" + round);
                house.order(
                        new RegisterDevice(board, null, null, List.of(), Map.of(), null, null, Origin.PLUG_AND_PLAY));
                String byId = "front-" + round;
                List<String> outcomes = Flux.merge(
                                outcome(house.office.enrol(board, new Uid(byId), "10.0.0.7", "", Map.of(), BY_AGENT)),
                                outcome(enrol(board.value())))
                        .collectList()
                        .block(WAIT_MAX);
                // Whoever asked for the device by its id may lose it; whoever enrols by uid gets another id.
                assertThat(outcomes).contains("yes");
                assertThat(house.indexes.find(new Uid(board.value()))).isNotNull();
            }
        }

        @Test
        void whoHangsUpDoesNotStopWhatHasBegun() {
            for (int i = 0; i < 20; i++) {
                enrol("robot-" + i).subscribe().dispose();
            }
            Flux.range(0, 20)
                    .flatMap(i -> outcome(enrol("robot-" + i)))
                    .doOnNext(each -> assertThat(each).isEqualTo(ObserveRefusal.UID_TAKEN.code()))
                    .blockLast(WAIT_MAX);
            assertThat(enrolments()).isEqualTo(20);
        }
    }
}
