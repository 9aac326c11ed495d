package dev.muster.overview.query;

import dev.muster.kernel.Provenance;
import dev.muster.kernel.Recorded;
import dev.muster.lab.BoardName;
import dev.muster.lab.LabAudit.Entry;
import dev.muster.lab.LabAudit.Outcome;
import dev.muster.lab.ReservationId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind an event.
 *
 * @param person {@code user:<id>}; null: the server itself, or a token whose owner is forgotten
 * @param token its id, where it was one
 */
record Acting(
        @Nullable String person,
        @Nullable String token,
        @Nullable String address) {

    private static final String USER = "user:";
    private static final String OIDC = "oidc:";
    private static final String TOKEN = "token:";

    /** @param owners {@code user:<id>} by the id of the token */
    static Acting of(Recorded recorded, Map<String, String> owners) {
        String actor = text(recorded, Provenance.ACTOR);
        String address = text(recorded, Provenance.ADDRESS);
        if (actor == null) {
            return new Acting(null, null, address);
        }
        if (actor.startsWith(TOKEN)) {
            String token = actor.substring(TOKEN.length());
            return new Acting(owners.get(token), token, address);
        }
        if (actor.startsWith(OIDC)) {
            return new Acting(USER + actor.substring(OIDC.length()), null, address);
        }
        return new Acting(actor.startsWith(USER) ? actor : null, null, address);
    }

    /** What they do or try, as it is known when it begins. */
    Entry entry(
            Recorded recorded,
            @Nullable BoardName board,
            @Nullable ReservationId reservation,
            @Nullable String holder,
            String action,
            @Nullable String detail,
            Outcome outcome) {
        return new Entry(
                recorded.position(),
                recorded.at(),
                person,
                token,
                address,
                board,
                reservation,
                holder,
                action,
                detail,
                outcome,
                null,
                null,
                null,
                null);
    }

    private static @Nullable String text(Recorded recorded, String key) {
        Object value = recorded.metadata().get(key);
        return value == null ? null : value.toString();
    }
}
