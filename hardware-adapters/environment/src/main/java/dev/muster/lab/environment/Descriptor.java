package dev.muster.lab.environment;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One open file of this process, closed once. Only its owner uses and closes it: a number that was closed may be somebody
 * else's file a moment later.
 */
final class Descriptor implements AutoCloseable {

    private final int number;
    private final AtomicBoolean closed = new AtomicBoolean();

    Descriptor(int number) {
        this.number = number;
    }

    /** The two ends of a pipe. */
    record Pipe(Descriptor reading, Descriptor writing) implements AutoCloseable {

        static Pipe open() throws IOException {
            int[] ends = new int[2];
            check(LibC.pipe(ends), "no pipe could be made");
            return new Pipe(new Descriptor(ends[0]), new Descriptor(ends[1]));
        }

        @Override
        public void close() {
            reading.close();
            writing.close();
        }
    }

    /** Another one for the same file, with its own owner. */
    static Descriptor duplicateOf(int number) throws IOException {
        return new Descriptor(check(LibC.duplicate(number), "a terminal could not be opened twice"));
    }

    int number() {
        return number;
    }

    /** A path by which this process opens the same pipe anew, to hand that to a program. */
    File path() {
        return new File("/proc/self/fd/" + number);
    }

    /** As {@link LibC#read}. */
    int read(MemorySegment into) {
        return LibC.read(number, into, into.byteSize());
    }

    /** As {@link LibC#write}. */
    int write(MemorySegment from, int bytes) {
        return LibC.write(number, from, bytes);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            LibC.close(number);
        }
    }

    static int check(int result, String sentence) throws IOException {
        if (result < 0) {
            throw new IOException(sentence + " (error " + -result + ")");
        }
        return result;
    }
}
