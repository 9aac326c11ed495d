package dev.muster.lab.console;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What an operator decides about serial lines.
 *
 * @param historyBytesMax what is kept of a reservation's output, and how far behind a reader may fall
 * @param pieceBytesMax the most that a reader is handed at once
 * @param readersMax how many may look at one line, its writer included
 * @param noticesMax how many notices wait for one reader; beyond it the oldest are dropped
 * @param outboxBytesMax what may wait to be written to one line
 * @param outboxOrdersMax how many writes, breaks and changes of rate may wait for one line
 * @param connectTimeout how long a far end may take to accept, and an RFC 2217 server to answer
 * @param openTimeout how long opening a line may take in all, the end of its last reservation included
 * @param writeTimeout how long a line may take beyond the time the bytes need on the wire
 * @param reopenMin the first pause after a line was lost; each further one is twice as long
 * @param reopenMax the longest pause; a line that lasted as long as this starts again with the shortest
 * @param breakTime how long a break lasts
 * @param lockDirectory where programs leave lock files named {@code LCK..ttyS0}; not used if it cannot be written
 */
public record ConsoleSettings(
        int historyBytesMax,
        int pieceBytesMax,
        int readersMax,
        int noticesMax,
        int outboxBytesMax,
        int outboxOrdersMax,
        Duration connectTimeout,
        Duration openTimeout,
        Duration writeTimeout,
        Duration reopenMin,
        Duration reopenMax,
        Duration breakTime,
        Path lockDirectory) {

    public static final ConsoleSettings DEFAULTS = new ConsoleSettings(
            1 << 20,
            16 << 10,
            32,
            64,
            1 << 20,
            1024,
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofSeconds(10),
            Duration.ofMillis(250),
            Path.of("/var/lock"));

    /** The same with what operators set. */
    public ConsoleSettings with(int otherReadersMax, Path otherLockDirectory) {
        return new ConsoleSettings(
                historyBytesMax,
                pieceBytesMax,
                otherReadersMax,
                noticesMax,
                outboxBytesMax,
                outboxOrdersMax,
                connectTimeout,
                openTimeout,
                writeTimeout,
                reopenMin,
                reopenMax,
                breakTime,
                otherLockDirectory);
    }
}
