package dev.muster.lab.environment;

/**
 * A program and all that it started and that did not leave its group. The group has the number of the program that leads
 * it, and the kernel gives that number to nobody else while anyone is in the group.
 */
final class ProcessGroup {

    private final Process leader;
    private final int number;
    /** Nobody was in it when its leader was over: the number may be somebody else's soon. */
    private volatile boolean empty;

    ProcessGroup(Process leader) {
        this.leader = leader;
        this.number = Math.toIntExact(leader.pid());
    }

    /** To be told once, when the leader is over. */
    void leaderIsOver() {
        empty = !isThere();
    }

    /** Whether anyone is in it, the leader included. */
    boolean isThere() {
        return !empty && (leader.isAlive() || LibC.kill(-number, 0) != -LibC.NO_SUCH_PROCESS);
    }

    void signal(int signal) {
        if (empty) {
            return;
        }
        boolean noGroup = LibC.kill(-number, signal) == -LibC.NO_SUCH_PROCESS;
        if (noGroup && leader.isAlive()) {
            // The kernel did not say when its group was made; it was not yet, so it has no children either.
            LibC.kill(number, signal);
        }
    }
}
