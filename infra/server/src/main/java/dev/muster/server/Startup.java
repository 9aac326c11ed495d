package dev.muster.server;

import dev.muster.identity.command.AdminToken;
import dev.muster.identity.command.IdentityStart;
import dev.muster.kernel.Positions;
import dev.muster.overview.view.Projections;
import dev.muster.server.Readiness.Replay;
import dev.muster.server.Readiness.State;
import dev.muster.server.log.LogTail;
import dev.muster.server.policy.DurableTimers;
import dev.muster.server.policy.Policies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/**
 * The order of a start: read history into memory, then let policies and timers work, then let people in, then let the
 * views catch up, which may lag. The port answers from the beginning; until memory has caught up it says so.
 */
public final class Startup implements ApplicationListener<WebServerInitializedEvent>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Startup.class);
    private static final Duration CATCH_UP_MAX = Duration.ofHours(1);

    private final MusterSettings settings;
    private final Readiness readiness;
    private final LogTail tail;
    private final Positions positions;
    private final Projections views;
    private final Policies policies;
    private final DurableTimers timers;
    private final IdentityStart identity;
    private final AdminToken adminToken;
    private final List<AfterHistory> beginnings;
    private final Runnable whenReady;

    public Startup(
            MusterSettings settings,
            Readiness readiness,
            LogTail tail,
            Positions positions,
            Projections views,
            Policies policies,
            DurableTimers timers,
            IdentityStart identity,
            AdminToken adminToken,
            List<AfterHistory> beginnings,
            Runnable whenReady) {
        this.settings = settings;
        this.readiness = readiness;
        this.tail = tail;
        this.positions = positions;
        this.views = views;
        this.policies = policies;
        this.timers = timers;
        this.identity = identity;
        this.adminToken = adminToken;
        this.beginnings = List.copyOf(beginnings);
        this.whenReady = whenReady;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context
                && "management".equals(context.getServerNamespace())) {
            return;
        }
        int port = event.getWebServer().getPort();
        Thread.ofPlatform().name("start-up").start(() -> begin(port));
    }

    private void begin(int port) {
        try {
            readHistory();
            policies.start();
            timers.start();
            beginnings.forEach(AfterHistory::begin);
            Optional<String> setUpCode = identity.begin();
            Path tokenFile = settings.adminTokenFile();
            if (tokenFile != null) {
                writeSecret(
                        tokenFile,
                        java.util.Objects.requireNonNull(adminToken.issue().block(CATCH_UP_MAX)));
            }
            readiness.is(State.READY);
            views.follow();
            greet(port, setUpCode);
            whenReady.run();
        } catch (RuntimeException | IOException e) {
            LOG.error("Muster could not start", e);
            System.exit(1);
        }
    }

    private void readHistory() {
        long before = positions.folded();
        long last = positions.committed();
        long began = System.nanoTime();
        tail.start();
        positions.folded(last, CATCH_UP_MAX).block(CATCH_UP_MAX);
        Replay replay = new Replay(last - before, Duration.ofNanos(System.nanoTime() - began));
        readiness.replayed(replay);
        if (replay.events() > 0) {
            LOG.info(
                    "{} events read into memory in {} s",
                    replay.events(),
                    String.format(Locale.ROOT, "%.2f", replay.seconds()));
        }
        positions.caughtUp(CATCH_UP_MAX).block(CATCH_UP_MAX);
    }

    private void greet(int port, Optional<String> setUpCode) {
        String address = "http://127.0.0.1:" + port;
        System.out.println("Muster is ready at " + address + (settings.demo() ? "  (demo: simulated devices)" : ""));
        setUpCode.ifPresent(code ->
                System.out.println("Create the first administrator (link works once): " + address + "/setup#" + code));
        System.out.flush();
    }

    /** Written to a file beside and moved into place, so that it is never there half or with the wrong rights. */
    private static void writeSecret(Path file, String secret) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path beside = Files.createTempFile(
                absolute.getParent(),
                ".token",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(beside, secret + "\n");
        Files.move(
                beside,
                absolute,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        readiness.is(State.STOPPING);
        beginnings.reversed().forEach(Startup::end);
        policies.close();
        timers.close();
        tail.close();
    }

    /** What one of them fails at must not keep the others from ending. */
    private static void end(AfterHistory beginning) {
        try {
            beginning.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("{} did not end as it should", beginning, e);
        }
    }
}
