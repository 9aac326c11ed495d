package dev.muster.updates.ddi;

import dev.muster.updates.PollingTime;
import dev.muster.updates.UpdateSettings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings in force, read once into the form that requests need.
 *
 * @param gatewayDigest of the tenant's gateway token, null when there is none or it is switched off
 * @param authorities accepted issuers, lower-case
 */
record TenantRules(
        UpdateSettings settings,
        PollingTime polling,
        @Nullable Digest gatewayDigest,
        Set<String> authorities,
        @Nullable Origin fixedOrigin) {

    static TenantRules of(UpdateSettings settings) {
        Set<String> authorities = new HashSet<>();
        for (String entry : settings.authorities()) {
            for (String each : entry.split("[;,]")) {
                if (!each.isBlank()) {
                    authorities.add(each.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        String api = settings.publicBaseUrl();
        return new TenantRules(
                settings,
                PollingTime.inForce(settings.pollingTime()),
                settings.gatewayToken() ? Digest.parse(settings.gatewayTokenDigest()) : null,
                Set.copyOf(authorities),
                api == null ? null : Origin.of(api, settings.downloadBaseUrl()));
    }
}
