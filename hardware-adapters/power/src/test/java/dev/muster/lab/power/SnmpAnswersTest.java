package dev.muster.lab.power;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.lab.BoardDefinition;
import dev.muster.lab.Power;
import dev.muster.lab.PowerAction;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snmp4j.PDU;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.VariableBinding;

/** Agents that refuse, lie, mumble and keep silent. */
class SnmpAnswersTest {

    private static final OID ADMIN = new OID("1.3.6.1.2.1.105.1.1.1.3.1.4");
    private static final OID DETECTION = new OID("1.3.6.1.2.1.105.1.1.1.6.1.4");

    private final FakeAgent agent = new FakeAgent();
    private final Lab lab = new Lab();
    private BoardDefinition board;

    @BeforeEach
    void wire() {
        board = lab.board(
                "b", "snmppower", Map.of("host", "127.0.0.1", "udp_port", agent.port(), "port", 4L, "community", "c"));
        agent.objects.put(ADMIN, new Integer32(2));
        agent.onWrite = (oid, value) -> agent.objects.put(oid, new Integer32(value));
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        agent.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, power-fault",
        "2, no-such-port",
        "3, power-fault",
        "4, power-denied",
        "5, power-fault",
        "6, power-denied",
        "7, power-fault",
        "8, power-fault",
        "9, power-fault",
        "10, power-fault",
        "11, no-such-port",
        "12, power-fault",
        "13, power-fault",
        "14, power-fault",
        "15, power-fault",
        "16, power-auth",
        "17, no-such-port",
        "18, power-fault",
        "99, power-fault"
    })
    void everyErrorHasItsRefusal(int status, String code) throws Exception {
        agent.lastWord = answer -> {
            answer.setErrorStatus(status);
            answer.setErrorIndex(1);
            return answer;
        };
        assertThat(Lab.code(lab.switchboard.order(board, PowerAction.ON))).isEqualTo("lab." + code);
        assertThat(Lab.code(lab.switchboard.read(board))).isEqualTo("lab." + code);
    }

    @Test
    void anAnswerToAnotherQuestionIsNoAnswer() throws Exception {
        assertThat(misread(answer -> {
                    answer.setVariableBindings(List.of());
                    answer.add(new VariableBinding(DETECTION, new Integer32(1)));
                    return answer;
                }))
                .isEqualTo("lab.power-fault");
        assertThat(misread(answer -> {
                    answer.add(new VariableBinding(DETECTION, new Integer32(1)));
                    return answer;
                }))
                .isEqualTo("lab.power-fault");
        assertThat(misread(answer -> {
                    answer.setVariableBindings(List.of());
                    return answer;
                }))
                .isEqualTo("lab.power-fault");
        assertThat(misread(answer -> {
                    answer.setRequestID(new Integer32(answer.getRequestID().getValue() + 1));
                    return answer;
                }))
                .isEqualTo("lab.power-timeout");
    }

    private String misread(UnaryOperator<PDU> lastWord) throws Exception {
        agent.lastWord = lastWord;
        return Lab.code(lab.switchboard.read(board));
    }

    @Test
    void aPortThatDoesNotExistIsSaidSo() throws Exception {
        agent.objects.clear();
        assertThat(Lab.code(lab.switchboard.read(board))).isEqualTo("lab.no-such-port");
        assertThat(lab.switchboard.isReachable(board)).isTrue();
    }

    @Test
    void whatAnswersFromElsewhereIsNotBelieved() throws Exception {
        try (DatagramSocket switchSocket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                DatagramSocket elsewhere = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            BoardDefinition spoofed = lab.board(
                    "s",
                    "snmppower",
                    Map.of("host", "127.0.0.1", "udp_port", switchSocket.getLocalPort(), "port", 4, "community", "c"));
            var answer = lab.switchboard.read(spoofed);
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            switchSocket.receive(packet);
            byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
            // The request itself, made a response: GET (a0) becomes RESPONSE (a2), NULL becomes INTEGER 1.
            byte[] forged = Arrays.copyOf(bytes, bytes.length + 1);
            forged[indexOf(forged, (byte) 0xa0)] = (byte) 0xa2;
            forged[bytes.length - 2] = 2;
            forged[bytes.length - 1] = 1;
            forged[bytes.length] = 1;
            for (int i : lengths(forged)) {
                forged[i]++;
            }
            elsewhere.send(new DatagramPacket(forged, forged.length, packet.getAddress(), packet.getPort()));
            assertThat(Lab.code(answer)).isEqualTo("lab.power-timeout");

            var again = lab.switchboard.read(spoofed);
            while (!again.isDone()) {
                // Requests of before are still queued here; an answer to one of those is passed over.
                switchSocket.receive(packet);
                byte[] honest = forged.clone();
                int id = indexOf(bytes, (byte) 0xa0) + 4;
                System.arraycopy(packet.getData(), id, honest, id, 4);
                switchSocket.send(new DatagramPacket(honest, honest.length, packet.getAddress(), packet.getPort()));
                Thread.sleep(50);
            }
            assertThat(Lab.done(again)).as("the same from the switch itself").isEqualTo(Power.ON);
        }
    }

    private static int indexOf(byte[] bytes, byte wanted) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw new AssertionError();
    }

    /** Where the lengths of message, PDU, list and binding stand; all are below 128 here. */
    private static int[] lengths(byte[] message) {
        int pdu = indexOf(message, (byte) 0xa2);
        int list = pdu + 2;
        for (int i = 0; i < 3; i++) {
            list += 2 + message[list + 1];
        }
        return new int[] {1, pdu + 1, list + 1, list + 3};
    }

    @Test
    void noiseOnTheSocketChangesNothing() throws Exception {
        try (DatagramSocket noisy = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            BoardDefinition noise = lab.board(
                    "n", "snmppower", Map.of("host", "127.0.0.1", "udp_port", noisy.getLocalPort(), "port", 4));
            Random random = new Random(7);
            var answer = lab.switchboard.read(noise);
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            noisy.receive(packet);
            for (int i = 0; i < 500; i++) {
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                for (int j = 0; j < 3; j++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                noisy.send(new DatagramPacket(bytes, bytes.length, packet.getAddress(), packet.getPort()));
            }
            assertThat(answer.handle((power, _) -> power).get()).isNotIn(Power.ON, Power.OFF);
        }
        assertThat(Lab.done(lab.switchboard.read(board))).isEqualTo(Power.OFF);
    }

    @Test
    void aPortThatReportsAFaultAfterItWasTurnedOnIsAFault() throws Exception {
        for (int fault : new int[] {4, 6}) {
            agent.objects.put(DETECTION, new Integer32(fault));
            assertThat(Lab.refusal(lab.switchboard.order(board, PowerAction.ON)).message())
                    .contains("reports a fault of the port");
        }
        agent.objects.put(DETECTION, new Integer32(2));
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON)))
                .as("unplugged")
                .isEqualTo(Power.ON);
    }

    @Test
    void anOrderIsNotBelievedUntilItIsReadBack() throws Exception {
        agent.onWrite = (_, _) -> {};
        var refusal = Lab.refusal(lab.switchboard.order(board, PowerAction.ON));
        assertThat(refusal.code()).isEqualTo("lab.power-fault");
        assertThat(refusal.message()).contains("is still off although it was turned on");

        agent.objects.put(ADMIN, new Integer32(77));
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.UNKNOWN);
        assertThat(Lab.code(lab.switchboard.order(board, PowerAction.CYCLE)))
                .as("not turned on again without being off")
                .isEqualTo("lab.power-fault");
    }

    @Test
    void aSlowOutletIsWaitedFor() throws Exception {
        int[] reads = {0};
        agent.onWrite = (_, _) -> {};
        agent.lastWord = answer -> {
            boolean read = answer.get(0).getVariable() instanceof Integer32 value && value.getValue() != 1;
            if (read && ++reads[0] == 4) {
                agent.objects.put(ADMIN, new Integer32(1));
            }
            return answer;
        };
        assertThat(Lab.done(lab.switchboard.order(board, PowerAction.ON))).isEqualTo(Power.ON);
        assertThat(reads[0]).isEqualTo(4);
    }

    @Test
    void oneRequestAtATimeGoesToASwitch() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            List<CompletableFuture<Power>> answers = new ArrayList<>();
            for (int port = 1; port <= 4; port++) {
                answers.add(lab.switchboard.read(lab.board(
                        "p" + port,
                        "snmppower",
                        Map.of("host", "127.0.0.1", "udp_port", silent.getLocalPort(), "port", port, "retries", 0))));
            }
            DatagramPacket packet = new DatagramPacket(new byte[1500], 1500);
            silent.receive(packet);
            silent.setSoTimeout(150);
            assertThatThrownBy(() -> silent.receive(packet)).isInstanceOf(SocketTimeoutException.class);
            silent.setSoTimeout(1000);
            silent.receive(packet);
            for (var answer : answers) {
                assertThat(Lab.code(answer)).isEqualTo("lab.power-timeout");
            }
        }
    }

    @Test
    void aNamedSwitchGivesWhatTheOptionLeavesOut() throws Exception {
        lab.switches.put(
                "poe", Map.of("address", "127.0.0.1", "udp_port", (long) agent.port(), "community", "c", "group", 1L));
        BoardDefinition named = lab.board("named", "snmppower", Map.of("host", "poe", "port", "4"));
        assertThat(Lab.done(lab.switchboard.read(named))).isEqualTo(Power.OFF);
    }
}
