package dev.muster.updates.simulator;

import dev.muster.updates.simulator.DdiDocuments.Artifact;
import dev.muster.updates.simulator.DdiDocuments.Deployment;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * One installation on one device, from the deployment document to what is reported at its end: download with cuts and
 * resumes, check, write step by step, restart, and report as agents in the field do, after the restart.
 */
final class Installation {

    /** How an attempt at an installation ended. */
    enum End {
        /** Reported as successful. */
        INSTALLED,
        /** Reported as failed. */
        FAILED,
        /** Everything is downloaded; the server lets nothing be installed now. */
        DOWNLOADED
    }

    private static final List<String> STEPS =
            List.of("Checking the bundle", "Writing rootfs to slot B", "Writing the boot environment");
    private static final List<String> FAILURES = List.of(
            "New system did not come up within 60 s; watchdog restarted the old one",
            "New system did not come up within 60 s; watchdog restarted the old one",
            "motor-control.service failed its self-test after the update; rolled back",
            "Writing rootfs to slot B failed: no space left on device");

    private final DeviceProfile profile;
    private final SimulatorSettings settings;
    private final DdiWire wire;
    private final Counters counters;
    private final Dice dice;
    private final Pace pace;

    Installation(
            DeviceProfile profile, SimulatorSettings settings, DdiWire wire, Counters counters, Dice dice, Pace pace) {
        this.profile = profile;
        this.settings = settings;
        this.wire = wire;
        this.counters = counters;
        this.dice = dice;
        this.pace = pace;
    }

    /** Throws when the network fails or the server refuses; the device then tries again at its next poll. */
    End run(URI link, Deployment deployment) throws WireFault, InterruptedException {
        for (Artifact artifact : deployment.artifacts()) {
            wire.feedback(link, Feedbacks.saying("download", "Downloading " + artifact.filename()));
            String sha1 = download(artifact);
            if (!sha1.equals(artifact.sha1())) {
                return failed(link, "The checksum of " + artifact.filename() + " is wrong: " + sha1);
            }
        }
        wire.feedback(link, Feedbacks.saying("downloaded", "Everything is downloaded and checked"));
        if (deployment.update().equals("skip")) {
            return End.DOWNLOADED;
        }
        for (int step = 1; step <= STEPS.size(); step++) {
            pace.pause(dice.about(settings.tempo().step()));
            wire.feedback(link, Feedbacks.proceeding(step, STEPS.size(), STEPS.get(step - 1)));
        }
        counters.restarts.increment();
        pace.pause(dice.about(settings.tempo().restart()));
        double chance = settings.troubles().failure(deployment.version());
        if (dice.fate("failure of " + deployment.version(), chance)) {
            return failed(link, dice.fate("reason of " + deployment.version(), FAILURES));
        }
        wire.feedback(link, Feedbacks.closed(true, List.of("Running " + deployment.version())));
        counters.succeeded.increment();
        return End.INSTALLED;
    }

    private End failed(URI link, String reason) throws WireFault, InterruptedException {
        wire.feedback(link, Feedbacks.closed(false, List.of(reason)));
        counters.failed.increment();
        return End.FAILED;
    }

    /** Downloads it in as many pieces as the network takes; answers the SHA-1 of all bytes in lower-case hex. */
    private String download(Artifact artifact) throws WireFault, InterruptedException {
        MessageDigest digest = sha1();
        int cutsLeft = profile.flaky() && artifact.size() > 1 ? 1 + dice.below(3) : 0;
        long position = 0;
        while (position < artifact.size()) {
            long left = artifact.size() - position;
            boolean cut = cutsLeft-- > 0 && left > 1;
            long stopAfter = cut ? 1 + dice.below((int) Math.min(left - 1, Integer.MAX_VALUE)) : -1;
            long reached = wire.download(artifact, position, stopAfter, digest);
            if (reached == position) {
                throw new WireFault(0, "the download of " + artifact.filename() + " makes no progress");
            }
            position = reached;
            if (position < artifact.size()) {
                counters.cuts.increment();
                pace.pause(dice.about(settings.tempo().step()));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
