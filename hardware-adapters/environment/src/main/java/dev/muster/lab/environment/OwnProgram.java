package dev.muster.lab.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * When a process that was started is the program that was meant, and leads its group.
 *
 * <p>On a terminal it is a copy of this server until its exec: a fork, with the JVM's handlers for INT, TERM and HUP. Those
 * only wake a thread of the JVM, and a copy has none; so a signal that comes in that moment is taken and forgotten. From
 * the exec on it does what the program wants of it, or ends the program. Without a terminal there is no such copy, but a
 * moment in which {@code setsid} runs and the group is not made yet. So nobody is told of a program before the kernel says
 * that this is over.
 */
final class OwnProgram {

    /** An exec takes well below a millisecond, a copy of a large server some; longer only if its file lies on a network. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);

    private static final Duration LOOK_AGAIN = Duration.ofNanos(300_000);

    /** Behind the name in {@code /proc/<pid>/stat}: state, parent, group, session, terminal, its group, flags. */
    private static final int GROUP = 2;

    private static final int FLAGS = 6;
    /** The kernel's {@code PF_FORKNOEXEC}: forked, and no exec since. */
    private static final long FORKED_ONLY = 0x40;

    private OwnProgram() {}

    /** Blocks until then, until the process is over, or for so long that waiting helps nobody. */
    static void await(Process process) {
        long deadline = System.nanoTime() + WAIT_MAX.toNanos();
        try {
            while (!isReached(process.pid()) && process.isAlive() && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isReached(long process) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It is over, or the kernel does not tell: there is nothing to wait for.
            return true;
        }
        // The name may have anything in it, parentheses and blanks too.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length <= FLAGS
                || Long.parseLong(fields[GROUP]) == process && (Long.parseLong(fields[FLAGS]) & FORKED_ONLY) == 0;
    }
}
