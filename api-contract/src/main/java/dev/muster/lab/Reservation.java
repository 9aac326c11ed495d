package dev.muster.lab;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Somebody's claim to a board.
 *
 * @param holder who, as {@link dev.muster.identity.Caller#actor()} has it
 * @param purpose in their words, null for none
 * @param context of the job it is for, texts by name
 * @param sshKeys public keys that shall be let in
 * @param power what shall be of the power when it is handed over
 * @param expiresAt when it ends, extensions included
 * @param keepAlive true: it ends before that when its holder is not heard of for too long; null, as in all that was
 *     stored before there was such a thing: it does not
 */
public record Reservation(
        ReservationId id,
        String holder,
        @Nullable String purpose,
        Map<String, String> context,
        List<String> sshKeys,
        PowerWish power,
        Instant expiresAt,
        @Nullable Boolean keepAlive) {

    public Reservation {
        context = Map.copyOf(context);
        sshKeys = List.copyOf(sshKeys);
    }

    public Reservation until(Instant later) {
        return new Reservation(id, holder, purpose, context, sshKeys, power, later, keepAlive);
    }

    /** Whether it ends when its holder falls silent. */
    public boolean endsInSilence() {
        return Boolean.TRUE.equals(keepAlive);
    }
}
