package dev.muster.apps;

/** What happened to somebody's number. */
public sealed interface AppAccountEvent {

    String person();

    record AccountAssigned(String person, long key) implements AppAccountEvent {}
}
