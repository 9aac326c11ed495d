package dev.muster.updates.ddi;

import dev.muster.updates.UpdateSettings.Trust;
import org.jspecify.annotations.Nullable;

/**
 * Who shows a device's token, for other wires of devices: the digests lie on the desk and nowhere else. Stricter than
 * this wire itself, because what others have to say may be secret: a token must be the one on the desk, or the tenant's
 * gateway token. What a trust mode lets pass without one counts for nothing here, and no other service is asked.
 */
public final class DeskTokens {

    private final Desk desk;
    private final TokenDigests digests = new TokenDigests(1 << 14);

    public DeskTokens(Desk desk) {
        this.desk = desk;
    }

    /**
     * As whom the bearer acts, {@code device:<id>} or {@code gateway:<id>}; null when nothing that was brought is good
     * enough. From memory, without waiting.
     *
     * @param authorization the header's whole value, {@code TargetToken …} or {@code GatewayToken …}
     */
    public @Nullable String actorOf(String device, String authorization) {
        DeskEntry entry = desk.find(device);
        if (entry == null) {
            return null;
        }
        TenantRules rules = desk.rules();
        Trust trust = rules.settings().trust();
        Digest stored = entry.credential;
        if (rules.settings().targetToken() && trust != Trust.EXTERNAL && stored != null) {
            String token = Gate.targetToken(authorization);
            if (token != null && digests.of(token).matches(stored)) {
                return Caller.DEVICE.actor(device);
            }
        }
        Digest gateway = rules.gatewayDigest();
        if (gateway != null && trust != Trust.STRICT) {
            String token = Gate.after(Gate.GATEWAY, authorization);
            if (token != null && digests.of(token).matches(gateway)) {
                return Caller.GATEWAY.actor(device);
            }
        }
        return null;
    }
}
