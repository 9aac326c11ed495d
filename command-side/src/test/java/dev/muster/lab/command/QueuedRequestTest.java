package dev.muster.lab.command;

import static dev.muster.kernel.command.Refusals.refused;
import static dev.muster.lab.command.Samples.ANN;
import static dev.muster.lab.command.Samples.BOB;
import static dev.muster.lab.command.Samples.START;
import static dev.muster.lab.command.Samples.id;

import dev.muster.lab.BoardName;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.LabRequestCommand.CancelRequest;
import dev.muster.lab.LabRequestCommand.ExpireRequest;
import dev.muster.lab.LabRequestCommand.FulfilRequest;
import dev.muster.lab.LabRequestCommand.GrantRequest;
import dev.muster.lab.LabRequestCommand.QueueRequest;
import dev.muster.lab.LabRequestCommand.ReturnRequest;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.LabRequestEvent.RequestReturned;
import dev.muster.lab.LabRequestEvent.Wish;
import dev.muster.lab.PowerWish;
import dev.muster.lab.ReservationId;
import dev.muster.lab.Selector;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuedRequestTest {

    private static final ReservationId ID = id(1);
    private static final BoardName A = new BoardName("a64-1");
    private static final Wish WISH = new Wish(
            ANN,
            Selector.ofClass("pine"),
            0,
            3600L,
            null,
            START.plusSeconds(60),
            null,
            Map.of(),
            List.of(),
            PowerWish.KEEP,
            null);
    private static final RequestQueued QUEUED = new RequestQueued(ID, WISH);
    private static final RequestGranted GRANTED = new RequestGranted(ID, A);
    private static final RequestReturned RETURNED = new RequestReturned(ID, A, "lab.setup-failed", "no address");

    private AggregateTestFixture<QueuedRequest> fixture;

    @BeforeEach
    void aFixture() {
        fixture = new AggregateTestFixture<>(QueuedRequest.class);
    }

    private static void nothing(ResultValidator<?> result) {
        result.expectNoEvents().expectResultMessagePayload(false);
    }

    @Test
    void aWishIsQueuedOnce() {
        fixture.givenNoPriorActivity().when(new QueueRequest(ID, WISH)).expectEvents(QUEUED);
        nothing(fixture.given(QUEUED).when(new QueueRequest(ID, WISH)));
        nothing(fixture.given(QUEUED, new RequestCancelled(ID)).when(new QueueRequest(ID, WISH)));
    }

    @Test
    void oneThatWaitsIsGrantedABoardAndFulfilledWithIt() {
        fixture.given(QUEUED).when(new GrantRequest(ID, A)).expectEvents(GRANTED);
        nothing(fixture.given(QUEUED, GRANTED).when(new GrantRequest(ID, A)));
        nothing(fixture.given(QUEUED, new RequestCancelled(ID)).when(new GrantRequest(ID, A)));
        fixture.given(QUEUED, GRANTED).when(new FulfilRequest(ID)).expectEvents(new RequestFulfilled(ID, A));
        nothing(fixture.given(QUEUED).when(new FulfilRequest(ID)));
        nothing(fixture.given(QUEUED, GRANTED, RETURNED).when(new FulfilRequest(ID)));
    }

    @Test
    void aBoardThatCannotBeMadeReadyIsGivenBackTwiceAndFailsIt() {
        ReturnRequest back = new ReturnRequest(ID, "lab.setup-failed", "no address");
        fixture.given(QUEUED, GRANTED).when(back).expectEvents(RETURNED);
        fixture.given(QUEUED, GRANTED, RETURNED, GRANTED).when(back).expectEvents(RETURNED);
        fixture.given(QUEUED, GRANTED, RETURNED, GRANTED, RETURNED, GRANTED)
                .when(back)
                .expectEvents(new RequestFailed(ID, "lab.setup-failed", "no address"));
        nothing(fixture.given(QUEUED).when(back));
        nothing(fixture.given(QUEUED, GRANTED, new RequestFulfilled(ID, A)).when(back));
    }

    @Test
    void whatTheScriptCannotAcceptFailsAtOnce() {
        fixture.given(QUEUED, GRANTED)
                .when(new ReturnRequest(ID, LabRefusal.UNACCEPTABLE.code(), "bad key"))
                .expectEvents(new RequestFailed(ID, LabRefusal.UNACCEPTABLE.code(), "bad key"));
    }

    @Test
    void theOwnerAndAnAdministratorCancelAsLongAsItIsNotOver() {
        fixture.given(QUEUED).when(new CancelRequest(ID, ANN)).expectEvents(new RequestCancelled(ID));
        fixture.given(QUEUED, GRANTED).when(new CancelRequest(ID, null)).expectEvents(new RequestCancelled(ID));
        refused(fixture.given(QUEUED).when(new CancelRequest(ID, BOB)), LabRefusal.NOT_HOLDER);
        nothing(fixture.given(QUEUED, new RequestCancelled(ID)).when(new CancelRequest(ID, ANN)));
        nothing(fixture.given(QUEUED, GRANTED, new RequestFulfilled(ID, A)).when(new CancelRequest(ID, ANN)));
        refused(fixture.givenNoPriorActivity().when(new CancelRequest(ID, ANN)), LabRefusal.NO_SUCH_RESERVATION);
    }

    @Test
    void waitingEndsWhenItIsOverAndNotBefore() {
        fixture.given(QUEUED).when(new ExpireRequest(ID, START.plusSeconds(60))).expectEvents(new RequestExpired(ID));
        nothing(fixture.given(QUEUED).when(new ExpireRequest(ID, START.plusSeconds(59))));
        nothing(fixture.given(QUEUED, GRANTED).when(new ExpireRequest(ID, START.plusSeconds(61))));
    }
}
