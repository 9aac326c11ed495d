package dev.muster.lab.power;

import dev.muster.kernel.Refused;
import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Power by programs of the lab's own: one to turn it on, one to turn it off, one that tells by its exit (0 on, 1 off). */
final class CommandOutlet implements Outlet {

    private final String host;
    private final String board;
    private final List<String> on;
    private final List<String> off;
    private final List<String> read;
    private final Host lane;
    private final Manner manner;
    private final Commands commands;

    CommandOutlet(Parameters given, Host lane, Manner manner, Commands commands) {
        this.host = hostOf(given);
        this.board = given.board();
        this.on = argv(given, "on");
        this.off = argv(given, "off");
        this.read = given.texts("read");
        this.lane = lane;
        this.manner = read.isEmpty() ? new Manner(false, manner.settle(), manner.cycleDelay()) : manner;
        this.commands = commands;
    }

    /** Programs for different boards run side by side, unless they are said to work on the same thing. */
    static String hostOf(Parameters given) {
        return "command:" + given.text("host", given.board());
    }

    private static List<String> argv(Parameters given, String name) {
        List<String> argv = given.texts(name);
        if (argv.isEmpty() || argv.getFirst().isEmpty()) {
            throw given.wrong(name, "must be a program with its arguments");
        }
        return argv;
    }

    @Override
    public String driver() {
        return "command";
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String id() {
        return "command:" + board;
    }

    @Override
    public Manner manner() {
        return manner;
    }

    @Override
    public CompletableFuture<Power> read() {
        if (read.isEmpty()) {
            return CompletableFuture.completedFuture(Power.UNKNOWN);
        }
        return lane.ask(() -> commands.run(read)).thenApply(end -> switch (end.code()) {
            case 0 -> Power.ON;
            case 1 -> Power.OFF;
            default -> Power.UNKNOWN;
        });
    }

    @Override
    public CompletableFuture<Void> turn(boolean wanted) {
        return lane.ask(() -> commands.run(wanted ? on : off)).thenAccept(end -> {
            if (end.code() != 0) {
                throw failed(wanted, end);
            }
        });
    }

    private Refused failed(boolean wanted, Commands.End end) {
        String said = end.lastLine().isEmpty() ? "" : ": " + end.lastLine();
        return LabRefusal.POWER_FAULT.because("The command that turns board " + board + (wanted ? " on" : " off")
                + " ended with code " + end.code() + said + ".");
    }
}
