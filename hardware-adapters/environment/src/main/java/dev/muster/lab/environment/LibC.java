package dev.muster.lab.environment;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The few calls of the C library that the JDK does not offer, with the constants of Linux on x86-64 and aarch64. None
 * blocks but {@link #poll}. Each answers what the call does, or the negative error number.
 */
final class LibC {

    static final int NO_SUCH_PROCESS = 3;
    static final int INTERRUPTED = 4;
    static final int INPUT_OUTPUT = 5;
    static final int TRY_AGAIN = 11;

    private static final int FLAG_NONBLOCK = 0x800;
    private static final int FLAG_CLOSE_ON_EXEC = 0x80000;
    private static final int GET_FLAGS = 3;
    private static final int SET_FLAGS = 4;
    private static final int DUPLICATE_CLOSE_ON_EXEC = 1030;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private static final MethodHandle READ = call("read", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle WRITE =
            call("write", FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG));
    private static final MethodHandle CLOSE = call("close", FunctionDescriptor.of(INT, INT));
    private static final MethodHandle PIPE = call("pipe2", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT));
    private static final MethodHandle POLL = call("poll", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, LONG, INT));
    private static final MethodHandle KILL = call("kill", FunctionDescriptor.of(INT, INT, INT));
    private static final MethodHandle CONTROL =
            call("fcntl", FunctionDescriptor.of(INT, INT, INT, INT), Linker.Option.firstVariadicArg(2));

    private LibC() {}

    /** Bytes read, 0 at the end. */
    static int read(int descriptor, MemorySegment into, long bytes) {
        return withState(state -> (int) (long) READ.invokeExact(state, descriptor, into, bytes));
    }

    /** Bytes written. */
    static int write(int descriptor, MemorySegment from, long bytes) {
        return withState(state -> (int) (long) WRITE.invokeExact(state, descriptor, from, bytes));
    }

    static int close(int descriptor) {
        return withState(state -> (int) CLOSE.invokeExact(state, descriptor));
    }

    /** Makes a pipe whose ends never block here and are not inherited; {@code ends} takes the reading, then the other. */
    static int pipe(int[] ends) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(INT, 2);
            int result = withState(state -> (int) PIPE.invokeExact(state, pair, FLAG_NONBLOCK | FLAG_CLOSE_ON_EXEC));
            ends[0] = pair.getAtIndex(INT, 0);
            ends[1] = pair.getAtIndex(INT, 1);
            return result;
        }
    }

    /** How many of {@code count} structures of 8 bytes (descriptor, events, what came) have something. Blocks. */
    static int poll(MemorySegment structures, long count) {
        return withState(state -> (int) POLL.invokeExact(state, structures, count, -1));
    }

    /** @param process a process, or the negative number of a group */
    static int kill(int process, int signal) {
        return withState(state -> (int) KILL.invokeExact(state, process, signal));
    }

    /** Another descriptor for the same file, not inherited. */
    static int duplicate(int descriptor) {
        return withState(state -> (int) CONTROL.invokeExact(state, descriptor, DUPLICATE_CLOSE_ON_EXEC, 0));
    }

    /** Makes reading and writing never block, for all descriptors of the same file. */
    static int neverBlock(int descriptor) {
        int flags = withState(state -> (int) CONTROL.invokeExact(state, descriptor, GET_FLAGS, 0));
        if (flags < 0) {
            return flags;
        }
        return withState(state -> (int) CONTROL.invokeExact(state, descriptor, SET_FLAGS, flags | FLAG_NONBLOCK));
    }

    private static int withState(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            int result = call.with(state);
            return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("a call of the C library failed", unexpected);
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor shape, Linker.Option... options) {
        Linker.Option[] all = new Linker.Option[options.length + 1];
        all[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(options, 0, all, 1, options.length);
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), shape, all);
    }

    @FunctionalInterface
    private interface Call {
        int with(MemorySegment state) throws Throwable;
    }
}
