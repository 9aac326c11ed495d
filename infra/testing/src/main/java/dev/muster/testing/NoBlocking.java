package dev.muster.testing;

import java.util.ArrayList;
import java.util.List;
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

    /** What was found since this was last asked, for tests of what is found. */
    public static List<BlockingOperationError> found() {
        List<BlockingOperationError> found = new ArrayList<>();
        for (BlockingOperationError next = FOUND.poll(); next != null; next = FOUND.poll()) {
            found.add(next);
        }
        return found;
    }

    private static void failOnFinds() {
        List<BlockingOperationError> found = found();
        if (!found.isEmpty()) {
            BlockingOperationError first = found.removeFirst();
            found.forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Once for the whole process; BlockHound tries itself out and complains when the flag is missing. */
    private static final class Installed {

        static {
            BlockHound.builder()
                    .loadIntegrations()
                    // A client looks once whether there is a native decoder; the server itself compresses nothing.
                    .allowBlockingCallsInside("io.netty.handler.codec.compression.Zstd", "<clinit>")
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
