package dev.muster.lab;

import org.jspecify.annotations.Nullable;

/** The network interfaces on the boards' own segments. The setup script moves them; here they are only looked at. */
public interface EtherPorts {

    /** @param carrier whether something is at the other end; null: not known */
    record Ether(String iface, boolean present, @Nullable Boolean carrier) {}

    /** How the board's interface is now, null if it has none. */
    @Nullable
    Ether of(BoardDefinition board);
}
