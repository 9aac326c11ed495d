package dev.muster.lab.console;

import java.io.IOException;

/**
 * An open line. It blocks: one thread reads and closes, another one does the rest; closing sets both free. A value the
 * line cannot do fails with a {@link dev.muster.kernel.Refused}.
 */
interface Wire {

    /** How long a read waits at most, so that its thread notices when it is to end. */
    int READ_WAIT_MILLIS = 250;

    /** Reads what is there; 0 when nothing came for a moment, -1 at the end of the line. */
    int read(byte[] into) throws IOException;

    /** Returns when the line took all of it. */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** Returns when the break is over. */
    void sendBreak() throws IOException;

    /** Returns when the line has the rate. */
    void baud(int rate) throws IOException;

    void close();
}
