package dev.muster.testing;

import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What {@link NoBlocking} lets pass in every module. */
public final class Harmless implements BlockHoundIntegration {

    @Override
    public void applyTo(BlockHound.Builder builder) {
        // Random bytes for ids and secrets are read as a file, but it is the kernel's generator: it never waits.
        builder.allowBlockingCallsInside("sun.security.provider.NativePRNG$RandomIO", "readFully");
        // A lock is waited for only while somebody holds it, which for executors, queues and pools is a moment. Whether
        // a test meets that moment is chance, and no test may fail by chance. Waiting for a condition, a future or a
        // permit is found as ever; synchronized blocks are not seen at all.
        builder.allowBlockingCallsInside(ReentrantLock.class.getName(), "lock")
                .allowBlockingCallsInside(ReentrantReadWriteLock.ReadLock.class.getName(), "lock")
                .allowBlockingCallsInside(ReentrantReadWriteLock.WriteLock.class.getName(), "lock")
                .allowBlockingCallsInside(StampedLock.class.getName(), "readLock")
                .allowBlockingCallsInside(StampedLock.class.getName(), "writeLock");
    }
}
