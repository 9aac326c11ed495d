package dev.muster.lab.console;

/** What someone wants done to a line; it is done only while they have the pen. */
sealed interface Order {

    View author();

    /** How many bytes go to the line. */
    default int length() {
        return 0;
    }

    record Write(View author, byte[] bytes) implements Order {
        @Override
        public int length() {
            return bytes.length;
        }
    }

    record Break(View author) implements Order {}

    record Baud(View author, int rate) implements Order {}
}
