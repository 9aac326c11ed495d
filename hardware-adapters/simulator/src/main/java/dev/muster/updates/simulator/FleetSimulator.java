package dev.muster.updates.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet of simulated devices that speak DDI with an update server over HTTP: they appear by plug and play, poll, send
 * attributes, download with cuts and resumes, install, restart, fail and fall silent. The same seed gives the same
 * devices, which fail the same installations.
 */
public final class FleetSimulator implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FleetSimulator.class);

    private final SimulatorSettings settings;
    private final Pace pace;
    private final Counters counters = new Counters();
    private final AtomicBoolean started = new AtomicBoolean();
    private final DdiWire wire;
    private final List<Thread> devices = new ArrayList<>();

    public FleetSimulator(SimulatorSettings settings) {
        this(settings, Pace.REAL);
    }

    FleetSimulator(SimulatorSettings settings, Pace pace) {
        this.settings = settings;
        this.pace = pace;
        this.wire = new DdiWire(settings, counters);
    }

    /** Powers the devices on, one after the other. Does nothing the second time. */
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        LOG.info("simulating {} devices against {}", settings.devices(), settings.server());
        synchronized (devices) {
            for (int number = 0; number < settings.devices(); number++) {
                SimulatedDevice device = new SimulatedDevice(number, settings, wire, counters, pace);
                devices.add(Thread.ofVirtual().name("device-", number).start(device));
            }
        }
    }

    /** What the fleet has done so far; cheap. */
    public SimulatorStatistics statistics() {
        return counters.now();
    }

    /** Powers every device off at once, in the middle of whatever it does. A stopped fleet does not start again. */
    public void stop() {
        started.set(true);
        synchronized (devices) {
            devices.forEach(Thread::interrupt);
            devices.clear();
        }
        wire.close();
    }

    @Override
    public void close() {
        stop();
    }
}
