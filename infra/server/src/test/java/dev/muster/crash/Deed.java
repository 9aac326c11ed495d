package dev.muster.crash;

import java.util.List;

/**
 * One line of the ledger: something that was tried, or that the server acknowledged.
 *
 * @param acknowledged false for a line written before the first attempt
 * @param what which kind of write
 * @param name what the write was about; no two deeds of a kind share one
 */
record Deed(boolean acknowledged, What what, String name) {

    /** The kinds of write, each with the event that proves it and the member of its payload that names it. */
    enum What {
        DEVICE("registry.DeviceRegistered", "deviceId"),
        ACTION("updates.ActionAssigned", "deviceId"),
        FEEDBACK("updates.ActionFinished", "deviceId"),
        STANDING("updates.AutoAssignmentCreated", "name");

        final String event;
        final String member;

        What(String event, String member) {
            this.event = event;
            this.member = member;
        }
    }

    String line() {
        return (acknowledged ? "ACK " : "TRY ") + what + " " + name + "\n";
    }

    static Deed parse(String line) {
        List<String> words = List.of(line.split(" "));
        return new Deed(words.getFirst().equals("ACK"), What.valueOf(words.get(1)), words.get(2));
    }
}
