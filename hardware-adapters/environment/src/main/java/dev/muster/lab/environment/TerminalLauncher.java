package dev.muster.lab.environment;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import com.pty4j.unix.UnixPtyProcess;
import dev.muster.lab.BoardProcesses.Terminal;
import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts programs on a terminal of their own, which makes them leaders of a session. */
final class TerminalLauncher {

    private static final Pattern TERM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,63}");
    /** More than any screen has; programs allocate by it. */
    private static final int CELLS_MAX = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(TerminalLauncher.class);

    private TerminalLauncher() {}

    static Launched launch(CommandLine command, Terminal terminal) throws IOException {
        if (!TERM.matcher(terminal.term()).matches()) {
            throw LabRefusal.BAD_VALUE.about("pty.term", "This is no type of terminal.");
        }
        Map<String, String> environment = new HashMap<>(command.environment());
        environment.put("TERM", terminal.term());
        Pty pty = new Pty();
        try {
            // Before there is a program: the library's own way sets the size a little after the start, and a program
            // that looks at once sees a terminal without any.
            pty.setWindowSize(new WinSize(within(terminal.cols()), within(terminal.rows())), null);
            return withOwnDescriptors(new UnixPtyProcess(
                    command.words().toArray(String[]::new),
                    environment.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .toArray(String[]::new),
                    command.directory() == null ? "." : command.directory().toString(),
                    pty,
                    null,
                    false));
        } catch (IOException failure) {
            pty.close();
            throw failure;
        }
    }

    /** The library's streams block in the kernel; so the terminal is read and written by descriptors of our own. */
    private static Launched withOwnDescriptors(UnixPtyProcess process) throws IOException {
        Pty pty = process.getPty();
        Descriptor output = null;
        try {
            Descriptor.check(LibC.neverBlock(pty.getMasterFD()), "a terminal could not be set up");
            output = Descriptor.duplicateOf(pty.getMasterFD());
            Descriptor input = Descriptor.duplicateOf(pty.getMasterFD());
            return new Launched(process, input, output, null, new PtyScreen(process));
        } catch (IOException failure) {
            process.destroyForcibly();
            if (output != null) {
                output.close();
            }
            throw failure;
        }
    }

    private static int within(int cells) {
        return Math.clamp(cells, 1, CELLS_MAX);
    }

    /** The lock keeps a size from a descriptor that was closed in between. */
    private record PtyScreen(UnixPtyProcess process) implements Launched.Screen {

        @Override
        public void resize(int cols, int rows) {
            synchronized (process.getPty()) {
                if (!process.getPty().isClosed() && process.isAlive()) {
                    process.setWinSize(new WinSize(within(cols), within(rows)));
                }
            }
        }

        @Override
        public void close() {
            synchronized (process.getPty()) {
                try {
                    process.getPty().close();
                } catch (IOException e) {
                    LOG.warn("A terminal could not be closed.", e);
                }
            }
        }
    }
}
