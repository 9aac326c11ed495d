package dev.muster.lab.power;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.snmp4j.CommandResponder;
import org.snmp4j.CommandResponderEvent;
import org.snmp4j.MessageException;
import org.snmp4j.PDU;
import org.snmp4j.Snmp;
import org.snmp4j.mp.StatusInformation;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/** An SNMP v2c agent in this process: objects, a hook on writes, and a last word on every answer. */
final class FakeAgent implements CommandResponder, AutoCloseable {

    final Map<OID, Variable> objects = new ConcurrentHashMap<>();
    final List<VariableBinding> written = new CopyOnWriteArrayList<>();
    volatile BiConsumer<OID, Integer> onWrite = (_, _) -> {};
    volatile UnaryOperator<PDU> lastWord = UnaryOperator.identity();
    private final Snmp snmp;
    private final int port;

    FakeAgent() {
        try {
            var socket = new DefaultUdpTransportMapping(new UdpAddress(InetAddress.getLoopbackAddress(), 0));
            snmp = new Snmp(socket);
            snmp.addCommandResponder(this);
            snmp.listen();
            port = socket.getListenAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    @Override
    public <A extends Address> void processPdu(CommandResponderEvent<A> event) {
        PDU asked = event.getPDU();
        event.setProcessed(true);
        PDU answer = new PDU();
        answer.setType(PDU.RESPONSE);
        answer.setRequestID(asked.getRequestID());
        for (VariableBinding each : asked.getVariableBindings()) {
            if (asked.getType() == PDU.SET) {
                written.add(each);
                onWrite.accept(each.getOid(), ((Integer32) each.getVariable()).getValue());
                answer.add(each);
            } else {
                answer.add(
                        new VariableBinding(each.getOid(), objects.getOrDefault(each.getOid(), Null.noSuchInstance)));
            }
        }
        PDU last = lastWord.apply(answer);
        if (last == null) {
            return;
        }
        try {
            event.getMessageDispatcher()
                    .returnResponsePdu(
                            event.getMessageProcessingModel(),
                            event.getSecurityModel(),
                            event.getSecurityName(),
                            event.getSecurityLevel(),
                            last,
                            event.getMaxSizeResponsePDU(),
                            event.getStateReference(),
                            new StatusInformation());
        } catch (MessageException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        snmp.close();
    }
}
