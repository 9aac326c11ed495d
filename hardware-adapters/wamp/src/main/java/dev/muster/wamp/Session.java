package dev.muster.wamp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One session that is open, and all that ends with it. On the router's thread alone. */
final class Session {

    final Identity identity;
    final Features features;
    /** Whether it is of this process: then nothing is forbidden to it. */
    final boolean isLocal;

    final Link link;
    /** By their number. */
    final Map<Long, Subscription> subscriptions = new LinkedHashMap<>();
    /** In the order in which they came. */
    final List<Registration> registrations = new ArrayList<>();
    /** Calls that it made and that have no answer yet, by its own numbers. */
    final Map<Long, Ongoing> made = new HashMap<>();
    /** Calls that were made to it and that it has not answered yet, by the numbers of their INVOCATIONs. */
    final Map<Long, Ongoing> taken = new HashMap<>();

    final List<Testament> testaments = new ArrayList<>(1);
    private final Runnable tooSlow;
    private final RouterMetrics metrics;
    /** The greatest number of a call of its own that comes in pieces. */
    long lastInPieces;

    private long lastInvocation;
    private boolean isGone;

    /** @param tooSlow what happens when it does not even take answers; called once */
    Session(
            Identity identity,
            Features features,
            boolean isLocal,
            Link link,
            RouterMetrics metrics,
            Consumer<Session> tooSlow) {
        this.identity = identity;
        this.features = features;
        this.isLocal = isLocal;
        this.link = link;
        this.metrics = metrics;
        this.tooSlow = () -> tooSlow.accept(this);
    }

    long id() {
        return identity.session();
    }

    boolean isGone() {
        return isGone;
    }

    /** From now on nothing reaches it. */
    void goes() {
        isGone = true;
    }

    /** Says what must arrive. A session that has no room for it cannot go on. */
    void say(Message message) {
        if (!isGone && !link.offer(new Outgoing(message))) {
            isGone = true;
            metrics.sessionsTooSlow.increment();
            tooSlow.run();
        }
    }

    /** Says what it may miss; false when it did. */
    boolean tell(Outgoing message) {
        return !isGone && link.offer(message);
    }

    /** Numbers of INVOCATIONs only grow: agents drop what is not above the last one without a word. */
    long nextInvocation() {
        return ++lastInvocation;
    }

    /** Whether it was ever asked under this number. */
    boolean wasAsked(long invocation) {
        return invocation <= lastInvocation;
    }

    void refuse(int type, long request, String uri) {
        say(new Message.Failed(type, request, Map.of(), uri, Payload.NONE));
    }

    void refuse(int type, long request, WampFailure why) {
        say(new Message.Failed(type, request, Map.of(), why.uri(), why.payload()));
    }

    /** One of its own, null for none of this number. */
    @Nullable
    Registration registration(long id) {
        for (Registration each : registrations) {
            if (each.id == id) {
                return each;
            }
        }
        return null;
    }

    /** Who it is, as others are told. */
    void disclose(Map<String, @Nullable Object> details, String as) {
        details.put(as, id());
        details.put(as + "_authid", identity.authid());
        details.put(as + "_authrole", identity.authrole());
    }

    /**
     * What is published when it ends.
     *
     * @param isDetached whether it is published before those that are not
     */
    record Testament(String topic, Map<String, @Nullable Object> options, Payload payload, boolean isDetached) {}
}
