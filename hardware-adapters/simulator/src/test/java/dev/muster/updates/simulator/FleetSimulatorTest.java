package dev.muster.updates.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.updates.simulator.FakeUpdateServer.Known;
import dev.muster.updates.simulator.SimulatorSettings.Tempo;
import dev.muster.updates.simulator.SimulatorSettings.Troubles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetSimulatorTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Tempo TEMPO =
            new Tempo(Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4));
    /** Fifty simulated seconds pass in a real one. */
    private static final Pace QUICK = duration -> {
        LockSupport.parkNanos(duration.toNanos() / 50);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    };

    private FakeUpdateServer server;
    private FleetSimulator fleet;

    @BeforeEach
    void startServer() throws Exception {
        server = new FakeUpdateServer();
    }

    @AfterEach
    void stopAll() {
        if (fleet != null) {
            fleet.close();
        }
        server.close();
    }

    @Test
    void devicesIntroduceThemselvesAndSayWhatTheyAre() {
        simulate(25, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().attributes() == 25);
        assertThat(server.devices).hasSize(25).containsKey("robot-00001").containsKey("robot-00025");
        assertThat(server.devices.get("robot-00007").attributes)
                .containsKeys("hw_boardname", "hw_revision", "site")
                .containsEntry("sw_version", "1.0.0");
        assertThat(fleet.statistics().powered()).isEqualTo(25);
    }

    @Test
    void aQuietFleetIsAnsweredBy304() {
        simulate(3, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().unchanged() > 6);
    }

    @Test
    void anOfferedReleaseIsInstalledStepByStepAndOnce() {
        offer("1.1.0");
        simulate(10, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().succeeded() == 10);
        assertThat(server.devices.values()).allSatisfy(device -> assertThat(device.said)
                .containsExactly(
                        "download/none",
                        "downloaded/none",
                        "proceeding/none",
                        "proceeding/none",
                        "proceeding/none",
                        "closed/success"));
        assertThat(fleet.statistics().restarts()).isEqualTo(10);
        assertThat(fleet.statistics().bytes()).isEqualTo(10L * server.artifact.length);
    }

    @Test
    void cutDownloadsAreResumedWhereTheyBrokeOff() {
        offer("1.1.0");
        simulate(10, new Troubles(Map.of(), 0, 1, 0));
        await().atMost(SOON).until(() -> fleet.statistics().succeeded() == 10);
        assertThat(fleet.statistics().cuts()).isGreaterThanOrEqualTo(10);
        assertThat(server.ranges).hasSize((int) fleet.statistics().cuts());
        // Not a byte twice, and the checksum was right, or it would not have been installed.
        assertThat(fleet.statistics().bytes()).isEqualTo(10L * server.artifact.length);
    }

    @Test
    void aDamagedArtifactIsReportedAsAFailureAndNotInstalled() {
        offer("1.1.0");
        server.sha1 = "0".repeat(40);
        simulate(2, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().failed() == 2);
        assertThat(server.devices.get("robot-00001").said).containsExactly("download/none", "closed/failure");
        assertThat(server.devices.get("robot-00001").details).anyMatch(d -> d.contains("checksum"));
    }

    @Test
    void aBadReleaseFailsOnTheSameDevicesWithTheSameSeed() throws Exception {
        Set<String> first = failuresOf("1.2.0");
        fleet.close();
        server.close();
        server = new FakeUpdateServer();
        assertThat(failuresOf("1.2.0")).isEqualTo(first).hasSizeBetween(5, 35);
    }

    @Test
    void whatAnOperatorStopsIsStopped() {
        offer("1.1.0");
        server.canceling = true;
        simulate(5, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().canceled() == 5);
        assertThat(server.devices.values()).allSatisfy(d -> assertThat(d.said).containsExactly("closed/success"));
        assertThat(fleet.statistics().deployments()).isZero();
    }

    @Test
    void aConfirmationIsGivenBeforeTheInstallation() {
        offer("1.1.0");
        server.confirming = true;
        simulate(4, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().succeeded() == 4);
        assertThat(server.devices.values()).allMatch(d -> d.confirmed);
    }

    @Test
    void withAClosedWindowItIsDownloadedOnceAndInstalledWhenTheWindowOpens() {
        offer("1.1.0");
        server.update = "skip";
        simulate(3, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().polls() > 12);
        assertThat(server.devices.values())
                .allSatisfy(d -> assertThat(d.said).containsExactly("download/none", "downloaded/none"));
        server.update = "forced";
        await().atMost(SOON).until(() -> fleet.statistics().succeeded() == 3);
    }

    @Test
    void aSickServerIsAskedAgain() {
        server.sick.set(20);
        simulate(5, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().attributes() == 5);
        assertThat(fleet.statistics().unreachable()).isEqualTo(20);
    }

    @Test
    void aWrongTokenIsRefusedAndNobodyAppears() {
        fleet = new FleetSimulator(
                SimulatorSettings.lively(server.uri(), "wrong", 3).with(TEMPO), QUICK);
        fleet.start();
        await().atMost(SOON).until(() -> fleet.statistics().refused() > 3);
        assertThat(server.devices).isEmpty();
        assertThat(fleet.statistics().powered()).isZero();
    }

    @Test
    void someDevicesFallSilent() {
        simulate(10, new Troubles(Map.of(), 0, 0, 1));
        await().atMost(SOON).until(() -> fleet.statistics().silences() > 0);
    }

    @Test
    void neverMoreRequestsAreOpenThanAllowed() {
        offer("1.1.0");
        simulate(200, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().succeeded() == 200);
        assertThat(server.most.get()).isBetween(2, 24);
    }

    @Test
    void aStoppedFleetIsSilent() {
        simulate(20, Troubles.NONE);
        await().atMost(SOON).until(() -> fleet.statistics().powered() == 20);
        fleet.stop();
        // What was under way may still arrive; then nothing more.
        AtomicLong before = new AtomicLong(-1);
        await().atMost(SOON).during(Duration.ofMillis(300)).until(() -> {
            long now = fleet.statistics().polls();
            return before.getAndSet(now) == now;
        });
    }

    @Test
    void sharesBeyondOneAreRefused() {
        assertThatThrownBy(() -> new Troubles(Map.of("1", 1.5), 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Troubles(Map.of(), 0, Double.NaN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SimulatorSettings.lively(server.uri(), "t", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Set<String> failuresOf(String version) {
        offer(version);
        simulate(40, Troubles.NONE.failing(version, 0.5));
        await().atMost(SOON)
                .until(() -> fleet.statistics().failed() + fleet.statistics().succeeded() == 40);
        Set<String> failed = new TreeSet<>();
        server.devices.forEach((String id, Known device) -> {
            if (device.said.contains("closed/failure")) {
                failed.add(id);
            }
        });
        return failed;
    }

    private void simulate(int devices, Troubles troubles) {
        fleet = new FleetSimulator(
                SimulatorSettings.lively(server.uri(), FakeUpdateServer.TOKEN, devices)
                        .with(TEMPO)
                        .with(troubles),
                QUICK);
        fleet.start();
    }

    private void offer(String version) {
        byte[] artifact = new byte[40_000];
        new Random(1).nextBytes(artifact);
        server.artifact = artifact;
        try {
            server.sha1 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(artifact));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        server.version = version;
        server.offering = true;
    }
}
