package dev.muster.updates;

/** What happened to a series of numbers. */
public sealed interface NumberEvent {

    NumberCommand.Series series();

    /** {@code first} to {@code last}, both included, belong to whoever asked. Unused ones stay unused. */
    record NumbersReserved(NumberCommand.Series series, long first, long last) implements NumberEvent {}
}
