package dev.muster.lab;

import java.nio.file.Path;
import java.time.Duration;

/** Settings of a lab that tests start their servers with. */
final class LabTimes {

    private LabTimes() {}

    /** How long a setup script may take. */
    static String[] script(Duration max) {
        return new String[] {"--muster.lab.script-reserve-max=" + max, "--muster.lab.script-release-max=" + max};
    }

    /** An ssh server of its own on any port that is free, which gives out tokens for these keys. */
    static String[] controller(Path keys) {
        return new String[] {"--muster.lab.sshd-port=0", "--muster.lab.ssh-keys=" + keys};
    }

    /** Power that is not known is read again soon. */
    static String[] reread() {
        return new String[] {};
    }

    /** A switch that does not answer is asked again all the same. */
    static String[] noRest() {
        return new String[] {};
    }
}
