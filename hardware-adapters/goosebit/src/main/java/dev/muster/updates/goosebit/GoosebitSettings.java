package dev.muster.updates.goosebit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How this node speaks gooseBit's protocol. What operators change at run time is in
 * {@link dev.muster.updates.UpdateSettings}: polling time, trust, addresses, the public base URL.
 *
 * @param prefix where it is mounted
 * @param tenants first path segments of devices, any case accepted; links carry the one that was asked for
 * @param deviceAuth whether devices have to prove who they are, in the manner of the settings' trust
 * @param setup whether whoever comes first may make themselves administrator here, without the one-time link
 * @param concurrentMax devices that may be at work on an update at once; more are offered nothing
 * @param metrics whether counts are answered for Prometheus
 * @param uploads directory of uploads that come in pieces
 * @param fileBytesMax of an uploaded bundle
 * @param bodyBytesMax of any other body
 * @param bodiesBytesMax of all other bodies that are being read at once; more is answered 503
 * @param uploadsMax uploads in pieces that may be under way at once; more is answered 503
 * @param uploadIdle after which time without a piece an upload is forgotten
 * @param ordersInFlightMax changes under way at once on this node; more is answered 503
 * @param rangesMax ranges of one download
 * @param bodyTimeout how long a body may take to arrive; with files, how long the next piece may take
 * @param orderTimeout how long a change may take before the client is told to come back
 * @param settleMax how long an answer waits for its own effect to be readable
 */
public record GoosebitSettings(
        String prefix,
        List<String> tenants,
        boolean deviceAuth,
        boolean setup,
        int concurrentMax,
        boolean metrics,
        Path uploads,
        long fileBytesMax,
        int bodyBytesMax,
        long bodiesBytesMax,
        int uploadsMax,
        Duration uploadIdle,
        int ordersInFlightMax,
        int rangesMax,
        Duration bodyTimeout,
        Duration orderTimeout,
        Duration settleMax) {

    private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    /** Refuses a prefix that is none, and having no tenant. */
    public GoosebitSettings {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("muster.goosebit.prefix must look like /goosebit: '" + prefix + "'");
        }
        tenants = List.copyOf(tenants);
        if (tenants.isEmpty() || concurrentMax < 1) {
            throw new IllegalArgumentException("muster.goosebit needs a tenant and room for one update");
        }
    }

    /** The usual limits with what operators set. */
    public static GoosebitSettings of(
            List<String> tenants,
            boolean deviceAuth,
            boolean setup,
            int concurrentMax,
            boolean metrics,
            Path uploads,
            long fileBytesMax) {
        return new GoosebitSettings(
                "/goosebit",
                tenants,
                deviceAuth,
                setup,
                concurrentMax,
                metrics,
                uploads,
                fileBytesMax,
                1 << 20,
                64L << 20,
                16,
                Duration.ofHours(1),
                4096,
                256,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5));
    }

    /** The tenant as it is written in the settings; null when there is none of that name. */
    @Nullable
    String tenant(String asked) {
        for (String each : tenants) {
            if (each.toLowerCase(Locale.ROOT).equals(asked.toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        return null;
    }
}
