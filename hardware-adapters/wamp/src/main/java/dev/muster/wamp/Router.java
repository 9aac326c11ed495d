package dev.muster.wamp;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import reactor.core.scheduler.Schedulers;

/**
 * The router: realms, and the sessions in them. It has one thread of its own, on which all of it happens; connections
 * and sessions of this process leave messages there and are never waited for.
 */
public final class Router implements AutoCloseable {

    private final House house;
    private final Map<String, Realm> realms = new LinkedHashMap<>();
    /** Connections that are there. On the router's thread alone. */
    private final Set<Conversation> conversations = new LinkedHashSet<>();

    public Router(RouterSettings settings, Authenticator authenticator, Authorizer authorizer, Clock clock) {
        this(
                settings,
                authenticator,
                authorizer,
                new Engine(
                        thread(),
                        task -> Schedulers.parallel().schedule(task),
                        Schedulers.parallel(),
                        Chance.secure(),
                        clock));
    }

    Router(RouterSettings settings, Authenticator authenticator, Authorizer authorizer, Engine engine) {
        this.house = new House(
                settings, authenticator, authorizer, engine, new SerialLoop(engine.loop()), new RouterMetrics());
        settings.realms().forEach(name -> realms.put(name, new Realm(name, house)));
    }

    /** One thread, which goes when there is nothing to do for a while. */
    private static Executor thread() {
        ThreadPoolExecutor one = new ThreadPoolExecutor(
                1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> Thread.ofPlatform()
                        .name("wamp-router")
                        .daemon()
                        .unstarted(task));
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    public RouterMetrics metrics() {
        return house.metrics();
    }

    /**
     * A session of this process. Nothing is forbidden to it. What is asked of it before this returns happens after it has
     * joined.
     *
     * @throws IllegalArgumentException when there is no such realm
     */
    public LocalSession join(String realm, String authid, String authrole) {
        Realm there = realms.get(realm);
        if (there == null) {
            throw new IllegalArgumentException("There is no realm " + realm);
        }
        return new LocalSession(house, there, authid, authrole);
    }

    /**
     * Ends the sessions of somebody from outside, by what this house knows them as ({@link Identity#subject}). Whoever
     * is about to come in is not among them, but is looked at once more before that ({@link Credentials#holds}).
     */
    public void dismiss(String realm, String subject, String why) {
        Realm there = realms.get(realm);
        if (there != null) {
            house.loop().execute(() -> there.dismiss(subject, why));
        }
    }

    SerialLoop loop() {
        return house.loop();
    }

    /** A connection came. On the router's thread. */
    Conversation connected(Link link) {
        Conversation conversation = new Conversation(house, realms, link);
        conversations.add(conversation);
        conversation.begin();
        return conversation;
    }

    /** A connection is gone. On the router's thread. */
    void left(Conversation conversation) {
        conversations.remove(conversation);
        conversation.brokeOff();
    }

    /** Sends all from outside away. Sessions of this process go on, and reach nobody. */
    @Override
    public void close() {
        house.loop().execute(() -> List.copyOf(conversations).forEach(Conversation::stop));
    }
}
