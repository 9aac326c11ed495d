package dev.muster.lab.console;

import com.fazecast.jSerialComm.SerialPort;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads jSerialComm's native part and undoes its side effect: it makes the whole process ignore HUP, USR1, USR2, CONT,
 * TTIN, TTOU and IO. That would take SIGHUP from the lab's reload, USR2 from the virtual machine's own profiler, and,
 * since children inherit what is ignored, the hang-up from every shell that is started in a board's environment.
 */
final class NativeSignals {

    private static final Logger LOG = LoggerFactory.getLogger(NativeSignals.class);
    private static final int SIGNAL_MAX = 31;
    /** More than any system's {@code struct sigaction} has. */
    private static final int STRUCT_BYTES = 256;

    private static boolean loaded;

    private NativeSignals() {}

    /** Loads it once, before a port is touched. */
    static synchronized void loadSerialPorts() {
        if (loaded) {
            return;
        }
        Optional<MemorySegment> symbol = Linker.nativeLinker().defaultLookup().find("sigaction");
        if (symbol.isPresent()) {
            loadAndRestore(symbol.get());
        } else {
            LOG.debug("jSerialComm {}", SerialPort.getVersion());
        }
        loaded = true;
    }

    private static void loadAndRestore(MemorySegment symbol) {
        MethodHandle sigaction = Linker.nativeLinker()
                .downcallHandle(
                        symbol,
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] before = new MemorySegment[SIGNAL_MAX + 1];
            for (int signal = 1; signal <= SIGNAL_MAX; signal++) {
                before[signal] = read(sigaction, signal, arena);
            }
            LOG.debug("jSerialComm {}", SerialPort.getVersion());
            for (int signal = 1; signal <= SIGNAL_MAX; signal++) {
                if (before[signal].mismatch(read(sigaction, signal, arena)) >= 0) {
                    call(sigaction, signal, before[signal], MemorySegment.NULL);
                }
            }
        }
    }

    private static MemorySegment read(MethodHandle sigaction, int signal, Arena arena) {
        MemorySegment action = arena.allocate(STRUCT_BYTES);
        call(sigaction, signal, MemorySegment.NULL, action);
        return action;
    }

    private static void call(MethodHandle sigaction, int signal, MemorySegment action, MemorySegment old) {
        try {
            int failed = (int) sigaction.invokeExact(signal, action, old);
            if (failed != 0) {
                LOG.debug("sigaction({}) failed", signal);
            }
        } catch (Throwable e) {
            throw new IllegalStateException("sigaction cannot be called", e);
        }
    }
}
