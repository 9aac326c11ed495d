package dev.muster.lab.wire;

/** What the server measures about the lab. */
@FunctionalInterface
public interface Meters {

    /** Prometheus' text format 0.0.4, {@code muster_lab_*} only. May block for a moment. */
    String text();
}
