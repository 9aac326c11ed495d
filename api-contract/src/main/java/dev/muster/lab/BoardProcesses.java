package dev.muster.lab;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** Programs that run for a board: ssh servers on standard input and output, commands in its environment. */
public interface BoardProcesses {

    /** @param cols,rows of the terminal */
    record Terminal(String term, int cols, int rows) {}

    /**
     * Starts a program; never through a shell.
     *
     * @param argv the program and its arguments
     * @param env what is set beside {@code PATH} and {@code LANG}
     * @param directory where, null for the server's own
     * @param terminal null: none, standard error apart
     * @return fails with {@link LabRefusal#SETUP_FAILED} when it cannot be started
     */
    CompletableFuture<Running> start(
            List<String> argv, Map<String, String> env, @Nullable String directory, @Nullable Terminal terminal);

    /** One that runs. */
    interface Running {

        /** Standard output in order, with back-pressure: what nobody asks for is not read. One subscriber. */
        Flux<byte[]> output();

        /** Standard error; empty with a terminal. One subscriber. */
        Flux<byte[]> errors();

        /** Writes what comes, asking for more only when that was taken; its end is the end of input. */
        void input(Publisher<byte[]> input);

        void resize(int cols, int rows);

        /** @param name {@code INT}, {@code TERM} or {@code KILL}, to the whole group */
        void signal(String name);

        /** TERM to the group, KILL after five seconds if it is still there. */
        void end();

        /** How it ended. */
        CompletableFuture<Exit> exit();
    }

    /** @param code of its exit, or -1 when a signal ended it; {@code signal} without {@code SIG}, null if none */
    record Exit(int code, @Nullable String signal) {}
}
