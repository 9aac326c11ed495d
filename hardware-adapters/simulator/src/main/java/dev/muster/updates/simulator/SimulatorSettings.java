package dev.muster.updates.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kind of fleet is simulated. Everything a device decides follows from {@code seed} and its number.
 *
 * @param server origin of the update server, without a trailing slash
 * @param tenant first path segment of the device routes
 * @param gatewayToken token that lets unknown devices in
 * @param devices how many devices, 1 to 100 000
 * @param idPrefix device ids are this and a five-digit number from 1
 * @param seed of all chance
 * @param tempo how quickly devices live
 * @param troubles what goes wrong, and how often
 * @param requestsInFlight most requests at once over all devices; so many connections are opened at most
 * @param requestTimeout for one request, downloads included
 * @param downloadMax most bytes of one artifact; a larger one is not downloaded
 */
public record SimulatorSettings(
        URI server,
        String tenant,
        String gatewayToken,
        int devices,
        String idPrefix,
        long seed,
        Tempo tempo,
        Troubles troubles,
        int requestsInFlight,
        Duration requestTimeout,
        long downloadMax) {

    public static final int DEVICES_MAX = 100_000;

    public SimulatorSettings {
        if (devices < 1 || devices > DEVICES_MAX || requestsInFlight < 1) {
            throw new IllegalArgumentException(
                    "devices must be 1 to " + DEVICES_MAX + " and requestsInFlight at least 1");
        }
    }

    /** The defaults: a lively fleet in which one installation in a hundred fails. */
    public static SimulatorSettings lively(URI server, String gatewayToken, int devices) {
        return new SimulatorSettings(
                server,
                "DEFAULT",
                gatewayToken,
                devices,
                "robot-",
                20_261_120L,
                Tempo.LIVELY,
                Troubles.FEW,
                24,
                Duration.ofSeconds(20),
                256L << 20);
    }

    public SimulatorSettings with(Tempo other) {
        return new SimulatorSettings(
                server,
                tenant,
                gatewayToken,
                devices,
                idPrefix,
                seed,
                other,
                troubles,
                requestsInFlight,
                requestTimeout,
                downloadMax);
    }

    public SimulatorSettings with(Troubles other) {
        return new SimulatorSettings(
                server,
                tenant,
                gatewayToken,
                devices,
                idPrefix,
                seed,
                tempo,
                other,
                requestsInFlight,
                requestTimeout,
                downloadMax);
    }

    /**
     * How quickly devices live. All but {@code powerOnOver} are varied by a tenth either way.
     *
     * @param pollEvery polling interval, or null to do as the server says
     * @param powerOnOver time over which the devices appear one after the other
     * @param step pause between the steps of an installation and between attempts of a download
     * @param restart how long a restart takes after an installation
     */
    public record Tempo(@Nullable Duration pollEvery, Duration powerOnOver, Duration step, Duration restart) {

        public static final Tempo LIVELY = new Tempo(
                Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMillis(1_500), Duration.ofSeconds(4));
    }

    /**
     * What goes wrong. Shares and chances are numbers from 0 to 1.
     *
     * @param failureByVersion chance that an installation fails, by version of the release
     * @param failureElse the chance for every other version
     * @param flakyShare share of devices on bad networks, whose requests get lost and whose downloads get cut
     * @param silentShare share of devices that fall silent for a while now and then
     */
    public record Troubles(
            Map<String, Double> failureByVersion, double failureElse, double flakyShare, double silentShare) {

        public static final Troubles NONE = new Troubles(Map.of(), 0, 0, 0);
        public static final Troubles FEW = new Troubles(Map.of(), 0.01, 0.1, 0.02);

        public Troubles {
            failureByVersion = Map.copyOf(failureByVersion);
            failureByVersion.values().forEach(Troubles::check);
            check(failureElse);
            check(flakyShare);
            check(silentShare);
        }

        /** The chance that an installation of this version fails. */
        public double failure(String version) {
            return failureByVersion.getOrDefault(version, failureElse);
        }

        public Troubles failing(String version, double chance) {
            Map<String, Double> more = new HashMap<>(failureByVersion);
            more.put(version, chance);
            return new Troubles(more, failureElse, flakyShare, silentShare);
        }

        private static void check(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share or chance is a number from 0 to 1, not " + share);
            }
        }
    }
}
