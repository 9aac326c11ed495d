package dev.muster.testing;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What {@link NoBlocking} takes for waiting and is none, in every module. */
public final class Harmless implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Random bytes for ids and secrets are read as a file, but it is the kernel's generator: it never waits.
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
    }
}
