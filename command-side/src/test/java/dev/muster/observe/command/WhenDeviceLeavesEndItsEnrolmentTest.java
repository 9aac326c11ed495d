package dev.muster.observe.command;

import static dev.muster.observe.command.ObserveHouse.BY_AGENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.kernel.Recorded;
import dev.muster.observe.EnrolmentCommand.EndEnrolment;
import dev.muster.observe.EnrolmentEvent.EnrolmentEnded;
import dev.muster.observe.Uid;
import dev.muster.registry.DeviceCommand.DecommissionDevice;
import dev.muster.registry.DeviceCommand.RegisterDevice;
import dev.muster.registry.DeviceId;
import dev.muster.registry.Origin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhenDeviceLeavesEndItsEnrolmentTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final DeviceId ROBOT = new DeviceId("robot-1");

    private final ObserveHouse house = new ObserveHouse();
    private final WhenDeviceLeavesEndItsEnrolment policy =
            new WhenDeviceLeavesEndItsEnrolment(house.commands, house.indexes, house.positions);

    @BeforeEach
    void anEnrolledDevice() {
        registered();
        enrolled();
    }

    @AfterEach
    void close() {
        house.close();
    }

    private void registered() {
        house.order(new RegisterDevice(ROBOT, null, null, List.of(), Map.of(), null, null, Origin.OPERATOR));
    }

    private void enrolled() {
        house.office
                .enrol(new Uid("robot-1"), "10.0.0.1", "", Map.of(), BY_AGENT)
                .block(WAIT_MAX);
    }

    private Recorded decommissioned() {
        house.order(new DecommissionDevice(ROBOT, null));
        return house.after(-1).getLast();
    }

    @Test
    void theEnrolmentEndsWithTheDevice() {
        policy.react(List.of(decommissioned()));
        assertThat(house.events()).last().isEqualTo(new EnrolmentEnded(ROBOT, new Uid("robot-1")));
    }

    @Test
    void hearingItTwiceDoesNotEndWhatWasMadeSince() {
        Recorded left = decommissioned();
        policy.react(List.of(left));
        registered();
        enrolled();
        int before = house.events().size();
        policy.react(List.of(left));
        assertThat(house.events()).hasSize(before);
    }

    @Test
    void anEnrolmentThatEndedByItselfIsNoFault() {
        Recorded left = decommissioned();
        house.order(new EndEnrolment(ROBOT, null));
        int before = house.events().size();
        policy.react(List.of(left));
        assertThat(house.events()).hasSize(before);
    }

    @Test
    void anEnrolmentThatChangesMeanwhileEndsAllTheSame() {
        Recorded left = decommissioned();
        // The change lands between the look and the order: once, when the order is about to be sent.
        boolean[] first = {true};
        house.overloaded = command -> {
            if (command instanceof EndEnrolment && first[0]) {
                first[0] = false;
                house.office
                        .change(ROBOT, null, "10.0.0.2", null, Map.of(), null, BY_AGENT)
                        .block(WAIT_MAX);
            }
            return false;
        };
        policy.react(List.of(left));
        assertThat(house.events()).last().isEqualTo(new EnrolmentEnded(ROBOT, new Uid("robot-1")));
    }
}
