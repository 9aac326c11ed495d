package dev.muster.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.lab.LabWorld.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snmp4j.PDU;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import tools.jackson.databind.JsonNode;

/**
 * A switch that answers with anything but the truth about what it was asked. Whatever it is, {@code attrs.power} is then
 * what it really is, or null; it is never the opposite (contract §4: never guess).
 */
class LyingSwitchTest {

    private static final OID NEIGHBOUR = new OID("1.3.6.1.2.1.105.1.1.1.3.1.2");
    private static final OID COLUMN_6 = new OID("1.3.6.1.2.1.105.1.1.1.6.1.1");

    private static LyingAgent agent;
    private static LabWorld world;

    @BeforeAll
    static void start() throws Exception {
        agent = new LyingAgent();
        world = LabWorld.start("""
                classes { poe { arch = armv7 } }
                boards { name = poe-1, brdclass = poe, options = [ { cls = snmppower, host = "127.0.0.1", port = 1,
                    udp_port = %d, timeout = 150ms, retries = 0, settle = 0, cycle_delay = 50ms } ] }
                """.formatted(agent.port()));
        world.bitelab("POST", "/board/poe-1/reserve", Map.of("power", "off"), world.ann)
                .expect(200);
    }

    @AfterAll
    static void stop() {
        if (world != null) {
            world.close();
        }
        if (agent != null) {
            agent.close();
        }
    }

    /** Answers that say the port is like this, each wrong in one way. */
    private static Map<String, LyingAgent.Lie> lies(int claimed) {
        Map<String, LyingAgent.Lie> lies = new LinkedHashMap<>();
        Map<String, Variable> values = new LinkedHashMap<>();
        values.put("a text", new OctetString(String.valueOf(claimed)));
        values.put("a counter", new Counter32(claimed));
        values.put("a long counter", new Counter64(claimed));
        values.put("a gauge", new Gauge32(claimed));
        values.put("a time", new TimeTicks(claimed));
        values.put("an address", new IpAddress("0.0.0." + claimed));
        values.put("an object identifier", new OID("0." + claimed));
        values.put("nothing", new Null());
        values.put("no such object", Null.noSuchObject);
        values.put("no such instance", Null.noSuchInstance);
        values.put("the end of the view", Null.endOfMibView);
        values.put("a number that means nothing", new Integer32(3));
        values.put("zero", new Integer32(0));
        values.put("a negative number", new Integer32(-claimed));
        values.put("a number that only ends like it", new Integer32(256 + claimed));
        values.forEach((name, value) ->
                lies.put(name, changed(pdu -> bindings(pdu, new VariableBinding(LyingAgent.PORT_1, value)))));
        Integer32 number = new Integer32(claimed);
        lies.put("another port", changed(pdu -> bindings(pdu, new VariableBinding(NEIGHBOUR, number))));
        lies.put("another column", changed(pdu -> bindings(pdu, new VariableBinding(COLUMN_6, number))));
        lies.put("no binding", changed(pdu -> bindings(pdu)));
        lies.put(
                "one binding too many",
                changed(pdu -> bindings(
                        pdu, new VariableBinding(LyingAgent.PORT_1, number), new VariableBinding(NEIGHBOUR, number))));
        lies.put("an error with a value", changed(pdu -> {
            bindings(pdu, new VariableBinding(LyingAgent.PORT_1, number));
            pdu.setErrorStatus(PDU.genErr);
            pdu.setErrorIndex(1);
        }));
        lies.put("no response", changed(pdu -> {
            bindings(pdu, new VariableBinding(LyingAgent.PORT_1, number));
            pdu.setType(PDU.INFORM);
        }));
        for (int off : new int[] {-1, 1, 1000}) {
            lies.put("the answer to request " + off, changed(pdu -> {
                bindings(pdu, new VariableBinding(LyingAgent.PORT_1, number));
                pdu.setRequestID(new Integer32(pdu.getRequestID().getValue() + off));
            }));
        }
        lies.put("every beginning of an answer", honest -> beginnings(claims(honest, number)));
        lies.put("an answer with wrong lengths", honest -> wrongLengths(claims(honest, number)));
        lies.put("silence", honest -> List.of());
        lies.put("an empty datagram", honest -> List.of(new byte[0]));
        lies.put("a long datagram of nothing", honest -> List.of(new byte[1400]));
        return lies;
    }

    private static LyingAgent.Lie changed(Consumer<PDU> how) {
        return honest -> {
            PDU pdu = LyingAgent.pdu(honest);
            how.accept(pdu);
            return List.of(LyingAgent.message(pdu));
        };
    }

    private static void bindings(PDU pdu, VariableBinding... bindings) {
        pdu.setVariableBindings(List.of(bindings));
    }

    private static byte[] claims(byte[] honest, Integer32 number) throws java.io.IOException {
        PDU pdu = LyingAgent.pdu(honest);
        bindings(pdu, new VariableBinding(LyingAgent.PORT_1, number));
        return LyingAgent.message(pdu);
    }

    private static List<byte[]> beginnings(byte[] whole) {
        List<byte[]> all = new ArrayList<>();
        for (int length = 0; length < whole.length; length++) {
            all.add(Arrays.copyOf(whole, length));
        }
        return all;
    }

    /** Each length of the nested structures one too great or too small. */
    private static List<byte[]> wrongLengths(byte[] whole) {
        List<byte[]> all = new ArrayList<>();
        int list = 2 + 3 + 9 + 2;
        for (int i = 0; i < 3; i++) {
            list += 2 + whole[list + 1];
        }
        for (int at : new int[] {1, 2 + 3 + 9 + 1, list + 1, list + 3, whole.length - 2}) {
            for (int by : new int[] {-1, 1, 100}) {
                byte[] wrong = whole.clone();
                wrong[at] += (byte) by;
                all.add(wrong);
            }
        }
        return all;
    }

    static Stream<Arguments> allLies() {
        return lies(LyingAgent.ON).keySet().stream().map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("allLies")
    void aWrongAnswerNeverBecomesAWrongPower(String name) {
        believesNothing(name, LyingAgent.OFF, "off", false);
        believesNothing(name, LyingAgent.ON, "on", true);
    }

    /** The port is really like this; it is ordered so again, and the switch claims the opposite in a wrong way. */
    private static void believesNothing(String name, int real, String order, boolean truth) {
        agent.isHonest();
        Answer honest = post("power/" + order);
        assertThat(honest.status()).as(honest.text()).isEqualTo(200);
        assertThat(honest.json().path("attrs").path("power").asBoolean(!truth)).isEqualTo(truth);
        agent.lies(lies(real == LyingAgent.ON ? LyingAgent.OFF : LyingAgent.ON).get(name));

        Answer answer = post("power/" + order);

        JsonNode power = world.board("poe-1").path("attrs").path("power");
        assertThat(power.isNull() || power.asBoolean() == truth)
                .as("power is %s, answered %s", power, answer.text())
                .isTrue();
        assertThat(agent.column3()).isEqualTo(real);
        assertThat(answer.status()).as(answer.text()).isIn(200, 502, 504);
        if (answer.status() == 200) {
            assertThat(answer.json().path("attrs").path("power").isNull())
                    .as("what was not read is not known")
                    .isTrue();
        }
    }

    private static Answer post(String what) {
        return world.bitelab("POST", "/board/poe-1/" + what, null, world.ann);
    }
}
