package dev.muster.config.snapd;

import dev.muster.identity.Caller;
import dev.muster.identity.ViewScope.Right;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who came, and what they may do here (contract §11).
 *
 * @param actor as the audit names them
 * @param caller whose token of this server was shown; null for the device itself, which is root in its own house
 * @param provenance what its orders carry
 */
record Guest(String actor, @Nullable Caller caller, Map<String, String> provenance) {

    boolean isDevice() {
        return caller == null;
    }

    /** Fails with 403 when this right to a view is missing. */
    void onlyWith(Right right, Target.OfView view) {
        if (caller != null && !caller.may(right, view.account(), view.name(), view.view())) {
            throw ConfdbFailure.forbidden(right.permission().wireName());
        }
    }

    /**
     * Fails with 403 when this right to settings of snaps is missing. They are nobody's view, so a scope of one view is
     * none for them.
     */
    void onlyWith(Right right) {
        if (caller != null && !caller.may(right.permission())) {
            throw ConfdbFailure.forbidden(right.permission().wireName());
        }
    }

    boolean seesSecrets() {
        return caller == null || caller.maySeeSecrets();
    }
}
