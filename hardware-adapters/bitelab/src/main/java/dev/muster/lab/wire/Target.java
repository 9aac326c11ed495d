package dev.muster.lab.wire;

import org.jspecify.annotations.Nullable;

/** What a path leads to, the one method that works there, and what a token must allow. */
enum Target {
    CLASSES("GET", Need.READ),
    BOARDS("GET", Need.READ),
    BOARD("GET", Need.READ),
    ATTRS("GET", Need.READ),
    SET_ATTRS("POST", Need.USE),
    RESERVE("POST", Need.USE),
    RELEASE("POST", Need.USE),
    POWER("POST", Need.USE),
    EXTEND("POST", Need.USE),
    SHARE("POST", Need.USE),
    KICK("POST", Need.ADMIN),
    MAINTENANCE("POST", Need.ADMIN),
    RETURN("POST", Need.ADMIN),
    RELOAD("POST", Need.ADMIN),
    REQUESTS("GET", Need.READ),
    QUEUE("POST", Need.USE),
    REQUEST("GET", Need.READ),
    CANCEL("DELETE", Need.USE),
    NEW_TOKEN("POST", Need.READ),
    REVOKE_TOKEN("DELETE", Need.READ),
    ISSUE_TOKEN("POST", Need.ADMIN),
    REVOKE_ANY_TOKEN("DELETE", Need.ADMIN),
    AUDIT("GET", Need.READ),
    METRICS("GET", Need.METRICS),
    SSH("GET", Need.USE),
    EXEC("GET", Need.USE),
    CONSOLE("GET", Need.READ),
    CONTROLLER("GET", Need.NOTHING);

    final String method;
    final Need need;

    Target(String method, Need need) {
        this.method = method;
        this.need = need;
    }

    /** What is to be done to a board, in the words of commands; null where nothing is. */
    @Nullable
    String order() {
        return switch (this) {
            case RESERVE -> "ReserveBoard";
            case RELEASE -> "ReleaseBoard";
            case SET_ATTRS, POWER -> "OrderPower";
            case EXTEND -> "ExtendReservation";
            case SHARE -> "ShareReservation";
            case KICK -> "KickBoard";
            case MAINTENANCE -> "MaintainBoard";
            case RETURN -> "ReturnBoard";
            case QUEUE -> "QueueRequest";
            default -> null;
        };
    }

    boolean isChannel() {
        return compareTo(SSH) >= 0;
    }
}
