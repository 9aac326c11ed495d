package dev.muster.testing;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * Fails the test during which something blocked a thread that must never wait, such as an event loop of Netty. The call
 * itself goes on, so that what was found shows whole and one find does not hide the next.
 *
 * <p>JUnit finds this by itself where {@code junit.jupiter.extensions.autodetection.enabled} is set; the process needs
 * {@code -XX:+AllowRedefinitionToAddDeleteMethods}, which the build's property {@code blockhound.jvm} holds. Modules
 * allow what they can justify in a {@link reactor.blockhound.integration.BlockHoundIntegration} among their tests.
 */
public final class NoBlocking implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final int FINDS_MAX = 100;
    private static final Queue<BlockingOperationError> FOUND = new ConcurrentLinkedQueue<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        Installed.now();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        failOnFinds();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        failOnFinds();
    }

    private static void failOnFinds() {
        BlockingOperationError first = FOUND.poll();
        if (first != null) {
            BlockingOperationError next;
            while ((next = FOUND.poll()) != null) {
                first.addSuppressed(next);
            }
            throw first;
        }
    }

    /** Once for the whole process; BlockHound tries itself out and complains when the flag is missing. */
    private static final class Installed {

        static {
            BlockHound.builder()
                    .loadIntegrations()
                    .blockingMethodCallback(method -> {
                        if (FOUND.size() < FINDS_MAX) {
                            FOUND.add(new BlockingOperationError(method));
                        }
                    })
                    .install();
        }

        private Installed() {}

        static void now() {}
    }
}
