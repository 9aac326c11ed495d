package dev.muster.wamp;

import dev.muster.wamp.Message.Call;
import dev.muster.wamp.Message.Cancel;
import dev.muster.wamp.Message.Publish;
import dev.muster.wamp.Message.Register;
import dev.muster.wamp.Message.Registered;
import dev.muster.wamp.Message.Result;
import dev.muster.wamp.Message.Subscribe;
import dev.muster.wamp.Message.Subscribed;
import dev.muster.wamp.Message.Unregister;
import dev.muster.wamp.Message.Unsubscribe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A session of this process: the same broker and dealer as for everybody, without a wire. From any thread. What is asked
 * of one session happens in the order in which it is asked (that is, subscribed to): after a subscription comes a call,
 * and nothing that the call leads to is missed. Answers and events come one after the other on threads that must not
 * wait.
 */
public final class LocalSession implements AutoCloseable {

    private final House house;
    private final Realm realm;
    private final LocalInbox inbox;
    private final Session session;
    private final AtomicLong requests = new AtomicLong();
    /** How many listeners here have a subscription, by its number. On the router's thread alone. */
    private final Map<Long, Integer> listening = new HashMap<>();

    LocalSession(House house, Realm realm, String authid, String authrole) {
        this.house = house;
        this.realm = realm;
        this.inbox = new LocalInbox(house, this::say);
        Identity identity =
                new Identity(house.chance().session(), realm.name, authid, authrole, "internal", "muster", null);
        this.session = new Session(identity, Features.ALL, true, inbox, house.metrics(), slow -> {});
        house.loop().execute(() -> realm.join(session, null));
    }

    public Identity identity() {
        return session.identity;
    }

    /** Calls a procedure; nobody waits for its answer longer than somebody is subscribed to it. */
    public Mono<Payload> call(String procedure, @Nullable List<?> args, @Nullable Map<String, ?> kwargs) {
        return call(procedure, args, kwargs, Map.of());
    }

    /**
     * Calls a procedure. A failure is a {@link WampFailure}.
     *
     * @param options such as {@code timeout}, in milliseconds
     */
    public Mono<Payload> call(
            String procedure, @Nullable List<?> args, @Nullable Map<String, ?> kwargs, Map<String, ?> options) {
        return Mono.defer(() -> {
            Payload payload = Payload.given(args, kwargs);
            Map<String, @Nullable Object> told = Values.map(options, 0);
            return asked(request -> new Call(request, told, procedure, payload), true)
                    .map(answer -> ((Result) answer).payload());
        });
    }

    /** Publishes; completes when the router has it on its way to all who are subscribed by now. */
    public Mono<Void> publish(String topic, @Nullable List<?> args, @Nullable Map<String, ?> kwargs) {
        return publish(topic, args, kwargs, Map.of());
    }

    /** @param options such as {@code exclude_me}, {@code eligible_authid} or {@code disclose_me} */
    public Mono<Void> publish(
            String topic, @Nullable List<?> args, @Nullable Map<String, ?> kwargs, Map<String, ?> options) {
        return Mono.defer(() -> {
            Payload payload = Payload.given(args, kwargs);
            Map<String, @Nullable Object> told = new HashMap<>(Values.map(options, 0));
            told.put("acknowledge", true);
            return asked(request -> new Publish(request, told, topic, payload), false)
                    .then();
        });
    }

    /** A procedure of this process that can be called, by its number. */
    public final class Offer {

        private final long registration;

        private Offer(long registration) {
            this.registration = registration;
        }

        /** The number of the registration. */
        public long id() {
            return registration;
        }

        /** Takes it back. */
        public Mono<Void> withdraw() {
            return asked(request -> new Unregister(request, registration), false)
                    .doOnSuccess(done -> inbox.forget(registration))
                    .then();
        }
    }

    /** Answers calls to a procedure from now on, until it is withdrawn or the session closes. */
    public Mono<Offer> register(String procedure, Procedure answering) {
        return register(procedure, answering, Map.of());
    }

