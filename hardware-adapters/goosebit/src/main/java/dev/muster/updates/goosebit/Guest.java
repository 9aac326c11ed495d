package dev.muster.updates.goosebit;

import dev.muster.identity.Caller;
import dev.muster.identity.GoosebitGrants;
import java.util.Map;

/**
 * A person or automation that is signed in.
 *
 * @param grants what they may do here
 */
record Guest(Caller caller, GoosebitGrants grants) {

    boolean may(String scope) {
        return grants.allows(scope);
    }

    /** What their orders carry. */
    Map<String, String> provenance() {
        return caller.provenance();
    }
}
