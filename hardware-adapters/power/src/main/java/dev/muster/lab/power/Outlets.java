package dev.muster.lab.power;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes of a board's option the outlet that it means. Outlets are made anew each time, switches are remembered. */
final class Outlets implements AutoCloseable {

    private static final int IDLE_MAX = 4096;

    private final PowerSettings settings;
    private final Crew crew;
    private final SnmpWire wire;
    private final FakePdu fakes;
    private final Commands commands;
    private final Map<String, Host> hosts = new ConcurrentHashMap<>();

    Outlets(PowerSettings settings, Crew crew) {
        this.settings = settings;
        this.crew = crew;
        this.wire = new SnmpWire(crew.workers(), crew.loop());
        this.fakes = new FakePdu(crew.loop());
        this.commands = new Commands(crew.workers(), crew.loop(), settings.commandTimeMax());
    }

    FakePdu fakes() {
        return fakes;
    }

    /** Throws a refusal of the lab when the option says nothing that can be used. */
    Outlet of(Parameters given) {
        Outlet.Manner manner = Outlet.Manner.of(given, settings);
        return switch (given.cls()) {
            case "snmppower" -> {
                String model = given.text("profile", OutletModels.DEFAULT);
                yield model.equals("fake")
                        ? fakes.outlet(given, host("fake:" + FakePdu.hostOf(given)), manner)
                        : snmp(given, model, manner);
            }
            case "gpiopower" -> {
                Path base = GpioOutlet.base(given, settings);
                yield new GpioOutlet(given, base, host("gpio:" + base), manner, crew.workers(), crew.loop());
            }
            case "commandpower" -> new CommandOutlet(given, host(CommandOutlet.hostOf(given)), manner, commands);
            default -> throw given.wrong("cls", "names no way to switch power");
        };
    }

    private Outlet snmp(Parameters given, String model, Outlet.Manner manner) {
        SnmpAccess access = SnmpAccess.of(given, settings);
        return new SnmpOutlet(wire, host(access.name()), access, OutletModels.of(given, model), manner, given);
    }

    private Host host(String name) {
        if (hosts.size() > IDLE_MAX) {
            hosts.values().removeIf(Host::isIdle);
        }
        return hosts.computeIfAbsent(name, it -> new Host(it, settings, crew.loop()));
    }

    boolean isReachable(Parameters given) {
        return host(of(given).host()).isReachable();
    }

    @Override
    public void close() {
        commands.close();
        wire.close();
    }
}
