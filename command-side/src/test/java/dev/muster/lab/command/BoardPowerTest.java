package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.refused;
import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.BOB;
import static dev.muster.lab.command.Samples.bare;

import dev.muster.lab.BoardCommand.FailPower;
import dev.muster.lab.BoardCommand.OrderPower;
import dev.muster.lab.BoardCommand.ReportHealth;
import dev.muster.lab.BoardCommand.ReportPower;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardDegraded;
import dev.muster.lab.BoardEvent.BoardRecovered;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.lab.ShareMode;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BoardPowerTest extends BoardStory {

    @Nested
    class Switching {

        private final BoardEvent ordered = new PowerOrdered(A, OPERATION, PowerAction.CYCLE);

        private OrderPower by(String who, UUID operation) {
            return new OrderPower(A, who, operation, PowerAction.CYCLE);
        }

        @Test
        void theHolderWhoeverSharesItAndAnAdministratorSwitch() {
            given(defined, reserved, handedOver)
                    .when(by(ANN, OPERATION))
                    .expectEvents(ordered)
                    .expectResultMessagePayload(OPERATION);
            given(defined, reserved, handedOver, new ReservationShared(A, FIRST, BOB, ShareMode.RW))
                    .when(by(BOB, OPERATION))
                    .expectEvents(ordered);
            given(defined, maintained).when(by(null, OPERATION)).expectEvents(ordered);
            refused(
                    given(defined, reserved, handedOver, new ReservationShared(A, FIRST, BOB, ShareMode.RO))
                            .when(by(BOB, OPERATION)),
                    LabRefusal.NOT_HOLDER);
            refused(given(defined).when(by(ANN, OPERATION)), LabRefusal.NOT_RESERVED);
            refused(given(defined, reserved).when(by(null, OPERATION)), LabRefusal.NOT_RESERVED);
        }

        @Test
        void oneOperationIsUnderWayAtATime() {
            refused(given(defined, reserved, handedOver, ordered).when(by(ANN, OTHER)), LabRefusal.TOO_MANY);
        }

        @Test
        void theSameOperationAgainIsNotDoneTwice() {
            given(defined, reserved, handedOver, ordered)
                    .when(by(ANN, OPERATION))
                    .expectNoEvents()
                    .expectResultMessagePayload(OPERATION);
            given(defined, reserved, handedOver, ordered, new PowerObserved(A, OPERATION, Power.ON))
                    .when(by(ANN, OPERATION))
                    .expectNoEvents();
        }

        @Test
        void aBoardWithoutPowerIsRefused() {
            refused(
                    given(new BoardDefined(A, bare("a64-1")), reserved, handedOver)
                            .when(by(ANN, OPERATION)),
                    LabRefusal.CAPABILITY_MISSING);
        }

        @Test
        void whatWasReadIsToldWhenItIsNews() {
            given(defined, ordered)
                    .when(new ReportPower(A, OPERATION, Power.ON))
                    .expectEvents(new PowerObserved(A, OPERATION, Power.ON));
            given(defined).when(new ReportPower(A, null, Power.ON)).expectEvents(new PowerObserved(A, null, Power.ON));
            nothing(given(defined).when(new ReportPower(A, null, Power.UNKNOWN)));
            nothing(given(defined, ordered).when(new ReportPower(A, OTHER, Power.ON)));
            nothing(given(defined).when(new ReportPower(A, OPERATION, Power.ON)));
        }

        @Test
        void afterAFailureThePowerIsUnknown() {
            PowerFailed lost = new PowerFailed(A, OPERATION, "lab.power-timeout", "no answer");
            PowerObserved on = new PowerObserved(A, null, Power.ON);
            given(defined, on, ordered)
                    .when(new FailPower(A, OPERATION, "lab.power-timeout", "no answer"))
                    .expectEvents(lost);
            nothing(given(defined, on, ordered, lost).when(new ReportPower(A, null, Power.UNKNOWN)));
            given(defined, on, ordered, lost)
                    .when(new ReportPower(A, null, Power.ON))
                    .expectEvents(on);
            nothing(given(defined, ordered).when(new FailPower(A, OTHER, "c", "m")));
            nothing(given(defined, ordered, lost).when(new FailPower(A, OPERATION, "c", "m")));
        }

        @Test
        void troubleIsToldWhenItIsNews() {
            BoardDegraded degraded = new BoardDegraded(A, "power: no answer");
            given(defined).when(new ReportHealth(A, "power: no answer")).expectEvents(degraded);
            nothing(given(defined, degraded).when(new ReportHealth(A, "power: no answer")));
            given(defined, degraded).when(new ReportHealth(A, null)).expectEvents(new BoardRecovered(A));
            nothing(given(defined).when(new ReportHealth(A, null)));
        }
    }
}
