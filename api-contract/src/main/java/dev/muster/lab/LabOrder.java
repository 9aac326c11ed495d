package dev.muster.lab;

import org.jspecify.annotations.Nullable;

/** What people can order in the lab, in the words of commands and of the lab's audit. */
public enum LabOrder {
    RESERVE("ReserveBoard", "reserve"),
    RELEASE("ReleaseBoard", "release"),
    KICK("KickBoard", "kick"),
    POWER("OrderPower", "power"),
    EXTEND("ExtendReservation", "extend"),
    SHARE("ShareReservation", "share"),
    MAINTAIN("MaintainBoard", "maintenance"),
    RETURN("ReturnBoard", "return"),
    QUEUE("QueueRequest", "queue"),
    CANCEL("CancelRequest", "cancel");

    private final String command;
    private final String action;

    LabOrder(String command, String action) {
        this.command = command;
        this.action = action;
    }

    /** As refusals on record name it, behind {@code lab.}: for what is a command of its own, that command's name. */
    public String command() {
        return command;
    }

    /** Lower-kebab, as {@link LabAudit.Entry#action()} has it. */
    public String action() {
        return action;
    }

    /** The order that commands call so, null if none. */
    public static @Nullable LabOrder called(String command) {
        for (LabOrder each : values()) {
            if (each.command.equals(command)) {
                return each;
            }
        }
        return null;
    }
}
