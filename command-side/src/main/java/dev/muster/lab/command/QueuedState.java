package dev.muster.lab.command;

import dev.muster.lab.BoardName;
import dev.muster.lab.LabRequest.State;
import dev.muster.lab.LabRequestEvent;
import dev.muster.lab.LabRequestEvent.RequestCancelled;
import dev.muster.lab.LabRequestEvent.RequestExpired;
import dev.muster.lab.LabRequestEvent.RequestFailed;
import dev.muster.lab.LabRequestEvent.RequestFulfilled;
import dev.muster.lab.LabRequestEvent.RequestGranted;
import dev.muster.lab.LabRequestEvent.RequestQueued;
import dev.muster.lab.LabRequestEvent.RequestReturned;
import dev.muster.lab.LabRequestEvent.Wish;
import org.jspecify.annotations.Nullable;

/** What decisions about a queued request need to know of its past. */
sealed interface QueuedState {

    QueuedState after(LabRequestEvent event);

    record Absent() implements QueuedState {

        @Override
        public QueuedState after(LabRequestEvent event) {
            return event instanceof RequestQueued e ? new Queued(e.wish(), State.WAITING, null, 0) : this;
        }
    }

    /**
     * @param board that was granted, null while it waits
     * @param tried boards that could not be made ready
     */
    record Queued(Wish wish, State state, @Nullable BoardName board, int tried) implements QueuedState {

        @Override
        public QueuedState after(LabRequestEvent event) {
            return switch (event) {
                case RequestQueued ignored -> this;
                case RequestGranted e -> new Queued(wish, State.GRANTED, e.board(), tried);
                case RequestReturned ignored -> new Queued(wish, State.WAITING, null, tried + 1);
                case RequestFulfilled ignored -> over(State.FULFILLED);
                case RequestFailed ignored -> over(State.FAILED);
                case RequestCancelled ignored -> over(State.CANCELLED);
                case RequestExpired ignored -> over(State.EXPIRED);
            };
        }

        private Queued over(State how) {
            return new Queued(wish, how, board, tried);
        }
    }
}
