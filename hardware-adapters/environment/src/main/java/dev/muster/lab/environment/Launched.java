package dev.muster.lab.environment;

import org.jspecify.annotations.Nullable;

/**
 * A program that was started, leader of a session of its own.
 *
 * @param process to learn how it ends
 * @param input its standard input
 * @param output its standard output
 * @param errors its standard error, null with a terminal
 * @param screen its terminal, null for none
 */
record Launched(
        Process process,
        Descriptor input,
        Descriptor output,
        @Nullable Descriptor errors,
        @Nullable Screen screen) {

    /** The size and the end of a terminal. */
    interface Screen extends AutoCloseable {

        /** Does nothing when the program is over. */
        void resize(int cols, int rows);

        @Override
        void close();
    }
}
