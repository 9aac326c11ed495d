package dev.muster.server;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What else the server's event loops must not do, and where one of them may wait. */
public final class EventLoopRules implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // BlockHound knows Java's own ways of waiting; the event store waits in native code.
        builder.markAsBlocking(
                "dev.muster.store.Database", "attempt", "(Ldev/muster/store/Database$Call;)Ljava/lang/Object;");
        // Once in the life of the process, when the first token of an OIDC provider comes, Spring Security sets up an
        // HTTP client it does not use here, and looks through the jars for JSON modules.
        builder.allowBlockingCallsInside(
                "org.springframework.security.oauth2.jwt.JwtDecoderProviderConfigurationUtils", "<clinit>");
    }
}
