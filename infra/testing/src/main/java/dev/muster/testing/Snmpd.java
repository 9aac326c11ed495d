package dev.muster.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Debian's snmpd as a PoE switch with eight ports (contract board-lab §8.5), on from the beginning. Its state outlives it,
 * as that of a real one does.
 *
 * <p>Communities: {@code public} reads, {@code private} writes. Users, all with authentication and encryption:
 * {@code labrw} (SHA {@code lab-auth-pass}, AES {@code lab-priv-pass}), {@code labro}, which only reads (SHA
 * {@code lab-auth-pass2}, AES {@code lab-priv-pass2}), {@code lab256} (SHA-256 {@code lab-auth-256}, AES-256
 * {@code lab-priv-256}).
 */
public final class Snmpd implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofSeconds(10);
    private static final String CONFIGURATION = """
            agentAddress udp:127.0.0.1:%d
            rocommunity public  127.0.0.1
            rwcommunity private 127.0.0.1
            createUser labrw SHA "lab-auth-pass" AES "lab-priv-pass"
            rwuser labrw priv
            createUser labro SHA "lab-auth-pass2" AES "lab-priv-pass2"
            rouser labro priv
            createUser lab256 SHA-256 "lab-auth-256" AES-256 "lab-priv-256"
            rwuser lab256 priv
            pass_persist .1.3.6.1.2.1.105.1.1.1 %s 1.3.6.1.2.1.105.1.1.1 %s 8
            sysName poe-sim
            """;

    private final Path dir;
    private final String program;
    private final int port;
    private final String configuration;
    private final Programs programs;
    private @Nullable Process process;

    /** Starts it, or skips the test when there is none. */
    public Snmpd(Path dir) throws IOException {
        this.dir = dir;
        this.program = Programs.assume("snmpd", "snmpd").toString();
        this.port = freePort();
        this.programs = new Programs(dir.resolve("snmpd.out"));
        Path child = dir.resolve("poe.py");
        try (var script = Snmpd.class.getResourceAsStream("poe.py")) {
            Files.write(child, script.readAllBytes());
        }
        Files.setPosixFilePermissions(child, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.configuration = CONFIGURATION.formatted(port, child, state());
        Files.writeString(dir.resolve("snmpd.conf"), configuration);
        start();
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The file with the ports that were ever set, as JSON: number to 1 (on) or 2 (off). */
    public Path state() {
        return dir.resolve("ports.json");
    }

    /** What column 3 (pethPsePortAdminEnable) of a port holds now: 1 on, 2 off. */
    public int column3(int number) {
        try {
            String ports = Files.exists(state()) ? Files.readString(state()) : "";
            Matcher found = Pattern.compile("\"" + number + "\": (\\d+)").matcher(ports);
            return found.find() ? Integer.parseInt(found.group(1)) : 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts it again, after {@link #kill}. */
    public void start() throws IOException {
        Path log = dir.resolve("snmpd.log");
        Files.deleteIfExists(log);
        Map<String, String> environment =
                Map.of("MIBS", "", "SNMP_PERSISTENT_DIR", dir.resolve("persist").toString());
        List<String> argv = List.of(
                program,
                "-f",
                "-Lf",
                log.toString(),
                "-C",
                "-c",
                dir.resolve("snmpd.conf").toString(),
                "-I",
                "-smux");
        process = programs.start(environment, argv);
        Programs.await(START_MAX, "snmpd is there: " + programs.log(), () -> says(log, "NET-SNMP version"));
    }

    private static boolean says(Path log, String text) {
        try {
            return Files.exists(log) && Files.readString(log).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGKILL, as power cuts do. */
    public void kill() {
        if (process != null) {
            Programs.kill(process);
        }
    }

    /**
     * Starts it again as the engine that it says it is.
     *
     * @param engine hexadecimal id; {@code boots} how often it was started before
     */
    public void startAs(String engine, int boots) throws IOException {
        kill();
        String identity = "exactEngineID 0x%s\noldEngineID 0x%s\nengineBoots %d\n".formatted(engine, engine, boots);
        Files.writeString(dir.resolve("snmpd.conf"), identity + configuration);
        start();
    }

    @Override
    public void close() {
        kill();
    }
}
