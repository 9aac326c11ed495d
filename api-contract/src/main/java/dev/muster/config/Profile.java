package dev.muster.config;

/** Which generation of the engine an access behaves as; the path it came by decides. */
public enum Profile {
    /** Paths {@code /v2/registry} and {@code /v2/aspects}: a write of an object names all its members. */
    REGISTRY,
    /** Paths {@code /v2/confdb}: lists by index, filters, secrets; members left out are unset. */
    CONFDB
}