    /** @param options such as {@code match}, {@code invoke} or {@code force_reregister} */
    public Mono<Offer> register(String procedure, Procedure answering, Map<String, ?> options) {
        return Mono.defer(() -> {
            Map<String, @Nullable Object> told = Values.map(options, 0);
            return Mono.<Offer>create(
                    sink -> ask(request -> new Register(request, told, procedure), new LocalInbox.Reply() {
                        @Override
                        public void came(Message answer) {
                            long registration = ((Registered) answer).registration();
                            inbox.offers(registration, procedure, answering);
                            sink.success(new Offer(registration));
                        }

                        @Override
                        public void failed(WampFailure failure) {
                            sink.error(failure);
                        }
                    }));
        });
    }

    /**
     * Hears a topic as long as somebody is subscribed. Whoever takes less than comes misses some. Fails with a
     * {@link WampFailure} when it is refused, or when the session is over.
     */
    public Flux<Heard> subscribe(String topic, Match match) {
        Map<String, @Nullable Object> options = new HashMap<>();
        options.put("match", match.wire);
        Flux<Heard> all = Flux.create(sink -> listen(topic, match, options, sink), FluxSink.OverflowStrategy.IGNORE);
        return all.onBackpressureBuffer(
                house.settings().eventsMax(),
                dropped -> house.metrics().eventsDropped.increment(),
                BufferOverflowStrategy.DROP_LATEST);
    }

    private void listen(String topic, Match match, Map<String, @Nullable Object> options, FluxSink<Heard> sink) {
        LocalInbox.Listener listener = new LocalInbox.Listener(topic, sink);
        ask(request -> new Subscribe(request, options, topic), () -> counted(topic, match), new LocalInbox.Reply() {
            @Override
            public void came(Message answer) {
                long subscription = ((Subscribed) answer).subscription();
                inbox.listens(subscription, listener);
                // Also when that was long ago: then it is called at once.
                sink.onDispose(() -> {
                    inbox.forget(subscription, listener);
                    house.loop().execute(() -> uncounted(subscription));
                });
            }

            @Override
            public void failed(WampFailure failure) {
                sink.error(failure);
            }
        });
    }

    /** On the router's thread, right after it subscribed. */
    private void counted(String topic, Match match) {
        Subscription subscription = realm.broker.patterns.get(topic, match);
        if (subscription != null && subscription.subscribers().contains(session)) {
            listening.merge(subscription.id, 1, Integer::sum);
        }
    }

    private void uncounted(long subscription) {
        Integer left = listening.computeIfPresent(subscription, (id, count) -> count == 1 ? null : count - 1);
        if (left == null && !session.isGone()) {
            route(new Unsubscribe(requests.incrementAndGet(), subscription));
        }
    }

    private Mono<Message> asked(LongFunction<Message> request, boolean isCall) {
        return Mono.create(sink -> {
            long number = ask(request, new Answer(sink));
            if (isCall) {
                sink.onCancel(() -> {
                    if (inbox.forgetRequest(number)) {
                        say(new Cancel(number, Map.of("mode", "killnowait")));
                    }
                });
            }
        });
    }

    /** Passes an answer on. */
    private record Answer(MonoSink<Message> sink) implements LocalInbox.Reply {

        @Override
        public void came(Message answer) {
            sink.success(answer);
        }

        @Override
        public void failed(WampFailure failure) {
            sink.error(failure);
        }
    }

    private long ask(LongFunction<Message> request, LocalInbox.Reply reply) {
        return ask(request, () -> {}, reply);
    }

    /** @param then what is done on the router's thread right after */
    private long ask(LongFunction<Message> request, Runnable then, LocalInbox.Reply reply) {
        long number = requests.incrementAndGet();
        Message message = request.apply(number);
        inbox.expects(number, reply);
        house.loop().execute(() -> {
            if (session.isGone()) {
                inbox.end();
                return;
            }
            route(message);
            then.run();
        });
        return number;
    }

    private void say(Message message) {
        house.loop().execute(() -> route(message));
    }

    private void route(Message message) {
        if (!session.isGone()) {
            Routing.route(realm, session, message);
        }
    }

    /** Ends it: what it offered is gone, what it waits for fails. */
    @Override
    public void close() {
        house.loop().execute(() -> {
            realm.leave(session);
            inbox.end();
        });
    }

    /** Requests that have no answer yet, for tests. */
    int waiting() {
        return inbox.waiting();
    }
}
