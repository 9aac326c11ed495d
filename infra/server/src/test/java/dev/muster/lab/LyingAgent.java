package dev.muster.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.snmp4j.PDU;
import org.snmp4j.asn1.BER;
import org.snmp4j.asn1.BERInputStream;
import org.snmp4j.asn1.BEROutputStream;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.VariableBinding;

/** An SNMP v2c agent with one port of a PoE switch. It does as it is told, and answers honestly or as a test wants. */
final class LyingAgent implements AutoCloseable {

    static final OID PORT_1 = new OID("1.3.6.1.2.1.105.1.1.1.3.1.1");
    static final int ON = 1;
    static final int OFF = 2;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private volatile int column3 = OFF;
    private volatile Lie lie = Lie.NONE;

    /** What is sent instead of the honest answer; nothing, one datagram or many. */
    interface Lie {

        Lie NONE = List::of;

        List<byte[]> answers(byte[] honest) throws IOException;
    }

    LyingAgent() throws SocketException {
        Thread.ofPlatform().daemon().name("lying-agent").start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** How the port really is: {@link #ON} or {@link #OFF}. */
    int column3() {
        return column3;
    }

    void lies(Lie how) {
        lie = how;
    }

    void isHonest() {
        lie = Lie.NONE;
    }

    private void serve() {
        byte[] bytes = new byte[2048];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                byte[] honest = answer(Arrays.copyOf(bytes, packet.getLength()));
                for (byte[] each : lie.answers(honest)) {
                    socket.send(new DatagramPacket(each, each.length, packet.getSocketAddress()));
                }
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private byte[] answer(byte[] request) throws IOException {
        PDU pdu = pdu(request);
        VariableBinding asked = pdu.get(0);
        boolean known = asked.getOid().equals(PORT_1);
        if (known && pdu.getType() == PDU.SET) {
            column3 = ((Integer32) asked.getVariable()).getValue();
        }
        PDU answer = new PDU();
        answer.setType(PDU.RESPONSE);
        answer.setRequestID(pdu.getRequestID());
        answer.add(
                known
                        ? new VariableBinding(PORT_1, new Integer32(column3))
                        : new VariableBinding(asked.getOid(), org.snmp4j.smi.Null.noSuchInstance));
        return message(answer);
    }

    /** The PDU of a message of version 2c. */
    static PDU pdu(byte[] message) throws IOException {
        BERInputStream in = new BERInputStream(ByteBuffer.wrap(message));
        BER.decodeHeader(in, new BER.MutableByte());
        new Integer32().decodeBER(in);
        new OctetString().decodeBER(in);
        PDU pdu = new PDU();
        pdu.decodeBER(in);
        return pdu;
    }

    static byte[] message(PDU pdu) throws IOException {
        Integer32 version = new Integer32(1);
        OctetString community = new OctetString("private");
        int length = version.getBERLength() + community.getBERLength() + pdu.getBERLength();
        BEROutputStream out = new BEROutputStream(ByteBuffer.allocate(length + BER.getBERLengthOfLength(length) + 1));
        BER.encodeHeader(out, BER.SEQUENCE, length);
        version.encodeBER(out);
        community.encodeBER(out);
        pdu.encodeBER(out);
        byte[] bytes = new byte[out.getBuffer().position()];
        out.getBuffer().rewind().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
