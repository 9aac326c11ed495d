package dev.muster.config;

/** What happened to a registry's definition. */
public sealed interface RegistryEvent {

    RegistryId registryId();

    /** @param revision from 1 */
    record RegistryDefined(RegistryId registryId, long revision, String document) implements RegistryEvent {}

    record RegistryRedefined(RegistryId registryId, long revision, String document) implements RegistryEvent {}
}
