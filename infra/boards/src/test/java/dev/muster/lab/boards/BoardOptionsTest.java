package dev.muster.lab.boards;

import static dev.muster.lab.boards.Labs.CLASS;
import static dev.muster.lab.boards.Labs.read;
import static dev.muster.lab.boards.Labs.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.muster.kernel.Refusal;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options and their parameters, contract §8. */
class BoardOptionsTest {

    private static BoardOption option(String members) {
        return read(CLASS + "boards { name = b, brdclass = c, options { " + members + " } }")
                .boards()
                .getFirst()
                .options()
                .getFirst();
    }

    private static Refusal refusedOption(String members) {
        Refusal refusal = refusal(CLASS + "boards { name = b, brdclass = c\n options { " + members + " } }");
        assertThat(refusal.details()).contains(entry("board", "b"), entry("line", 3));
        return refusal;
    }

    @Test
    void serialConsolesAreRead() {
        assertThat(option("cls = serialconsole, val = \"rfc2217://ser:7001\", baud = 9600, format = 7E2, lock = no"))
                .isEqualTo(new BoardOption(
                        "serialconsole",
                        Map.of("val", "rfc2217://ser:7001", "baud", 9600, "format", "7E2", "lock", false)));
    }

    @Test
    void powerOverSnmpIsRead() {
        assertThat(option("cls = snmppower, host = 10.0.0.7, port = 2, udp_port = 1161, version = 3, user = lab, "
                                + "auth = SHA-256, auth_pass = 'lab-auth-256', priv = AES-256, priv_pass = 12345678, "
                                + "context = x, profile = apc-rpdu, group = 2, timeout = 500ms, retries = 0, "
                                + "cycle_delay = 2s, verify = no, settle = 1min")
                        .parameters())
                .isEqualTo(Map.ofEntries(
                        entry("host", "10.0.0.7"),
                        entry("port", 2),
                        entry("udp_port", 1161),
                        entry("version", "3"),
                        entry("user", "lab"),
                        entry("auth", "SHA-256"),
                        entry("auth_pass", "lab-auth-256"),
                        entry("priv", "AES-256"),
                        entry("priv_pass", "12345678"),
                        entry("context", "x"),
                        entry("profile", "apc-rpdu"),
                        entry("group", 2),
                        entry("timeout", 0.5),
                        entry("retries", 0),
                        entry("cycle_delay", 2),
                        entry("verify", false),
                        entry("settle", 60)));
    }

    @Test
    void customSwitchesAreRead() {
        assertThat(option("cls = snmppower, host = h, port = 2, profile = custom, oid = 1.3.6.1.4.1.9.*, on = 1, "
                                + "off = -1, status_oid = .1.3.6.1.4.1.9.1.*.0, status_on = [1, 7], status_off = 2")
                        .parameters())
                .contains(
                        entry("oid", "1.3.6.1.4.1.9.*"),
                        entry("on", 1),
                        entry("off", -1),
                        entry("status_oid", ".1.3.6.1.4.1.9.1.*.0"),
                        entry("status_on", List.of("1", "7")),
                        entry("status_off", List.of("2")));
    }

    @Test
    void linesAndProgramsAreRead() {
        assertThat(option("cls = gpiopower, sysfs = /sys/class/gpio, number = 17, active_low = true")
                        .parameters())
                .isEqualTo(Map.of("sysfs", "/sys/class/gpio", "number", 17, "active_low", true));
        assertThat(option("cls = gpiopower, chip = gpiochip0, line = 4").parameters())
                .isEqualTo(Map.of("chip", "gpiochip0", "line", 4));
        assertThat(option("cls = commandpower, on = [/bin/pw, on, 3], off = [/bin/pw, off, 3], read = [/bin/pw]")
                        .parameters())
                .isEqualTo(Map.of(
                        "on", List.of("/bin/pw", "on", "3"),
                        "off", List.of("/bin/pw", "off", "3"),
                        "read", List.of("/bin/pw")));
    }

