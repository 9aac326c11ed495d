package dev.muster.observe.command;

import static dev.muster.observe.command.ObserveHouse.BY_AGENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.kernel.Recorded;
import dev.muster.kernel.Refused;
import dev.muster.observe.Enrolment;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceCommand.ChangeDevice;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.IssueToken;
import dev.muster.registry.DeviceCommand.NoteFirstContact;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceCommand.WithdrawToken;
import dev.muster.registry.DeviceDirectory.DeviceFacts;
import dev.muster.registry.DeviceEvent;
import dev.muster.registry.DeviceEvent.AddressChanged;
import dev.muster.registry.DeviceEvent.DeviceDecommissioned;
import dev.muster.registry.DeviceEvent.DeviceRegistered;
import dev.muster.registry.DeviceEvent.DeviceRenamed;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WhenDeviceIsEnrolledRegisterItTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final DeviceId ROBOT = new DeviceId("robot-1");

    private final ObserveHouse house = new ObserveHouse();
    private final WhenDeviceIsEnrolledRegisterIt policy =
            new WhenDeviceIsEnrolledRegisterIt(house.commands, house.indexes, house.indexes.devices, house.positions);
    private final WhenDeviceLeavesEndItsEnrolment leaving =
            new WhenDeviceLeavesEndItsEnrolment(house.commands, house.indexes, house.positions);

    @AfterEach
    void close() {
        house.close();
    }

    private Enrolment enrol(String uid) {
        return house.office
                .enrol(new Uid(uid), "10.0.0.1", "", Map.of(), BY_AGENT)
                .block(WAIT_MAX);
    }

    private void change(DeviceId id, String uid, String address) {
        house.office
                .change(id, uid == null ? null : new Uid(uid), address, null, Map.of(), null, BY_AGENT)
                .block(WAIT_MAX);
    }

    private void end(DeviceId id) {
        house.order(new EndEnrolment(id, null));
    }

    private void registered(Origin origin) {
        house.order(new RegisterDevice(ROBOT, null, null, List.of(), Map.of(), null, null, origin));
    }

    private DeviceFacts robot() {
        return house.indexes.devices.facts(ROBOT);
    }

    private void settle() {
        house.settle(policy, leaving);
    }

    private List<DeviceEvent> deviceEvents() {
        return house.events().stream()
                .filter(DeviceEvent.class::isInstance)
                .map(DeviceEvent.class::cast)
                .toList();
    }

    @Test
    void aDeviceThatNobodyKnewIsRegistered() {
        enrol("robot-1");
        settle();
        assertThat(deviceEvents())
                .containsExactly(new DeviceRegistered(
                        ROBOT, "robot-1", null, List.of(), Map.of(), "10.0.0.1", null, Origin.ENROLMENT));
    }

    @Test
    void aDeviceIsNamedAfterItsUidNotAfterItsId() {
        Enrolment made = enrol("robot 1\u0007");
        settle();
        assertThat(house.indexes.devices.facts(made.deviceId()).name()).isEqualTo("robot 1_");
    }

    @Test
    void aNameEndsWhereNamesEndAndNotWithinACharacter() {
        assertThat(WhenDeviceIsEnrolledRegisterIt.nameOf(new Uid("x".repeat(200))))
                .hasSize(128);
        assertThat(WhenDeviceIsEnrolledRegisterIt.nameOf(new Uid("x" + "🤖".repeat(100))))
                .isEqualTo("x" + "🤖".repeat(63));
    }

    @Test
    void aKnownDeviceStaysWhatItIs() {
        registered(Origin.PLUG_AND_PLAY);
        house.order(new NoteFirstContact(ROBOT));
        enrol("robot-1");
        settle();
        assertThat(deviceEvents()).hasSize(2);
        assertThat(robot().origin()).isEqualTo(Origin.PLUG_AND_PLAY);
    }

    @Test
    void theAddressFollowsUntilTheDeviceIsHeardElsewhere() {
        enrol("robot-1");
        settle();
        change(ROBOT, null, "10.0.0.2");
        settle();
        assertThat(robot().address()).isEqualTo("10.0.0.2");
        house.order(new NoteFirstContact(ROBOT));
        change(ROBOT, null, "10.0.0.3");
        settle();
        assertThat(robot().address()).isEqualTo("10.0.0.2");
        assertThat(deviceEvents()).filteredOn(AddressChanged.class::isInstance).hasSize(1);
    }

    @Test
    void theNameFollowsTheUidAsLongAsNobodyChoseAnother() {
        enrol("robot-1");
        settle();
        change(ROBOT, "robot-one", null);
        settle();
        assertThat(robot().name()).isEqualTo("robot-one");
        house.order(new ChangeDevice(ROBOT, "Rosie", null, null, null, null));
        change(ROBOT, "robot-uno", null);
        settle();
        assertThat(robot().name()).isEqualTo("Rosie");
    }

    @Test
    void severalRenamesInOneBatchAreOneForTheRegistry() {
        enrol("robot-1");
        settle();
        change(ROBOT, "b", null);
        change(ROBOT, "c", null);
        settle();
        assertThat(robot().name()).isEqualTo("c");
        assertThat(deviceEvents()).filteredOn(DeviceRenamed.class::isInstance).hasSize(1);
    }

    @Test
    void aDeviceThatCameByEnrolmentAloneLeavesWithIt() {
        enrol("robot-1");
        settle();
        end(ROBOT);
        settle();
        assertThat(robot()).isNull();
        assertThat(deviceEvents()).last().isEqualTo(new DeviceDecommissioned(ROBOT));
    }

    @Test
    void aDeviceThatOthersKnowStaysWhenItsEnrolmentEnds() {
        registered(Origin.OPERATOR);
        enrol("robot-1");
        end(ROBOT);
        settle();
        assertThat(robot()).isNotNull();
    }

    @Test
    void aDeviceWithATokenStays() {
        enrol("robot-1");
        settle();
        house.order(new IssueToken(ROBOT, "digest"));
        end(ROBOT);
        settle();
        assertThat(robot()).isNotNull();
    }

    /** Nobody can speak for it any more but who enrolled it: it is as one that never had a token. */
    @Test
    void aDeviceWhoseTokenWasTakenAwayLeavesUnlessItWasHeardWithIt() {
        enrol("robot-1");
        settle();
        house.order(new IssueToken(ROBOT, "digest"));
        house.order(new WithdrawToken(ROBOT));
        end(ROBOT);
        settle();
        assertThat(robot()).isNull();

        enrol("robot-1");
        settle();
        house.order(new IssueToken(ROBOT, "digest"));
        house.order(new NoteFirstContact(ROBOT));
        house.order(new WithdrawToken(ROBOT));
        end(ROBOT);
        settle();
        assertThat(robot()).isNotNull();
    }

    @Test
    void aDeviceThatWasHeardElsewhereStays() {
        enrol("robot-1");
        settle();
        house.order(new NoteFirstContact(ROBOT));
        end(ROBOT);
        settle();
        assertThat(robot()).isNotNull();
    }

    @Test
    void whoLeavesAndComesBackAtOnceIsThere() {
        enrol("robot-1");
        settle();
        for (int round = 0; round < 20; round++) {
            end(ROBOT);
            List<Recorded> ended = house.after(house.recorded.size() - 2L);
            // The policy hears of the end, and orders, in the very moment in which the device enrols anew.
            Thread hearing = Thread.ofVirtual().start(() -> policy.react(ended));
            enrol("robot-1");
            join(hearing);
            settle();
            assertThat(house.indexes.of(ROBOT)).as("round %s", round).isNotNull();
            assertThat(robot()).as("round %s", round).isNotNull();
        }
    }

    @Test
    void anOperatorsDecommissionEndsTheEnrolmentForGood() {
        enrol("robot-1");
        settle();
        house.order(new DecommissionDevice(ROBOT, null));
        settle();
        assertThat(house.indexes.of(ROBOT)).isNull();
        assertThat(robot()).isNull();
    }

    @Test
    void hearingEverythingTwiceChangesNothing() {
        enrol("robot-1");
        settle();
        change(ROBOT, "robot-one", "10.0.0.2");
        settle();
        int before = house.events().size();
        settle();
        assertThat(house.events()).hasSize(before);
    }

    @Test
    void aServerWithoutRoomIsNoAnswer() {
        enrol("robot-1");
        house.overloaded = RegisterDevice.class::isInstance;
        assertThatThrownBy(() -> policy.react(house.after(-1))).isInstanceOf(Refused.class);
        house.overloaded = command -> false;
        policy.react(house.after(-1));
        assertThat(robot()).isNotNull();
    }

    private static void join(Thread thread) {
        try {
            thread.join(WAIT_MAX);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
