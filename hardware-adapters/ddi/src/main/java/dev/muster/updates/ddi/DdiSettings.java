package dev.muster.updates.ddi;

import java.time.Duration;
import java.util.List;

/**
 * How this node speaks DDI. What operators change at run time is in {@link dev.muster.updates.UpdateSettings}.
 *
 * @param tenant first path segment, any case accepted; links carry it as written here
 * @param trustedProxies peers whose forwarded and certificate headers count: addresses, CIDR ranges or dotted prefixes
 * @param onlyThroughProxies refuse every request that does not come from a trusted proxy
 * @param controllerIdHeader set by the proxy to the device id in the client's certificate
 * @param authorityHeader set by the proxy to the issuer hash; with {@code -0}, {@code -1}, … for several
 * @param fingerprintHeader set by the proxy to the SHA-256 fingerprint of the verified client certificate; matches a
 *     device whose token is {@code certificate:<64 hex>}
 * @param readsPerSecond GET and HEAD per client address, 0 for no limit
 * @param writesPerSecond all other requests per client address, 0 for no limit
 * @param exempt client addresses without those limits
 * @param blackList client addresses that are always refused
 * @param bodyBytesMax size of a request body
 * @param messagesMax messages of one feedback, after the split at 512 characters
 * @param historyMax messages of an action history in one answer
 * @param rangesMax ranges of one download request; delta updaters ask for many at once
 * @param commandsInFlightMax commands under way at once on this node; more is answered 503
 * @param commandTimeout how long a command may take before the device is told to come back
 * @param catchUpMax how long a request waits for the effect of the device's earlier words
 * @param externalTimeout how long the external token service may take
 * @param externalTrustFor how long its yes is remembered
 * @param redirectDownloads send devices to the artifact store itself when it makes signed links
 */
public record DdiSettings(
        String tenant,
        List<String> trustedProxies,
        boolean onlyThroughProxies,
        String controllerIdHeader,
        String authorityHeader,
        String fingerprintHeader,
        int readsPerSecond,
        int writesPerSecond,
        List<String> exempt,
        List<String> blackList,
        int bodyBytesMax,
        int messagesMax,
        int historyMax,
        int rangesMax,
        int commandsInFlightMax,
        Duration commandTimeout,
        Duration catchUpMax,
        Duration externalTimeout,
        Duration externalTrustFor,
        boolean redirectDownloads) {

    public static final DdiSettings DEFAULTS = new DdiSettings(
            "DEFAULT",
            List.of("127.0.0.0/8", "::1"),
            false,
            "X-Controller-Id",
            "X-Authority",
            "X-Ssl-Client-Fingerprint",
            200,
            50,
            List.of(
                    "127.0.0.0/8",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "169.254.0.0/16",
                    "::1",
                    "fc00::/7",
                    "fe80::/10"),
            List.of(),
            1 << 20,
            50,
            100,
            256,
            4096,
            Duration.ofSeconds(10),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            false);

    public DdiSettings {
        trustedProxies = List.copyOf(trustedProxies);
        exempt = List.copyOf(exempt);
        blackList = List.copyOf(blackList);
    }
}
