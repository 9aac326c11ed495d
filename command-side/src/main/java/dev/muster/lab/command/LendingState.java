package dev.muster.lab.command;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardEvent;
import dev.muster.lab.BoardEvent.BoardDefined;
import dev.muster.lab.BoardEvent.BoardDegraded;
import dev.muster.lab.BoardEvent.BoardFreed;
import dev.muster.lab.BoardEvent.BoardHandedOver;
import dev.muster.lab.BoardEvent.BoardRecovered;
import dev.muster.lab.BoardEvent.BoardReserved;
import dev.muster.lab.BoardEvent.BoardRetired;
import dev.muster.lab.BoardEvent.MaintenanceRequested;
import dev.muster.lab.BoardEvent.MaintenanceStarted;
import dev.muster.lab.BoardEvent.PowerFailed;
import dev.muster.lab.BoardEvent.PowerObserved;
import dev.muster.lab.BoardEvent.PowerOrdered;
import dev.muster.lab.BoardEvent.PreparationFailed;
import dev.muster.lab.BoardEvent.ReleaseFailed;
import dev.muster.lab.BoardEvent.ReleaseStarted;
import dev.muster.lab.BoardEvent.ReservationExtended;
import dev.muster.lab.BoardEvent.ReservationShared;
import dev.muster.lab.BoardEvent.SetupScriptRan;
import dev.muster.lab.BoardState;
import dev.muster.lab.Power;
import dev.muster.lab.ReleaseReason;
import dev.muster.lab.Reservation;
import dev.muster.lab.ShareMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What decisions about a board need to know of its past. */
sealed interface LendingState {

    /** @param at when the event was recorded: a reservation began when it was accepted */
    LendingState after(BoardEvent event, Instant at);

    /** Never configured, or gone. */
    record Unknown() implements LendingState {

        @Override
        public LendingState after(BoardEvent event, Instant at) {
            return event instanceof BoardDefined e
                    ? new Known(
                            e.definition(),
                            BoardState.FREE,
                            false,
                            null,
                            new Cleaning(null, 0),
                            new Switch(Power.UNKNOWN, null, null),
                            null,
                            null)
                    : this;
        }
    }

    /**
     * @param began when it was accepted
     * @param shares who else may use it, by actor
     */
    record Claim(Reservation reservation, Instant began, Map<String, ShareMode> shares) {

        public Claim {
            shares = Map.copyOf(shares);
        }
    }

    /**
     * @param release names the clean-up under way or failed, null if none
     * @param attempt how often it was tried; 0 when there is nothing to clean up
     */
    record Cleaning(@Nullable UUID release, int attempt) {}

    /**
     * @param operation under way, null if none
     * @param last the operation that ended last, null if none has: ordering it again is a retry
     */
    record Switch(
            Power power, @Nullable UUID operation, @Nullable UUID last) {

        Switch read(Power now) {
            return new Switch(now, operation, last);
        }

        Switch ended(Power now) {
            return new Switch(now, null, operation);
        }
    }

    /**
     * @param claim null when nobody's traces are on it
     * @param degraded what is wrong although it works, null if nothing
     * @param note of maintenance that is wanted or under way, null if none
     */
    record Known(
            BoardDefinition definition,
            BoardState state,
            boolean retiring,
            @Nullable Claim claim,
            Cleaning cleaning,
            Switch power,
            @Nullable String degraded,
            @Nullable String note)
            implements LendingState {

        @Override
        public LendingState after(BoardEvent event, Instant at) {
            return switch (event) {
                case BoardDefined e -> new Known(e.definition(), state, false, claim, cleaning, power, degraded, note);
                case BoardRetired ignored ->
                    state.isTaken()
                            ? new Known(definition, state, true, claim, cleaning, power, degraded, note)
                            : new Unknown();
                case BoardReserved e -> claimed(new Claim(e.reservation(), at, Map.of()), BoardState.PREPARING);
                case BoardHandedOver ignored -> claim == null ? this : claimed(claim, BoardState.RESERVED);
                case PreparationFailed ignored -> this;
                case SetupScriptRan ignored -> this;
                case ReservationExtended e ->
                    claim == null
                            ? this
                            : claimed(
                                    new Claim(claim.reservation().until(e.expiresAt()), claim.began(), claim.shares()),
                                    state);
                case ReservationShared e -> claim == null ? this : claimed(shared(claim, e), state);
                case ReleaseStarted e ->
                    new Known(
                            definition,
                            BoardState.RELEASING,
                            retiring,
                            claim,
                            new Cleaning(e.release(), e.attempt()),
                            power,
                            degraded,
                            e.reason() == ReleaseReason.RETURNED ? null : note);
                case BoardFreed ignored ->
                    retiring
                            ? new Unknown()
                            : new Known(
                                    definition,
                                    BoardState.FREE,
                                    false,
                                    null,
                                    new Cleaning(null, 0),
                                    power,
                                    degraded,
                                    note);
                case ReleaseFailed ignored -> in(BoardState.FAULTY, note);
                case MaintenanceRequested e -> in(state, e.note());
                case MaintenanceStarted e -> in(BoardState.MAINTENANCE, e.note());
                case PowerOrdered e -> switched(new Switch(power.power(), e.operation(), power.last()));
                case PowerObserved e ->
                    switched(e.operation() == null ? power.read(e.power()) : power.ended(e.power()));
                case PowerFailed ignored -> switched(power.ended(Power.UNKNOWN));
                case BoardDegraded e -> feels(e.reason());
                case BoardRecovered ignored -> feels(null);
            };
        }

        private static Claim shared(Claim claim, ReservationShared e) {
            Map<String, ShareMode> shares = new HashMap<>(claim.shares());
            if (e.mode() == null) {
                shares.remove(e.with());
            } else {
                shares.put(e.with(), e.mode());
            }
            return new Claim(claim.reservation(), claim.began(), shares);
        }

        private Known claimed(Claim by, BoardState then) {
            return new Known(definition, then, retiring, by, cleaning, power, degraded, note);
        }

        private Known in(BoardState then, @Nullable String wanted) {
            return new Known(definition, then, retiring, claim, cleaning, power, degraded, wanted);
        }

        private Known switched(Switch now) {
            return new Known(definition, state, retiring, claim, cleaning, now, degraded, note);
        }

        private Known feels(@Nullable String now) {
            return new Known(definition, state, retiring, claim, cleaning, power, now, note);
        }
    }
}
