package dev.muster.updates;

/** A release as it is spoken of: its id with the name and version people know. */
public record ReleaseRef(ReleaseId id, String name, String version) {}
