package dev.muster.lab.power;

import dev.muster.lab.LabRefusal;
import dev.muster.lab.Power;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.Variable;

/** An outlet of a switch that speaks SNMP. Each request waits for its turn at the switch. */
final class SnmpOutlet implements Outlet {

    private final SnmpWire wire;
    private final Host host;
    private final SnmpAccess access;
    private final OutletModel model;
    private final Manner manner;
    private final OID on;
    private final OID off;
    private final OID status;
    private final @Nullable OID load;

    SnmpOutlet(SnmpWire wire, Host host, SnmpAccess access, OutletModel model, Manner manner, Parameters given) {
        this.wire = wire;
        this.host = host;
        this.access = access;
        this.model = model;
        this.manner = manner;
        this.on = model.on().oid().filled(given);
        this.off = model.off().oid().filled(given);
        this.status = model.status().filled(given);
        this.load = model.load() == null ? null : model.load().filled(given);
    }

    @Override
    public String driver() {
        return "snmp";
    }

    @Override
    public String host() {
        return access.name();
    }

    @Override
    public String id() {
        return access.name() + "/" + status;
    }

    @Override
    public Manner manner() {
        return manner;
    }

    @Override
    public CompletableFuture<Power> read() {
        return inTurn(() -> wire.get(access, status)).thenApply(value -> power(model, value));
    }

    /** Only a whole number that the model knows is on or off; everything else is unknown. */
    static Power power(OutletModel model, Variable value) {
        if (!(value instanceof Integer32 number)) {
            return Power.UNKNOWN;
        }
        if (model.statusOn().contains(number.getValue())) {
            return Power.ON;
        }
        return model.statusOff().contains(number.getValue()) ? Power.OFF : Power.UNKNOWN;
    }

    @Override
    public CompletableFuture<Void> turn(boolean wanted) {
        return inTurn(() -> wanted
                ? wire.set(access, on, model.on().value())
                : wire.set(access, off, model.off().value()));
    }

    @Override
    public CompletableFuture<Void> checkLoad() {
        OID asked = load;
        if (asked == null) {
            return CompletableFuture.completedFuture(null);
        }
        return inTurn(() -> wire.get(access, asked)).handle((value, failure) -> {
            // A switch without this column has nothing to tell.
            if (failure != null && !Failures.isA(failure, LabRefusal.NO_SUCH_PORT)) {
                throw Failures.refused(failure);
            }
            if (value instanceof Integer32 number && model.cut().contains(number.getValue())) {
                throw LabRefusal.POWER_FAULT.because(
                        "The switch " + access + " allows power but reports a fault of the port.");
            }
            return null;
        });
    }

    private <T> CompletableFuture<T> inTurn(Supplier<CompletableFuture<T>> request) {
        return host.ask(request);
    }
}
