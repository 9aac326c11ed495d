package dev.muster.server.command;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.common.IdentifierFactory;

/**
 * Names messages and events, found by Axon through the class path. Such an id must be unique, not secret: it is this
 * process's random number and a count, as a UUID of version 8, so no command waits for a secure generator.
 */
public final class MessageIds extends IdentifierFactory {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long PROCESS = (RANDOM.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    private static final AtomicLong COUNT = new AtomicLong(RANDOM.nextLong());

    @Override
    public String generateIdentifier() {
        long low = (COUNT.getAndIncrement() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(PROCESS, low).toString();
    }
}
