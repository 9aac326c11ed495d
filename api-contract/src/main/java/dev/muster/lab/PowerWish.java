package dev.muster.lab;

/** What shall be of the power when a board is handed over. */
public enum PowerWish {
    ON,
    OFF,
    KEEP
}
