package dev.muster.updates.modes;

import dev.muster.updates.Hardware;
import org.jspecify.annotations.Nullable;

/**
 * Small integers for boards and revisions, for wires that know them by number. Given in the order in which the log
 * first names them, so that every node gives the same; 1 is {@link Software#UNNAMED}, none is ever taken back.
 */
public interface HardwareRows {

    /** The number, positive; null when neither a device nor a bundle named this hardware yet. */
    @Nullable
    Integer number(Hardware hardware);
}
