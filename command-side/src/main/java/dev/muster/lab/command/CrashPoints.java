package dev.muster.lab.command;

/** The named moments between the steps of an effect; tests stop the server there, nobody else does anything. */
@FunctionalInterface
interface CrashPoints {

    CrashPoints NONE = point -> {};

    void at(String point);
}
