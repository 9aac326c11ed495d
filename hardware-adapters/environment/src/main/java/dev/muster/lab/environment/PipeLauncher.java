package dev.muster.lab.environment;

import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Starts programs without a terminal, with a pipe for each standard stream. */
final class PipeLauncher {

    /** Of util-linux, which each Debian has. It replaces itself by the program, which so keeps its number. */
    private static final List<Path> SETSID = Stream.of("/usr/bin/setsid", "/bin/setsid", "/usr/local/bin/setsid")
            .map(Path::of)
            .toList();

    private PipeLauncher() {}

    static Launched launch(CommandLine command) throws IOException {
        Path setsid = SETSID.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> LabRefusal.SETUP_FAILED.because(
                        "The program 'setsid' is missing on the server: install util-linux."));
        List<Descriptor.Pipe> pipes = new ArrayList<>(3);
        try {
            for (int i = 0; i < 3; i++) {
                pipes.add(Descriptor.Pipe.open());
            }
            Process process = start(setsid, command, pipes);
            pipes.get(0).reading().close();
            pipes.get(1).writing().close();
            pipes.get(2).writing().close();
            return new Launched(
                    process,
                    pipes.get(0).writing(),
                    pipes.get(1).reading(),
                    pipes.get(2).reading(),
                    null);
        } catch (IOException | RuntimeException failure) {
            pipes.forEach(Descriptor.Pipe::close);
            throw failure;
        }
    }

    /** The JDK opens our pipes once more for the program, so that only our ends never block. */
    private static Process start(Path setsid, CommandLine command, List<Descriptor.Pipe> pipes) throws IOException {
        List<String> words = new ArrayList<>(command.words().size() + 2);
        words.add(setsid.toString());
        words.add("--");
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(pipes.get(0).reading().path())
                .redirectOutput(pipes.get(1).writing().path())
                .redirectError(pipes.get(2).writing().path());
        builder.environment().clear();
        builder.environment().putAll(command.environment());
        if (command.directory() != null) {
            builder.directory(command.directory().toFile());
        }
        return builder.start();
    }
}
