package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.BoardOption;
import dev.muster.lab.LabConfiguration;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UnsignedInteger32;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;

/** Every row of the contract's table, on the wire. */
class OutletModelsTest {

    private static final String E = "1.3.6.1.4.1.";

    private final FakeAgent agent = new FakeAgent();
    private final Lab lab = new Lab();

    /** What goes over the wire for outlet 4 with the parameters given: object and number for on and off, how it tells. */
    record Row(
            String profile,
            Map<String, Object> parameters,
            String onOid,
            int on,
            String offOid,
            int off,
            String status,
            int isOn,
            int isOff) {

        static Row same(String profile, String oid, int on, int off) {
            return new Row(profile, Map.of(), oid, on, oid, off, oid, on, off);
        }

        @Override
        public String toString() {
            return profile + " " + parameters;
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                Row.same("poe", "1.3.6.1.2.1.105.1.1.1.3.1.4", 1, 2),
                new Row(
                        "poe",
                        Map.of("group", 2),
                        "1.3.6.1.2.1.105.1.1.1.3.2.4",
                        1,
                        "1.3.6.1.2.1.105.1.1.1.3.2.4",
                        2,
                        "1.3.6.1.2.1.105.1.1.1.3.2.4",
                        1,
                        2),
                Row.same("netgear", "1.3.6.1.2.1.105.1.1.1.3.1.4", 1, 2),
                Row.same("apc-masterswitch", E + "318.1.1.4.4.2.1.3.4", 1, 2),
                Row.same("apc-masterswitch-plus", E + "318.1.1.6.5.1.1.5.4", 1, 3),
                Row.same("apc-rpdu", E + "318.1.1.12.3.3.1.1.4.4", 1, 2),
                new Row(
                        "raritan-pdu2",
                        Map.of(),
                        E + "13742.6.4.1.2.1.2.1.4",
                        1,
                        E + "13742.6.4.1.2.1.2.1.4",
                        0,
                        E + "13742.6.4.1.2.1.3.1.4",
                        7,
                        8),
                new Row(
                        "eaton-epdu",
                        Map.of("unit", "1"),
                        E + "534.6.6.7.6.6.1.4.1.4",
                        0,
                        E + "534.6.6.7.6.6.1.3.1.4",
                        0,
                        E + "534.6.6.7.6.6.1.2.1.4",
                        1,
                        0),
                new Row(
                        "servertech-sentry3",
                        Map.of("tower", 2, "infeed", 3),
                        E + "1718.3.2.3.1.11.2.3.4",
                        1,
                        E + "1718.3.2.3.1.11.2.3.4",
                        2,
                        E + "1718.3.2.3.1.5.2.3.4",
                        1,
                        0),
                new Row(
                        "servertech-sentry4",
                        Map.of(),
                        E + "1718.4.1.8.5.1.2.1.1.4",
                        1,
                        E + "1718.4.1.8.5.1.2.1.1.4",
                        2,
                        E + "1718.4.1.8.5.1.1.1.1.4",
                        11,
                        10),
                Row.same("gude-epc", E + "28507.87.1.3.1.2.1.3.4", 1, 0),
                Row.same("aten", E + "21317.1.3.2.2.2.2.4.0", 2, 1),
                Row.same("cyberpower", E + "3808.1.1.3.3.3.1.1.4.4", 1, 2),
                Row.same("teltronix", E + "23620.1.2.2.1.4.4", 2, 1),
                Row.same("baytech-mrp27", E + "4779.1.3.5.3.1.3.1.4", 1, 0),
                new Row(
                        "vertiv-geist",
                        Map.of(),
                        E + "21239.5.2.3.5.1.6.4",
                        2,
                        E + "21239.5.2.3.5.1.6.4",
                        4,
                        E + "21239.5.2.3.5.1.4.4",
                        1,
                        2),
                new Row(
                        "custom",
                        Map.of(
                                "oid",
                                ".1.3.6.1.4.1.99.1.*.7",
                                "on",
                                5,
                                "off",
                                6,
                                "status_oid",
                                "1.3.6.1.4.1.99.2.*.7",
                                "status_on",
                                List.of(8L, 9L),
                                "status_off",
                                3L),
                        E + "99.1.4.7",
                        5,
                        E + "99.1.4.7",
                        6,
                        E + "99.2.4.7",
                        9,
                        3));
    }

