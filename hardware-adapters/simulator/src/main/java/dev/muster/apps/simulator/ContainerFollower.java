package dev.muster.apps.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hears what one container writes, a few times a second at most, until it ends. */
final class ContainerFollower implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** As the real agent has them. */
    private static final long FLUSH_EVERY_MS = 200;

    private static final int MESSAGE_MAX = 256 * 1024;
    private static final long AGAIN_AFTER_MS = 1_000;

    private final DockerCommand docker;
    private final String container;
    private final ContainerEngine.Listener listener;
    private final Consumer<ContainerFollower> gone;
    private volatile @Nullable Process process;
    private volatile boolean isExpected;
    private volatile boolean isClosed;

    /** @param gone hears when there is nothing more to hear */
    ContainerFollower(
            DockerCommand docker,
            String container,
            ContainerEngine.Listener listener,
            Consumer<ContainerFollower> gone) {
        this.docker = docker;
        this.container = container;
        this.listener = listener;
        this.gone = gone;
    }

    static boolean isRunning(DockerCommand docker, String container) throws AgentFault, InterruptedException {
        return state(docker, container, "{{.State.Running}}").equals("true");
    }

    private static String state(DockerCommand docker, String container, String of)
            throws AgentFault, InterruptedException {
        return docker.said(SOON, "", "container", "inspect", "--format", of, container)
                .output()
                .strip();
    }

    /** @param isNew whether what it wrote until now is to be heard too */
    void start(boolean isNew) throws AgentFault {
        Process first = isNew ? docker.going("logs", "--follow", container) : further();
        process = first;
        docker.listen(() -> hear(first));
    }

    private Process further() throws AgentFault {
        return docker.going("logs", "--follow", "--tail", "0", container);
    }

    private void hear(Process first) {
        Process heard = first;
        try {
            while (true) {
                hearOut(heard);
                DockerCommand.end(heard);
                if (isClosed || isExpected) {
                    return;
                }
                if (!isRunning(docker, container)) {
                    break;
                }
                // The line to the engine broke, and the container goes on.
                Thread.sleep(AGAIN_AFTER_MS);
                heard = further();
                process = heard;
                if (isClosed) {
                    DockerCommand.end(heard);
                }
            }
            String exit = state(docker, container, "{{.State.ExitCode}}");
            gone.accept(this);
            if (!isClosed && !isExpected) {
                listener.ended(exit.isEmpty() ? "the container is gone" : "the container exited with " + exit);
            }
        } catch (AgentFault e) {
            if (!isClosed && !isExpected) {
                listener.ended("the container cannot be heard any more: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            gone.accept(this);
        }
    }

    private void hearOut(Process heard) throws InterruptedException {
        try (InputStream from = heard.getInputStream()) {
            int first = from.read();
            while (first >= 0) {
                Thread.sleep(FLUSH_EVERY_MS);
                tell(first, from.readNBytes(Math.min(from.available(), MESSAGE_MAX)));
                int left = from.available();
                if (left > MESSAGE_MAX) {
                    listener.wrote("(" + from.skip(left) + " bytes left out)");
                }
                first = from.read();
            }
        } catch (IOException e) {
            // The program was ended, by this or by itself.
        }
    }

    private void tell(int first, byte[] rest) {
        byte[] all = new byte[rest.length + 1];
        all[0] = (byte) first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        String text = new String(all, StandardCharsets.UTF_8);
        String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        if (!lines.isEmpty()) {
            listener.wrote(lines);
        }
    }

    /** Its end will be nothing to tell of. */
    void expectsEnd() {
        isExpected = true;
    }

    @Override
    public void close() {
        isClosed = true;
        Process open = process;
        if (open != null) {
            DockerCommand.end(open);
        }
    }
}
