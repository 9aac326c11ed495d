package dev.muster.wamp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that sessions and the router say to each other; {@link WireForm} has the lists that go over the wire. */
sealed interface Message {

    record Hello(String realm, Map<String, @Nullable Object> details) implements Message {}

    record Welcome(long session, Map<String, @Nullable Object> details) implements Message {}

    record Abort(Map<String, @Nullable Object> details, String reason) implements Message {}

    record Challenge(String method, Map<String, @Nullable Object> extra) implements Message {}

    record Authenticate(String signature, Map<String, @Nullable Object> extra) implements Message {}

    record Goodbye(Map<String, @Nullable Object> details, String reason) implements Message {}

    /** @param type the code of the message that failed */
    record Failed(int type, long request, Map<String, @Nullable Object> details, String uri, Payload payload)
            implements Message {}

    record Publish(long request, Map<String, @Nullable Object> options, String topic, Payload payload)
            implements Message {}

    record Published(long request, long publication) implements Message {}

    record Subscribe(long request, Map<String, @Nullable Object> options, String topic) implements Message {}

    record Subscribed(long request, long subscription) implements Message {}

    record Unsubscribe(long request, long subscription) implements Message {}

    record Unsubscribed(long request) implements Message {}

    record Event(long subscription, long publication, Map<String, @Nullable Object> details, Payload payload)
            implements Message {}

    record Call(long request, Map<String, @Nullable Object> options, String procedure, Payload payload)
            implements Message {}

    record Cancel(long request, Map<String, @Nullable Object> options) implements Message {}

    record Result(long request, Map<String, @Nullable Object> details, Payload payload) implements Message {}

    record Register(long request, Map<String, @Nullable Object> options, String procedure) implements Message {}

    record Registered(long request, long registration) implements Message {}

    record Unregister(long request, long registration) implements Message {}

    /**
     * @param request 0 when nobody asked for it
     * @param details left out when there are none
     */
    record Unregistered(long request, Map<String, @Nullable Object> details) implements Message {}

    record Invocation(long request, long registration, Map<String, @Nullable Object> details, Payload payload)
            implements Message {}

    record Interrupt(long request, Map<String, @Nullable Object> options) implements Message {}

    record Yield(long request, Map<String, @Nullable Object> options, Payload payload) implements Message {}
}
