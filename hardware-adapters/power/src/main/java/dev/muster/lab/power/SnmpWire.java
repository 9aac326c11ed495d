package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.snmp4j.CommunityTarget;
import org.snmp4j.DirectUserTarget;
import org.snmp4j.MessageDispatcherImpl;
import org.snmp4j.PDU;
import org.snmp4j.PDUv1;
import org.snmp4j.ScopedPDU;
import org.snmp4j.Snmp;
import org.snmp4j.Target;
import org.snmp4j.event.ResponseEvent;
import org.snmp4j.event.ResponseListener;
import org.snmp4j.mp.CounterSupport;
import org.snmp4j.mp.MPv1;
import org.snmp4j.mp.MPv2c;
import org.snmp4j.mp.MPv3;
import org.snmp4j.mp.SnmpConstants;
import org.snmp4j.security.AuthenticationProtocol;
import org.snmp4j.security.SecurityModels;
import org.snmp4j.security.SecurityProtocols;
import org.snmp4j.security.USM;
import org.snmp4j.smi.Address;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.UdpAddress;
import org.snmp4j.smi.Variable;
import org.snmp4j.smi.VariableBinding;
import org.snmp4j.transport.DefaultUdpTransportMapping;

/**
 * Single SNMP requests to any switch, over one socket. Users of version 3 go with the request and not into a table, for
 * two switches may know different pass phrases for one name. What is known of an engine (its id, its boots and time) is
 * forgotten as soon as it says that it is another one, or falls silent: it may have come back with its counters reset.
 */
final class SnmpWire implements AutoCloseable {

    private static final int USERS_MAX = 1024;
    /** What scheduling and the discovery of an engine may add to the time that the library waits. */
    private static final Duration GRACE = Duration.ofMillis(900);

