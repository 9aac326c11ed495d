package dev.muster.server;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Where an event loop of the server may wait, because it does so once in the life of the process. */
public final class OnceOnly implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Spring Security sets up an HTTP client it does not use here, looking through the jars for JSON modules, when
        // the first token of an OIDC provider comes.
        builder.allowBlockingCallsInside(
                "org.springframework.security.oauth2.jwt.JwtDecoderProviderConfigurationUtils", "<clinit>");
    }
}
