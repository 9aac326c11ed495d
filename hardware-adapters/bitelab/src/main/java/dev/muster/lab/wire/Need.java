package dev.muster.lab.wire;

import dev.muster.identity.Caller;
import dev.muster.identity.Permission;

/** What a token must allow. Who may more may less. */
enum Need {
    NOTHING(""),
    READ("board:use"),
    USE("board:use"),
    ADMIN("board:admin"),
    /** A right of the house that no scope of this wire stands for; a lab's administrator need not have it. */
    METRICS("metrics-read");

    /** As it is called when it is missing. */
    final String scope;

    Need(String scope) {
        this.scope = scope;
    }

    boolean isMetBy(Caller caller) {
        return switch (this) {
            case NOTHING -> true;
            case READ -> caller.may(Permission.LAB_READ) || USE.isMetBy(caller);
            case USE -> caller.may(Permission.LAB_USE) || ADMIN.isMetBy(caller);
            case ADMIN -> caller.may(Permission.LAB_ADMIN);
            case METRICS -> caller.may(Permission.METRICS_READ);
        };
    }
}
