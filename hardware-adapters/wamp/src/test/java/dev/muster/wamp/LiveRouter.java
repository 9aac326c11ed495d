package dev.muster.wamp;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/** A router with threads of its own as it is in the house, but for its numbers, which a test knows. */
public final class LiveRouter implements AutoCloseable {

    private final TestRouter.FixedChance chance = new TestRouter.FixedChance();
    private final Router router;

    public LiveRouter(Authenticator authenticator, Authorizer rights, Clock clock) {
        this.router = new Router(
                TestRouter.settings(),
                authenticator,
                rights,
                new Engine(
                        thread(), task -> Schedulers.parallel().schedule(task), Schedulers.parallel(), chance, clock));
    }

    /** As the real one: it goes when there is nothing to do for a while. */
    private static Executor thread() {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> Thread.ofPlatform()
                        .name("live-router")
                        .daemon()
                        .unstarted(task));
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    public Router router() {
        return router;
    }

    /** Sessions have this number and those that follow. */
    public void numbersFrom(long session) {
        chance.session = session;
    }

    /** A connection that has said nothing yet. */
    public AgentWire connect() {
        return AgentWire.connect(router);
    }

    @Override
    public void close() {
        router.close();
    }
}
