package dev.muster.updates;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How this tenant talks to devices. Changed at run time by {@link SettingsCommand.ChangeSettings}.
 *
 * @param pollingTime interval told to devices: {@code HH:mm:ss[~NN%]{, filter -> HH:mm:ss[~NN%]}}
 * @param targetToken whether a device's own token is accepted
 * @param gatewayToken whether the tenant's gateway token is accepted
 * @param gatewayTokenDigest SHA-256 of that token, or null when none was made
 * @param certificateHeader whether a trusted proxy's certificate headers are accepted
 * @param authorities accepted issuer hashes for those headers
 * @param trust how device tokens are treated beyond that
 * @param external the token service for {@link Trust#EXTERNAL}, else null
 * @param confirmationFlow whether new actions wait for a person at the device
 * @param autoClose whether a new action ends older ones at once
 * @param windowPollCount how often a device polls before its maintenance window opens
 * @param trackAddress whether peer addresses of devices are kept
 * @param openDownloads whether artifacts are served to anyone who knows the link
 * @param publicBaseUrl origin of links to devices, or null for the request's own
 * @param downloadBaseUrl origin of download links, or null for the same
 * @param rolloutApproval whether each rollout needs a second person's agreement; null, as in old history, is no
 */
public record UpdateSettings(
        String pollingTime,
        boolean targetToken,
        boolean gatewayToken,
        @Nullable String gatewayTokenDigest,
        boolean certificateHeader,
        List<String> authorities,
        Trust trust,
        @Nullable External external,
        boolean confirmationFlow,
        boolean autoClose,
        int windowPollCount,
        boolean trackAddress,
        boolean openDownloads,
        @Nullable String publicBaseUrl,
        @Nullable String downloadBaseUrl,
        @Nullable Boolean rolloutApproval) {

    public static final UpdateSettings DEFAULTS = new UpdateSettings(
            "00:05:00",
            true,
            true,
            null,
            false,
            List.of(),
            Trust.REGISTERED,
            null,
            false,
            false,
            3,
            true,
            false,
            null,
            null,
            false);

    public UpdateSettings {
        authorities = List.copyOf(authorities);
    }

    /** How a device's own token is trusted; the last four as gooseBit's users know them. */
    public enum Trust {
        /** A token must be the known device's own. The default. */
        REGISTERED,
        /** As REGISTERED, and no other scheme counts. */
        STRICT,
        /** A device without a stored token may come without one; a stored token must match. */
        LAX,
        /** Whatever token a device brings is stored: for a factory's network only. */
        SETUP,
        /** Another service judges every token. */
        EXTERNAL
    }

    /** @param bearer send the token as bearer instead of as a JSON member {@code jsonKey} */
    public record External(String url, boolean bearer, String jsonKey) {}
}
