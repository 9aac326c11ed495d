package dev.muster.server.security;

import dev.muster.identity.Permission;
import dev.muster.identity.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the server is guarded.
 *
 * @param openPaths path patterns anyone may read with GET or HEAD: the console's files, the documents, liveness
 * @param guardedPaths path patterns outside the API with the permission each needs
 * @param contentSecurityPolicy what a page of this server may load
 * @param revocationInterval how often open streams are checked for whether their reader may still read
 * @param oidc the identity provider whose tokens are accepted, null for none
 */
public record SecuritySettings(
        List<String> openPaths,
        Map<String, Permission> guardedPaths,
        String contentSecurityPolicy,
        Duration revocationInterval,
        @Nullable OidcSettings oidc) {

    /**
     * @param issuer its URL as in the tokens' {@code iss}; keys are found by discovery
     * @param audience what {@code aud} must hold
     * @param rolesClaim claim with the roles, dots lead into objects, e.g. {@code realm_access.roles}
     * @param roleNames what the provider's names mean here; a name that is a role's wire name needs no entry
     * @param nameClaim claim shown as the person's name
     */
    public record OidcSettings(
            String issuer, String audience, String rolesClaim, Map<String, Role> roleNames, String nameClaim) {

        public static OidcSettings of(String issuer) {
            return new OidcSettings(issuer, "muster", "roles", Map.of(), "preferred_username");
        }
    }

    public static SecuritySettings defaults() {
        return new SecuritySettings(
                List.of(
                        "/",
                        "/index.html",
                        "/manifest.json",
                        "/favicon.ico",
                        "/favicon.svg",
                        "/theme.js",
                        "/assets/**",
                        "/docs/**",
                        "/setup",
                        "/sign-in",
                        "/account",
                        "/fleet/**",
                        "/software/**",
                        "/rollouts/**",
                        "/observe/**",
                        "/lab/**",
                        "/config/**",
                        "/apps/**",
                        "/events",
                        "/audit",
                        "/users",
                        "/settings",
                        "/livez",
                        "/readyz",
                        "/startupz",
                        "/api/v1/openapi.json"),
                Map.of("/actuator/prometheus", Permission.METRICS_READ),
                "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
                Duration.ofSeconds(2),
                null);
    }

    public SecuritySettings withOpenPaths(List<String> paths) {
        return new SecuritySettings(List.copyOf(paths), guardedPaths, contentSecurityPolicy, revocationInterval, oidc);
    }

    public SecuritySettings withOidc(@Nullable OidcSettings provider) {
        return new SecuritySettings(openPaths, guardedPaths, contentSecurityPolicy, revocationInterval, provider);
    }
}
