package dev.muster.updates.simulator;

import dev.muster.updates.simulator.DdiDocuments.Deployment;
import dev.muster.updates.simulator.DdiDocuments.Poll;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One device's life on a virtual thread of its own: sleep, poll, do what the links say, for ever. It reads like the
 * main loop of an update agent, because that is what it stands for.
 */
final class SimulatedDevice implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedDevice.class);
    private static final double LOSS_ON_BAD_NETWORKS = 0.05;
    private static final double SILENCE_PER_POLL = 0.02;
    private static final int SILENCE_IN_POLLS = 12;
    private static final Duration BACK_OFF_MAX = Duration.ofMinutes(5);

    private final DeviceProfile profile;
    private final SimulatorSettings settings;
    private final DdiWire wire;
    private final Counters counters;
    private final Dice dice;
    private final Pace pace;
    private final Duration powerOnAfter;
    private String version = "1.0.0";
    private @Nullable Poll last;
    private @Nullable String ended;
    private int faults;

    SimulatedDevice(int number, SimulatorSettings settings, DdiWire wire, Counters counters, Pace pace) {
        this.profile = DeviceProfile.of(settings, number);
        this.settings = settings;
        this.wire = wire;
        this.counters = counters;
        this.dice = new Dice(settings.seed(), number);
        this.pace = pace;
        this.powerOnAfter = settings.tempo().powerOnOver().multipliedBy(number).dividedBy(settings.devices());
    }

    @Override
    public void run() {
        try {
            pace.pause(powerOnAfter);
            while (true) {
                pace.pause(dice.about(contact()));
                fallSilent();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One poll and all that follows from it. Answers how long to sleep. */
    private Duration contact() throws InterruptedException {
        try {
            if (profile.flaky() && dice.roll(LOSS_ON_BAD_NETWORKS)) {
                counters.lost.increment();
                return interval(last);
            }
            boolean first = last == null;
            Poll poll = wire.poll(profile.id(), last);
            last = poll;
            if (first) {
                counters.powered.increment();
            }
            follow(poll);
            faults = 0;
            return interval(poll);
        } catch (WireFault e) {
            LOG.debug("{}: {}", profile.id(), e.getMessage());
            // The next poll asks anew, so that a document changed meanwhile is seen.
            if (e.status() == 404 || e.status() == 410) {
                forgetEtag();
            }
            faults++;
            Duration wait = interval(last).multipliedBy(1L << Math.min(faults - 1, 6));
            return wait.compareTo(BACK_OFF_MAX) < 0 ? wait : BACK_OFF_MAX;
        }
    }

    private void follow(Poll poll) throws WireFault, InterruptedException {
        URI config = poll.configData();
        if (config != null && poll.changed()) {
            wire.attributes(config, profile.attributes(version));
            counters.attributes.increment();
        }
        URI cancel = poll.cancelAction();
        URI confirmation = poll.confirmationBase();
        URI deployment = poll.deploymentBase();
        if (cancel != null) {
            wire.feedback(cancel, Feedbacks.closed(true, List.of("Stopped as asked")));
            counters.canceled.increment();
        } else if (confirmation != null && poll.changed()) {
            wire.feedback(confirmation, Feedbacks.confirmed());
        } else if (deployment != null) {
            install(deployment);
        }
    }

    private void install(URI link) throws WireFault, InterruptedException {
        Deployment deployment = wire.deployment(link);
        String attempt = deployment.id() + deployment.update();
        if (deployment.download().equals("skip") || attempt.equals(ended)) {
            return;
        }
        counters.deployments.increment();
        Installation installation = new Installation(profile, settings, wire, counters, dice, pace);
        if (installation.run(link, deployment) == Installation.End.INSTALLED) {
            version = deployment.version();
        }
        ended = attempt;
        // What this device has just reported is news to the server's answer too.
        forgetEtag();
    }

    private void fallSilent() throws InterruptedException {
        if (profile.silent() && dice.roll(SILENCE_PER_POLL)) {
            counters.silences.increment();
            pace.pause(dice.about(interval(last).multipliedBy(SILENCE_IN_POLLS)));
        }
    }

    private Duration interval(@Nullable Poll poll) {
        Duration own = settings.tempo().pollEvery();
        if (own != null) {
            return own;
        }
        return poll == null ? Duration.ofSeconds(30) : poll.sleep();
    }

    private void forgetEtag() {
        Poll poll = last;
        if (poll != null) {
            last = poll.withoutEtag();
        }
    }
}
