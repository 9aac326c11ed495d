package dev.muster.lab;

import java.util.Locale;

/** How a run of the setup script ended; contract §6. What could not be started or spoke badly has failed. */
public enum ScriptOutcome {
    DONE,
    TEMPORARY,
    UNACCEPTABLE,
    FAILED,
    TIMED_OUT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
