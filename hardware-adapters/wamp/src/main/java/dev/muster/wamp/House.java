package dev.muster.wamp;

import dev.muster.wamp.Authorizer.Action;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;

/** What all parts of a realm share. */
record House(
        RouterSettings settings,
        Authenticator authenticator,
        Authorizer authorizer,
        Engine engine,
        SerialLoop loop,
        RouterMetrics metrics) {

    Clock clock() {
        return engine.clock();
    }

    Chance chance() {
        return engine.chance();
    }

    /** @throws WampFailure when a session may not do this */
    void allow(Session session, Action action, String uri, Match match) {
        if (!session.isLocal && !authorizer.may(session.identity, action, uri, match)) {
            throw new WampFailure(WampFailure.NOT_AUTHORIZED, "You may not do that.");
        }
    }

    boolean hears(Session session, String topic, String about) {
        return authorizer.hears(session.identity, topic, about);
    }

    /** Runs something on the router's thread after a while, unless it is disposed of before. */
    Disposable after(Duration delay, Runnable task) {
        return engine.timer().schedule(() -> loop.execute(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
