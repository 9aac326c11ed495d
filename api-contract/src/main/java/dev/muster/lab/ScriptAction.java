package dev.muster.lab;

import java.util.Locale;

/** What the setup script was called for. */
public enum ScriptAction {
    RESERVE,
    RELEASE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
