package dev.muster.lab.power;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Debian's snmpd as a PoE switch with eight ports (contract §8.5). Its state outlives it, as that of a real one does. */
final class Snmpd implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/sbin/snmpd");

    private static final String CHILD = """
            #!/usr/bin/env python3
            import json, os, sys
            BASE = tuple(int(x) for x in sys.argv[1].strip('.').split('.'))
            STATE, PORTS, GROUP, COLS = sys.argv[2], int(sys.argv[3]), 1, (3, 6, 10)

            def load():
                try:
                    with open(STATE) as f: return {int(k): v for k, v in json.load(f).items()}
                except FileNotFoundError: return {}
            def save(s):
                with open(STATE + '.tmp', 'w') as f: json.dump(s, f)
                os.replace(STATE + '.tmp', STATE)
            def value(col, port):
                admin = load().get(port, 1)
                return admin if col == 3 else (3 if admin == 1 else 1) if col == 6 else 4
            INST = [BASE + (c, GROUP, p) for c in COLS for p in range(1, PORTS + 1)]
            def out(*lines):
                sys.stdout.write(''.join(l + '\\n' for l in lines)); sys.stdout.flush()
            def emit(o): out('.' + '.'.join(map(str, o)), 'integer', str(value(o[len(BASE)], o[-1])))
            def oid(): return tuple(int(x) for x in sys.stdin.readline().strip().strip('.').split('.'))

            while True:
                line = sys.stdin.readline()
                if not line: break
                cmd = line.strip()
                if cmd == 'PING': out('PONG')
                elif cmd == 'get':
                    o = oid(); emit(o) if o in INST else out('NONE')
                elif cmd == 'getnext':
                    o = oid(); n = [i for i in INST if i > o]; emit(n[0]) if n else out('NONE')
                elif cmd == 'set':
                    o = oid(); typ, _, val = sys.stdin.readline().strip().partition(' ')
                    if o not in INST or o[len(BASE)] != 3: out('not-writable')
                    elif typ != 'integer': out('wrong-type')
                    elif val not in ('1', '2'): out('wrong-value')
                    else:
                        s = load(); s[o[-1]] = int(val); save(s); out('DONE')
            """;

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
    private final int port;
    private final String configuration;
    private Process process;

    Snmpd(Path dir) throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "SKIPPED: no snmpd here; install Debian's package snmpd");
        this.dir = dir;
        this.port = freePort();
        Path child = Files.writeString(dir.resolve("poe.py"), CHILD);
        Files.setPosixFilePermissions(child, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.configuration = CONFIGURATION.formatted(port, child, dir.resolve("ports.json"));
        Files.writeString(dir.resolve("snmpd.conf"), configuration);
        start();
    }

    int port() {
        return port;
    }

    Path state() {
        return dir.resolve("ports.json");
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    void start() throws Exception {
        Path log = dir.resolve("snmpd.log");
        Files.deleteIfExists(log);
        ProcessBuilder builder = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-f",
                        "-Lf",
                        log.toString(),
                        "-C",
                        "-c",
                        dir.resolve("snmpd.conf").toString(),
                        "-I",
                        "-smux")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("snmpd.out").toFile());
        builder.environment()
                .putAll(Map.of(
                        "MIBS",
                        "",
                        "SNMP_PERSISTENT_DIR",
                        dir.resolve("persist").toString()));
        process = builder.start();
        Awaitility.await().atMost(Duration.ofSeconds(10)).ignoreExceptions().until(() -> Files.readString(log)
                .contains("NET-SNMP version"));
    }

    /** SIGKILL, as power cuts do. */
    void kill() throws Exception {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }

    /**
     * Starts it again as the engine that it says it is.
     *
     * @param engine hexadecimal id; {@code boots} how often it was started before
     */
    void startAs(String engine, int boots) throws Exception {
        kill();
        String identity = "exactEngineID 0x%s\noldEngineID 0x%s\nengineBoots %d\n".formatted(engine, engine, boots);
        Files.writeString(dir.resolve("snmpd.conf"), identity + configuration);
        start();
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