    private BoardDefinition board(Row row) {
        Map<String, Object> parameters = new HashMap<>(row.parameters());
        parameters.putAll(Map.of(
                "host",
                "127.0.0.1",
                "udp_port",
                agent.port(),
                "port",
                4,
                "profile",
                row.profile(),
                "cycle_delay",
                "50ms"));
        return lab.board("b", "snmppower", parameters);
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        agent.close();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anOutletIsSwitchedAndReadAsItsModelWants(Row row) throws Exception {
        OID status = new OID(row.status());
        agent.objects.put(status, new Integer32(row.isOff()));
        agent.onWrite = (oid, value) -> {
            if (oid.equals(new OID(row.onOid())) && value == row.on()) {
                agent.objects.put(status, new Integer32(row.isOn()));
            } else if (oid.equals(new OID(row.offOid())) && value == row.off()) {
                agent.objects.put(status, new Integer32(row.isOff()));
            } else {
                throw new AssertionError(oid + " = " + value);
            }
        };
        BoardDefinition board = board(row);

        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.OFF);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.CYCLE))).isEqualTo(Power.ON);
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.OFF))).isEqualTo(Power.OFF);

        VariableBinding on = new VariableBinding(new OID(row.onOid()), new Integer32(row.on()));
        VariableBinding off = new VariableBinding(new OID(row.offOid()), new Integer32(row.off()));
        assertThat(agent.written).containsExactly(on, off, on, off);
    }

    /** A wrong answer never turns into a wrong power value. */
    @ParameterizedTest
    @MethodSource("rows")
    void whatIsNeitherOnNorOffIsUnknown(Row row) throws Exception {
        BoardDefinition board = board(row);
        OutletModel model = OutletModels.of(
                Parameters.of(board, new BoardOption("snmppower", row.parameters()), LabConfiguration.EMPTY),
                row.profile());
        for (int number = -3; number <= 20; number++) {
            Power expected = model.statusOn().contains(number)
                    ? Power.ON
                    : model.statusOff().contains(number) ? Power.OFF : Power.UNKNOWN;
            assertThat(SnmpOutlet.power(model, new Integer32(number))).isEqualTo(expected);
        }
        for (Variable foreign :
                List.of(new OctetString("1"), new OctetString(), new UnsignedInteger32(row.isOn()), new OID("1.3"))) {
            agent.objects.put(new OID(row.status()), foreign);
            assertThat(Lab.done(lab.switchboard.read(board)))
                    .as(foreign.toString())
                    .isEqualTo(Power.UNKNOWN);
        }
        assertThat(model.statusOn()).contains(row.isOn()).doesNotContainAnyElementsOf(model.statusOff());
        assertThat(model.statusOff()).contains(row.isOff());
    }

    @Test
    void everyModelIsInTheTable() {
        assertThat(rows().map(Row::profile).collect(Collectors.toSet()))
                .containsAll(OutletModels.names())
                .contains("custom");
    }

    @Test
    void modelsAndPatternsThatDoNotExistAreRefused() throws Exception {
        assertThat(refused(Map.of("profile", "acme"))).contains("'profile' must be one of custom, fake, apc-");
        assertThat(refused(Map.of("profile", "custom"))).contains("'on' is missing");
        assertThat(refused(Map.of("profile", "custom", "on", 1, "off", 1, "oid", "1.3.*")))
                .contains("must not share");
        assertThat(refused(Map.of("profile", "custom", "on", 1, "off", 2, "oid", "1.3.x")))
                .contains("object identifiers");
        assertThat(refused(Map.of("port", "ge-0/0/1"))).contains("'port' must be a whole number");
        assertThat(refused(Map.of("port", -1))).contains("'port' must be between 0");
        assertThat(refused(Map.of("version", "4"))).contains("'version'");
        assertThat(refused(Map.of("version", "3"))).contains("'user' is missing");
        assertThat(refused(Map.of("version", "3", "user", "lab", "auth_pass", "secret7")))
                .contains("'auth_pass' must have at least 8")
                .doesNotContain("secret7");
        assertThat(refused(Map.of("timeout", "soon"))).contains("'timeout' must be a time");
    }

    private String refused(Map<String, Object> parameters) throws Exception {
        Map<String, Object> all = new HashMap<>(Map.of("host", "127.0.0.1", "udp_port", agent.port(), "port", 4));
        all.putAll(parameters);
        var refusal = Lab.refusal(lab.switchboard.read(lab.board("wrong", "snmppower", all)));
        assertThat(refusal.code()).isEqualTo("lab.power-fault");
        assertThat(refusal.message()).contains("board wrong");
        return refusal.message();
    }
}