    @Test
    void switchesAreReadAndCountForWhatTheOptionLeavesOut() {
        LabConfiguration lab = read(CLASS + """
                switches { poe { address = 10.0.0.7, version = 3, user = lab, auth_pass = lab-auth-pass } }
                switches pdu { address = pdu.lab, community = 2, profile = custom, oid = 1.3.*, on = 1, off = 2 }
                boards { name = b, brdclass = c, options { cls = snmppower, host = poe, port = 1, priv_pass = lab-priv-pass } }
                boards { name = d, brdclass = c, options { cls = snmppower, host = pdu, port = 1 } }
                """);
        assertThat(lab.switches())
                .containsOnly(
                        entry(
                                "poe",
                                Map.of(
                                        "address", "10.0.0.7",
                                        "version", "3",
                                        "user", "lab",
                                        "auth_pass", "lab-auth-pass")),
                        entry(
                                "pdu",
                                Map.of(
                                        "address", "pdu.lab",
                                        "community", "2",
                                        "profile", "custom",
                                        "oid", "1.3.*",
                                        "on", 1,
                                        "off", 2)));
        assertThat(lab.boards().getLast().options().getFirst().parameters())
                .isEqualTo(Map.of("host", "pdu", "port", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "val = x | 'cls' is missing",
                "cls = ssh | There is no option of this 'cls', only etheriface, serialconsole, snmppower, gpiopower,",
                "cls = etheriface | 'val' is missing",
                "cls = etheriface, val = \"\" | 'val' is empty",
                "cls = etheriface, val = x, mac = y | 'mac' is not known here, only cls, val",
                "cls = serialconsole, val = x, baud = fast | 'baud' is not a whole number",
                "cls = serialconsole, val = x, baud = \"9600\" | 'baud' is not a whole number",
                "cls = serialconsole, val = x, baud = 9600.5 | 'baud' is not a whole number",
                "cls = serialconsole, val = x, baud = 1 | 'baud' is a number from 50 to 4000000",
                "cls = serialconsole, val = x, format = 9N1 | 'format' is written like 8N1",
                "cls = serialconsole, val = x, lock = 1 | 'lock' is not true or false",
                "cls = snmppower, host = h | 'port' is missing",
                "cls = snmppower, port = 1 | 'host' is missing",
                "cls = snmppower, host = h, port = one | 'port' is not a whole number",
                "cls = snmppower, host = h, port = 1s | 'port' is not a whole number",
                "cls = snmppower, host = h, port = 1, version = 4 | 'version' is one of 1, 2, 2c, 3",
                "cls = snmppower, host = h, port = 1, version = 3 | 'version' needs 'user'",
                "cls = snmppower, host = h, port = 1, auth = SHA | 'auth' needs 'auth_pass'",
                "cls = snmppower, host = h, port = 1, auth_pass = secret7 | at least 8 characters",
                "cls = snmppower, host = h, port = 1, priv_pass = secret78 | 'priv_pass' needs 'auth_pass'",
                "cls = snmppower, host = h, port = 1, auth = SHA1 | 'auth' is one of",
                "cls = snmppower, host = h, port = 1, timeout = soon | 'timeout' is not a time",
                "cls = snmppower, host = h, port = 1, timeout = 1h | 'timeout' is a time from 0.05 s to 30 s",
                "cls = snmppower, host = h, port = 1, profile = acme | 'profile' is one of",
                "cls = snmppower, host = h, port = 1, profile = custom | 'profile' needs 'oid'",
                "cls = snmppower, host = h, port = 1, oid = one.two | 'oid' is an object identifier",
                "cls = snmppower, host = h, port = 1, status_on = [] | 'status_on' has 1 to 64 values",
                "cls = snmppower, host = h, port = 1, status_on = [x] | 'status_on' is not a whole number",
                "cls = snmppower, host = h, port = 1, community = [secret] | 'community' is not a text",
                "cls = gpiopower | either 'chip' and 'line', or 'number'",
                "cls = gpiopower, chip = x | 'chip' needs 'line'",
                "cls = gpiopower, chip = x, line = 1, number = 2 | either 'chip'",
                "cls = gpiopower, sysfs = gpio, number = 2 | 'sysfs' is an absolute path",
                "cls = commandpower, on = [a] | 'off' is missing",
                "cls = commandpower, on = /bin/pw, off = [a] | 'on' is a list: a program and its arguments",
                "cls = commandpower, on = [], off = [a] | 'on' has 1 to 64 values",
                "cls = commandpower, on = [[a]], off = [a] | 'on' is not a text"
            })
    void areRefusedWhenTheyMeanNothing(String members, String message) {
        assertThat(refusedOption(members).message()).contains(message).doesNotContain("secret7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ cls = etheriface, val = a }, { cls = etheriface, val = b }",
                "{ cls = snmppower, host = a, port = 1 }, { cls = gpiopower, number = 1 }"
            })
    void areOneOfAKind(String options) {
        assertThat(refusal(CLASS + "boards { name = b, brdclass = c, options [ " + options + " ] }")
                        .message())
                .contains("one option for power, one console and one interface at most");
    }
}
