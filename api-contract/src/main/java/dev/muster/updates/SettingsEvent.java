package dev.muster.updates;

/** What happened to the tenant's device settings. */
public sealed interface SettingsEvent {

    record SettingsChanged(UpdateSettings settings) implements SettingsEvent {}
}
