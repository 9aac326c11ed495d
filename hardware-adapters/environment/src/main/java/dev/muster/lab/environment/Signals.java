package dev.muster.lab.environment;

import dev.muster.lab.BoardProcesses.Exit;
import dev.muster.lab.LabRefusal;
import java.util.Map;

/** Names and numbers of signals on Linux. */
final class Signals {

    static final int TERM = 15;
    static final int KILL = 9;

    private static final Map<String, Integer> SENT = Map.of("INT", 2, "TERM", TERM, "KILL", KILL);

    private static final Map<Integer, String> ENDING = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(5, "TRAP"),
            Map.entry(6, "ABRT"),
            Map.entry(7, "BUS"),
            Map.entry(8, "FPE"),
            Map.entry(KILL, "KILL"),
            Map.entry(10, "USR1"),
            Map.entry(11, "SEGV"),
            Map.entry(12, "USR2"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(TERM, "TERM"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"),
            Map.entry(31, "SYS"));

    private Signals() {}

    /** The number of a signal that may be sent; refuses others. */
    static int number(String name) {
        Integer number = SENT.get(name);
        if (number == null) {
            throw LabRefusal.BAD_VALUE.about("name", "A program can be sent INT, TERM and KILL.");
        }
        return number;
    }

    /**
     * What the JDK's number means. It says 128 and the signal's number, as shells do; a program that exits with such a
     * number by itself cannot be told from one that a signal ended.
     */
    static Exit exitOf(int number) {
        String signal = ENDING.get(number - 128);
        return signal == null ? new Exit(number, null) : new Exit(-1, signal);
    }
}
