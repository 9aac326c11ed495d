package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import dev.muster.testing.Snmpd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against a real agent: Debian's snmpd. */
class SnmpdTest {

    private static final Map<String, Object> SHA_AES = Map.of(
            "version", 3L,
            "user", "labrw",
            "auth", "SHA",
            "auth_pass", "lab-auth-pass",
            "priv", "AES",
            "priv_pass", "lab-priv-pass");
    private static final Map<String, Object> SHA256_AES256 = Map.of(
            "version", "3",
            "user", "lab256",
            "auth", "SHA-256",
            "auth_pass", "lab-auth-256",
            "priv", "AES-256",
            "priv_pass", "lab-priv-256");

    @TempDir
    Path dir;

    private final Lab lab = new Lab();
    private Snmpd snmpd;

    @BeforeEach
    void start() throws Exception {
        snmpd = new Snmpd(dir);
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        if (snmpd != null) {
            snmpd.close();
        }
    }

    private BoardDefinition board(String name, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(
                Map.of("host", "127.0.0.1", "udp_port", snmpd.port(), "port", 3, "timeout", "1s", "retries", 1));
        all.putAll(parameters);
        return lab.board(name, "snmppower", all);
    }

    private static Map<String, Object> with(Map<String, Object> base, String name, Object value) {
        Map<String, Object> all = new HashMap<>(base);
        all.put(name, value);
        return all;
    }

    static Stream<Map<String, Object>> access() {
        return Stream.of(
                Map.of(),
                Map.of("version", "1"),
                Map.of("version", "2c", "community", "private", "read_community", "public"),
                SHA_AES,
                SHA256_AES256);
    }

    @ParameterizedTest
    @MethodSource("access")
    void aPortIsSwitchedAndReadBack(Map<String, Object> access) throws Exception {
        BoardDefinition board = board("b", access);
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);
        assertThat(snmpd.state()).content().contains("\"3\": 2");
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.CYCLE))).isEqualTo(Power.ON);
        assertThat(snmpd.state()).content().contains("\"3\": 1");
        assertThat(lab.switchboard.isReachable(board)).isTrue();
    }

    @Test
    void twoUsersOfOneSwitchDoNotMix() throws Exception {
        BoardDefinition one = board("one", SHA_AES);
        BoardDefinition other = board("other", with(SHA256_AES256, "port", 4));
        assertThat(Lab.done(lab.switchboard.order(one, PowerAction.OFF))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(other, PowerAction.ON))).isEqualTo(Power.ON);
        BoardDefinition wrong = board("wrong", with(SHA_AES, "auth_pass", "not-the-pass"));
        assertThat(Lab.code(lab.switchboard.read(wrong))).isEqualTo("lab.power-timeout");
        assertThat(Lab.done(lab.switchboard.read(one))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.read(other))).isEqualTo(Power.ON);
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(Map.of("community", "wrong"), "power-timeout"),
                Arguments.of(with(SHA_AES, "auth_pass", "wrong-wrong"), "power-timeout"),
                Arguments.of(with(SHA_AES, "priv_pass", "wrong-wrong"), "power-timeout"),
                Arguments.of(with(SHA_AES, "user", "nobody"), "power-auth"),
                Arguments.of(Map.of("version", 3, "user", "labrw", "auth_pass", "lab-auth-pass"), "power-auth"),
                Arguments.of(Map.of("community", "public"), "power-denied"),
                Arguments.of(
                        Map.of(
                                "version", 3,
                                "user", "labro",
                                "auth_pass", "lab-auth-pass2",
                                "priv_pass", "lab-priv-pass2"),
                        "power-denied"),
                Arguments.of(Map.of("port", 9), "no-such-port"),
                Arguments.of(with(SHA_AES, "port", 9), "no-such-port"),
                Arguments.of(Map.of("version", 1, "port", 9), "no-such-port"),
                Arguments.of(
                        Map.of("profile", "custom", "oid", "1.3.6.1.2.1.105.1.1.1.3.1.*", "on", 3, "off", 2),
                        "power-fault"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalIsToldInTime(Map<String, Object> access, String code) throws Exception {
        BoardDefinition board = board("b", access);
        long began = System.nanoTime();
        assertThat(Lab.code(lab.switchboard.order(board, PowerAction.ON))).isEqualTo("lab." + code);
        // timeout × (retries + 1) + 1 s
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void readOnlyCredentialsMayRead() throws Exception {
        assertThat(Lab.done(lab.switchboard.read(board("b", Map.of("community", "public")))))
                .isEqualTo(Power.ON);
        assertThat(Lab.code(lab.switchboard.read(board("b", Map.of("port", 9)))))
                .isEqualTo("lab.no-such-port");
    }

    static Stream<Map<String, Object>> communityAndUser() {
        return Stream.of(Map.of(), SHA_AES);
    }

    @ParameterizedTest
    @MethodSource("communityAndUser")
    void anAgentThatDiesInTheMiddleIsMissedAndFoundAgain(Map<String, Object> access) throws Exception {
        BoardDefinition board = board("b", with(access, "cycle_delay", "1s"));
        var cycle = lab.switchboard.order(board, PowerAction.CYCLE);
        await().until(() -> Files.exists(snmpd.state()));
        snmpd.kill();
        assertThat(Lab.code(cycle)).isEqualTo("lab.power-timeout");
        assertThat(lab.switchboard.isReachable(board)).isFalse();

        snmpd.start();
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> Lab.done(lab.switchboard.order(board, PowerAction.ON)) == Power.ON);
        assertThat(lab.switchboard.isReachable(board)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "80001f8880aabbccdd01020304, 8, started again",
        "80001f8880aabbccdd01020304, 3, its counter of boots was lost",
        "80001f8880aabbccdd0a0b0c0d, 7, another box with the same address"
    })
    void anEngineThatIsNotAsItWasIsFoundAtTheFirstRequest(String engine, int boots, String why) throws Exception {
        snmpd.startAs("80001f8880aabbccdd01020304", 7);
        BoardDefinition board = board("b", SHA_AES);
        BoardDefinition other = board("other", with(SHA256_AES256, "port", 4));
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(other, PowerAction.OFF))).isEqualTo(Power.OFF);

        snmpd.startAs(engine, boots);

        assertThat(Lab.done(lab.switchboard.read(board))).as(why).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(other, PowerAction.ON)))
                .as(why)
                .isEqualTo(Power.ON);
    }
}
