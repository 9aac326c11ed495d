package dev.muster.lab;

import java.util.Locale;

/**
 * How a run of the setup script ended; contract §6. What spoke badly, or was ended by a signal, has failed. Stored by name,
 * shown lower-kebab.
 */
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
