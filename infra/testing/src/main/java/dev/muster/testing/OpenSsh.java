package dev.muster.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/** OpenSSH's own client and server, for a server on standard input and output and a client with a ProxyCommand. */
public final class OpenSsh {

    private static final Duration KEY_MAX = Duration.ofSeconds(20);

    private final Programs programs;
    private final Path dir;

    /** Skips the test when there is no client. */
    public OpenSsh(Programs programs, Path dir) {
        Programs.assume("ssh", "openssh-client");
        Programs.assume("python3", "python3");
        this.programs = programs;
        this.dir = dir;
    }

    /** A fresh key pair; the public key is beside it in a file that ends in {@code .pub}. */
    public Path key(String name, String type) {
        Path key = dir.resolve(name);
        Programs.Result made = programs.run(
                Map.of(),
                null,
                KEY_MAX,
                List.of("ssh-keygen", "-q", "-t", type, "-N", "", "-C", name, "-f", key.toString()));
        if (made.exit() != 0) {
            throw new AssertionError(made.errors());
        }
        return key;
    }

    /**
     * Words that start a server on standard input and output which lets that key in; skips the test when there is none.
     *
     * @param userKey as {@link #key} made it
     */
    public List<String> server(Path userKey) {
        Path sshd = Programs.assume("sshd", "openssh-server");
        try {
            // The package's start script makes it at boot.
            Files.createDirectories(Path.of("/run/sshd"));
        } catch (IOException e) {
            throw new TestAbortedException("SKIPPED: sshd needs the directory /run/sshd");
        }
        Path host = key("host-of-" + userKey.getFileName(), "ed25519");
        try {
            Path conf = Files.writeString(
                    dir.resolve("sshd-" + userKey.getFileName() + ".conf"),
                    "HostKey " + host + "\nAuthorizedKeysFile " + userKey + ".pub\nUsePAM no\nStrictModes no\n"
                            + "PidFile none\nPasswordAuthentication no\nSubsystem sftp internal-sftp\n");
            return List.of(sshd.toString(), "-i", "-e", "-f", conf.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A ProxyCommand through a WebSocket of 127.0.0.1, in Python; {@code BITELAB_AUTH} in its environment has the token. */
    public String proxyCommand(int port, String path) {
        Path script = dir.resolve("ws-proxy.py");
        try (InputStream source = OpenSsh.class.getResourceAsStream("ws-proxy.py")) {
            Files.write(script, source.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "python3 " + script + " 127.0.0.1 " + port + " " + path;
    }

    /**
     * Words that start a client which asks nobody and remembers nothing.
     *
     * @param program {@code ssh}, {@code sftp} or {@code scp}
     * @param words behind the options
     */
    public static List<String> client(String program, Path key, String proxyCommand, String... words) {
        List<String> argv = new ArrayList<>(List.of(program, "-F", "none", "-i", key.toString()));
        for (String option : List.of(
                "IdentitiesOnly=yes",
                "BatchMode=yes",
                "StrictHostKeyChecking=no",
                "UserKnownHostsFile=/dev/null",
                "ProxyCommand " + proxyCommand)) {
            argv.add("-o");
            argv.add(option);
        }
        argv.addAll(List.of(words));
        return argv;
    }
}
