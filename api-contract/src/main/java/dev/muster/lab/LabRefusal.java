package dev.muster.lab;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import org.jspecify.annotations.Nullable;

/** Every way in which the lab says no. */
public enum LabRefusal implements RefusalCode {
    NAME_INVALID(
            "lab.name-invalid",
            Refusal.Kind.INVALID,
            "Use a letter or digit, then at most 63 letters, digits, dots, underscores and dashes."),
    NO_SUCH_BOARD("lab.no-such-board", Refusal.Kind.NOT_FOUND, "Look at the list of boards and classes."),
    NO_SUCH_RESERVATION("lab.no-such-reservation", Refusal.Kind.NOT_FOUND, null),
    NO_SUCH_OUTPUT("lab.no-such-output", Refusal.Kind.NOT_FOUND, null),
    RESERVED("lab.reserved", Refusal.Kind.CONFLICT, "Wait for it: give 'wait', or take any board of its class."),
    NONE_FREE("lab.none-free", Refusal.Kind.CONFLICT, "Wait for one: give 'wait', or queue a request."),
    OUT_OF_SERVICE(
            "lab.out-of-service", Refusal.Kind.UNAVAILABLE, "It is in maintenance or faulty; take another board."),
    NOT_HOLDER("lab.not-holder", Refusal.Kind.FORBIDDEN, "Only who holds the board, or a lab administrator, may."),
    NOT_RESERVED("lab.not-reserved", Refusal.Kind.CONFLICT, "Reserve it first."),
    OVER_LIMIT("lab.over-limit", Refusal.Kind.UNPROCESSABLE, "Ask for less time; the board says how much it allows."),
    UNSATISFIABLE("lab.unsatisfiable", Refusal.Kind.UNPROCESSABLE, "Ask for something that some board has."),
    UNKNOWN_ATTR("lab.unknown-attr", Refusal.Kind.INVALID, null),
    BAD_VALUE("lab.bad-value", Refusal.Kind.INVALID, null),
    UNACCEPTABLE("lab.unacceptable", Refusal.Kind.INVALID, "The setup script says what is wrong with the request."),
    SETUP_FAILED("lab.setup-failed", Refusal.Kind.UNAVAILABLE, "The board was cleaned up; try another one."),
    RELEASE_FAILED(
            "lab.release-failed", Refusal.Kind.UNAVAILABLE, "The board is out of service until it can be cleaned up."),
    /** The device that the board is did not install what it shall be lent with. */
    FLASH_BACK_FAILED(
            "lab.flash-back-failed", Refusal.Kind.UNAVAILABLE, "Look at what the device said of its last action."),
    /** The device said nothing final in the time that the board's configuration allows. */
    FLASH_BACK_TIMEOUT(
            "lab.flash-back-timeout",
            Refusal.Kind.UNAVAILABLE,
            "Check that the board starts and reaches the server, or allow more time."),
    CONFIGURATION_INVALID("lab.configuration-invalid", Refusal.Kind.UNPROCESSABLE, null),
    /** The switch does not answer, or not in time. */
    POWER_TIMEOUT("lab.power-timeout", Refusal.Kind.UNAVAILABLE, "Check the switch's credentials and address."),
    /** The switch does not know who asks. */
    POWER_AUTH("lab.power-auth", Refusal.Kind.UNAVAILABLE, "Check user, pass phrases and security level."),
    /** The switch knows who asks and does not let them. */
    POWER_DENIED("lab.power-denied", Refusal.Kind.UNAVAILABLE, "Give the lab credentials that may write."),
    NO_SUCH_PORT("lab.no-such-port", Refusal.Kind.INVALID, "Check the port in the board's configuration."),
    /** Whatever else went wrong at the switch. */
    POWER_FAULT("lab.power-fault", Refusal.Kind.UNAVAILABLE, null),
    CONSOLE_BUSY("lab.console-busy", Refusal.Kind.UNAVAILABLE, "Another program has the serial port open."),
    CONSOLE_FAULT("lab.console-fault", Refusal.Kind.UNAVAILABLE, null),
    CAPABILITY_MISSING("lab.capability-missing", Refusal.Kind.CONFLICT, "The board has nothing of that kind."),
    TOO_MANY("lab.too-many", Refusal.Kind.LIMIT_REACHED, null);

    private final Meaning meaning;

    LabRefusal(String code, Refusal.Kind kind, @Nullable String hint) {
        this.meaning = new Meaning(code, kind, hint);
    }

    @Override
    public Meaning meaning() {
        return meaning;
    }
}
