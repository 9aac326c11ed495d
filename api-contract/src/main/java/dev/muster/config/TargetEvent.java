package dev.muster.config;

/** What happened to the configuration that all agents should have. */
public sealed interface TargetEvent {

    /** Counts the targets there were, from 1. */
    long version();

    /** @param config the whole of it: a JSON object, as it was written */
    record TargetChanged(long version, String config) implements TargetEvent {}
}