    private final Snmp snmp;
    private final MPv3 version3;
    private final USM usm;
    private final Executor workers;
    private final ScheduledExecutorService loop;
    private final Map<EngineUser, DirectUserTarget<UdpAddress>> users = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EngineUser, DirectUserTarget<UdpAddress>> eldest) {
            return size() > USERS_MAX;
        }
    };

    /** Outlives what is known of engines, for it is expensive. */
    private final Map<SnmpAccess.User, AuthenticationProtocol> passes = new ConcurrentHashMap<>();

    private record EngineUser(UdpAddress address, SnmpAccess.User user) {}

    /**
     * @param workers for what may block for a moment: names, keys
     * @param loop for time limits and for what goes on after an answer
     */
    SnmpWire(Executor workers, ScheduledExecutorService loop) {
        this.workers = workers;
        this.loop = loop;
        SnmpLibrary.prepare();
        SecurityProtocols protocols = new SecurityProtocols(SecurityProtocols.SecurityProtocolSet.maxCompatibility);
        OctetString engine = new OctetString(MPv3.createLocalEngineID());
        this.usm = new USM(protocols, engine, 0);
        SecurityModels models = new SecurityModels();
        models.addSecurityModel(usm);
        this.version3 = new MPv3(engine.getValue(), null, protocols, models, new CounterSupport());
        MessageDispatcherImpl dispatcher = new MessageDispatcherImpl();
        dispatcher.addMessageProcessingModel(new MPv1());
        dispatcher.addMessageProcessingModel(new MPv2c());
        dispatcher.addMessageProcessingModel(version3);
        try {
            DefaultUdpTransportMapping socket = new DefaultUdpTransportMapping();
            this.snmp = new Snmp(dispatcher, socket);
            snmp.listen();
            socket.setThreadName("lab-power-snmp");
        } catch (IOException e) {
            throw new UncheckedIOException("no UDP socket for SNMP", e);
        }
    }

    CompletableFuture<Variable> get(SnmpAccess where, OID oid) {
        return ask(where, PDU.GET, new VariableBinding(oid)).thenApply(answer -> SnmpAnswers.value(answer, oid, where));
    }

    CompletableFuture<Void> set(SnmpAccess where, OID oid, int value) {
        return ask(where, PDU.SET, new VariableBinding(oid, new Integer32(value)))
                .thenAccept(answer -> SnmpAnswers.checked(answer, oid, where));
    }

    /** @param pdu null: silence */
    private record Answer(@Nullable PDU pdu, UdpAddress from) {}

    /**
     * With a user the first try stands alone and the retries begin from nothing: the library keeps silent about an engine
     * that answers under another id than the one it remembers.
     */
    private CompletableFuture<@Nullable PDU> ask(SnmpAccess where, int type, VariableBinding binding) {
        CompletableFuture<@Nullable PDU> whole = new CompletableFuture<>();
        ScheduledFuture<?> timer = loop.schedule(
                () -> whole.completeExceptionally(SnmpAnswers.silence(where)),
                where.patience().whole().plus(GRACE).toNanos(),
                TimeUnit.NANOSECONDS);
        SnmpAccess.User user = where.user();
        int retries = where.patience().retries();
        CompletableFuture<Answer> answer = user == null
                ? once(where, type, binding, retries)
                : once(where, type, binding, 0).thenCompose(first -> {
                    if (first.pdu() == null && retries > 0) {
                        return once(where, type, binding, retries - 1);
                    }
                    return SnmpAnswers.isOtherEngine(first.pdu())
                            ? once(where, type, binding, retries)
                            : CompletableFuture.completedFuture(first);
                });
        var _ = answer.whenComplete((it, failure) -> {
            timer.cancel(false);
            if (failure == null) {
                whole.complete(it.pdu());
            } else {
                whole.completeExceptionally(Failures.unwrapped(failure));
            }
        });
        return whole;
    }

    private CompletableFuture<Answer> once(SnmpAccess where, int type, VariableBinding binding, int retries) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        workers.execute(() -> {
            try {
                send(where, pdu(where, type, binding), retries, answer);
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(unsent(where, e));
            }
        });
        return answer.thenApplyAsync(
                it -> {
                    if (where.user() != null && (it.pdu() == null || SnmpAnswers.isOtherEngine(it.pdu()))) {
                        forget(it.from(), where.user());
                    }
                    return it;
                },
                loop);
    }

    private void send(SnmpAccess where, PDU pdu, int retries, CompletableFuture<Answer> answer) throws IOException {
        UdpAddress address = new UdpAddress(InetAddress.getByName(where.host()), where.udpPort());
        Target<UdpAddress> target = target(where, address, pdu.getType() == PDU.SET);
        target.setRetries(retries);
        snmp.send(pdu, target, null, new ResponseListener() {
            @Override
            public <A extends Address> void onResponse(ResponseEvent<A> event) {
                // The library keeps a request that it is not told to forget.
                snmp.cancel(event.getRequest(), this);
                if (event.getError() == null) {
                    answer.complete(new Answer(event.getResponse(), address));
                } else {
                    answer.completeExceptionally(unsent(where, event.getError()));
                }
            }
        });
    }

    private static PDU pdu(SnmpAccess where, int type, VariableBinding binding) {
        PDU pdu =
                switch (where.version()) {
                    case SnmpConstants.version1 -> new PDUv1();
                    case SnmpConstants.version2c -> new PDU();
                    default -> {
                        ScopedPDU scoped = new ScopedPDU();
                        if (where.user() != null) {
                            scoped.setContextName(octets(where.user().context()));
                        }
                        yield scoped;
                    }
                };
        pdu.setType(type);
        pdu.add(binding);
        return pdu;
    }

    private Target<UdpAddress> target(SnmpAccess where, UdpAddress address, boolean writes) {
        Target<UdpAddress> target = where.user() == null
                ? new CommunityTarget<>(address, octets(writes ? where.writeCommunity() : where.readCommunity()))
                : user(address, where.user());
        target.setVersion(where.version());
        target.setTimeout(where.patience().timeout().toMillis());
        return target;
    }

    /** Takes its time when the user is new. */
    private DirectUserTarget<UdpAddress> user(UdpAddress address, SnmpAccess.User user) {
        AuthenticationProtocol auth = user.auth() == null ? null : passes(user, user.auth());
        synchronized (users) {
            return users.computeIfAbsent(
                    new EngineUser(address, user),
                    _ -> new DirectUserTarget<>(
                            address,
                            octets(user.name()),
                            auth,
                            auth == null ? null : octets(user.authPass()),
                            user.priv(),
                            user.priv() == null ? null : octets(user.privPass())));
        }
    }

    private AuthenticationProtocol passes(SnmpAccess.User user, AuthenticationProtocol protocol) {
        if (passes.size() > USERS_MAX) {
            passes.clear();
        }
        return passes.computeIfAbsent(user, _ -> new KnownPasses(protocol, user.authPass(), user.privPass()));
    }

    private void forget(UdpAddress address, SnmpAccess.User user) {
        synchronized (users) {
            users.remove(new EngineUser(address, user));
        }
        OctetString engine = version3.removeEngineID(address);
        if (engine != null) {
            usm.removeEngineTime(engine);
        }
    }

    private static OctetString octets(String text) {
        return new OctetString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException unsent(SnmpAccess where, Exception failure) {
        return failure instanceof UnknownHostException
                ? LabRefusal.POWER_TIMEOUT.because("There is no address for the power switch " + where + ".")
                : LabRefusal.POWER_FAULT.because(
                        "The power switch " + where + " cannot be asked: " + failure.getMessage() + ".");
    }

    @Override
    public void close() {
        try {
            snmp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
