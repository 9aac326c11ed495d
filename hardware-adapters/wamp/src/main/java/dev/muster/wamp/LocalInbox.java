package dev.muster.wamp;

import dev.muster.wamp.Message.Event;
import dev.muster.wamp.Message.Failed;
import dev.muster.wamp.Message.Goodbye;
import dev.muster.wamp.Message.Interrupt;
import dev.muster.wamp.Message.Invocation;
import dev.muster.wamp.Message.Published;
import dev.muster.wamp.Message.Registered;
import dev.muster.wamp.Message.Result;
import dev.muster.wamp.Message.Subscribed;
import dev.muster.wamp.Message.Unregistered;
import dev.muster.wamp.Message.Unsubscribed;
import dev.muster.wamp.Message.Yield;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;

/**
 * What comes for a session of this process, worked on one after the other. Answers find whoever asked, events their
 * listeners, calls their procedures.
 */
final class LocalInbox implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(LocalInbox.class);

    /** Whoever waits for the answer to a request. */
    interface Reply {

        void came(Message answer);

        void failed(WampFailure failure);
    }

    /** @param topic that it asked for; events under patterns bring their own */
    record Listener(String topic, FluxSink<Heard> sink) {}

    private record Offered(String procedure, Procedure answering) {}

    private final House house;
    private final Consumer<Message> says;
    private final SerialLoop loop;
    private final Map<Long, Reply> replies = new ConcurrentHashMap<>();
    private final Map<Long, Offered> offers = new ConcurrentHashMap<>();
    private final Map<Long, List<Listener>> listeners = new ConcurrentHashMap<>();
    /** Calls that are worked on. */
    private final Map<Long, Disposable> running = new ConcurrentHashMap<>();

    private final AtomicInteger eventsWaiting = new AtomicInteger();

    /** @param says what goes to the router */
    LocalInbox(House house, Consumer<Message> says) {
        this.house = house;
        this.says = says;
        this.loop = new SerialLoop(house.engine().local());
    }

    void expects(long request, Reply reply) {
        replies.put(request, reply);
    }

    /** False when it was answered already. */
    boolean forgetRequest(long request) {
        return replies.remove(request) != null;
    }

    int waiting() {
        return replies.size();
    }

    void offers(long registration, String procedure, Procedure answering) {
        offers.put(registration, new Offered(procedure, answering));
    }

    void forget(long registration) {
        offers.remove(registration);
    }

    void listens(long subscription, Listener listener) {
        listeners
                .computeIfAbsent(subscription, id -> new CopyOnWriteArrayList<>())
                .add(listener);
    }

    void forget(long subscription, Listener listener) {
        listeners.computeIfPresent(subscription, (id, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        });
    }

    /** Answers are bounded by what was asked, calls by what may be under way; events by this. */
    @Override
    public boolean offer(Outgoing message) {
        if (!message.isDroppable()) {
            loop.execute(() -> take(message.message));
            return true;
        }
        if (eventsWaiting.incrementAndGet() > house.settings().eventsMax()) {
            eventsWaiting.decrementAndGet();
            return false;
        }
        loop.execute(() -> {
            eventsWaiting.decrementAndGet();
            take(message.message);
        });
        return true;
    }

    @Override
    public void end() {
        loop.execute(() -> {
            WampFailure over = new WampFailure(WampFailure.CANCELED, "The session is over.");
            for (Long request : List.copyOf(replies.keySet())) {
                Reply reply = replies.remove(request);
                if (reply != null) {
                    reply.failed(over);
                }
            }
            List.copyOf(running.values()).forEach(Disposable::dispose);
            offers.clear();
            List.copyOf(listeners.values()).forEach(all -> all.forEach(each -> each.sink.error(over)));
            listeners.clear();
        });
    }

    private void take(Message message) {
        switch (message) {
            case Result it -> answered(it.request(), it);
            case Published it -> answered(it.request(), it);
            case Subscribed it -> answered(it.request(), it);
            case Unsubscribed it -> answered(it.request(), it);
            case Registered it -> answered(it.request(), it);
            case Unregistered it -> {
                if (it.request() != 0) {
                    answered(it.request(), it);
                } else if (it.details().get("registration") instanceof Long registration) {
                    forget(registration);
                }
            }
            case Failed it -> {
                Reply reply = replies.remove(it.request());
                if (reply != null) {
                    reply.failed(new WampFailure(it.uri(), it.payload()));
                }
            }
            case Event it -> heard(it);
            case Invocation it -> invoked(it);
            case Interrupt it -> interrupted(it);
            case Goodbye it -> LOG.info("A session of this process was ended: {}", it.reason());
            default -> LOG.error("The router said {} to a session of this process", message);
        }
    }

    private void answered(long request, Message answer) {
        Reply reply = replies.remove(request);
        if (reply != null) {
            reply.came(answer);
        }
    }

    private void heard(Event event) {
        for (Listener listener : listeners.getOrDefault(event.subscription(), List.of())) {
            String topic = event.details().get("topic") instanceof String named ? named : listener.topic;
            listener.sink.next(new Heard(topic, event.publication(), event.payload(), event.details()));
        }
    }

    private void invoked(Invocation call) {
        Offered offered = offers.get(call.registration());
        if (offered == null) {
            WampFailure gone = new WampFailure(WampFailure.NO_SUCH_PROCEDURE, "It was just withdrawn.");
            says.accept(failed(call.request(), gone));
            return;
        }
        Disposable.Swap work = Disposables.swap();
        running.put(call.request(), work);
        work.update(Mono.defer(() -> offered.answering.invoke(told(offered, call)))
                .defaultIfEmpty(Payload.NONE)
                .doFinally(signal -> running.remove(call.request(), work))
                .subscribe(
                        result -> says.accept(new Yield(call.request(), Map.of(), result)),
                        failure -> failed(offered, call, failure)));
    }

    private static Invoked told(Offered offered, Invocation call) {
        Object authid = call.details().get("caller_authid");
        Object authrole = call.details().get("caller_authrole");
        return new Invoked(
                call.details().get("procedure") instanceof String procedure ? procedure : offered.procedure,
                call.payload(),
                call.details().get("caller") instanceof Long caller ? caller : 0,
                String.valueOf(authid),
                String.valueOf(authrole),
                call.details());
    }

    private void failed(Offered offered, Invocation call, Throwable failure) {
        if (!(failure instanceof WampFailure)) {
            LOG.error("{} failed", offered.procedure, failure);
        }
        says.accept(failed(call.request(), WampFailure.of(failure)));
    }

    private void interrupted(Interrupt interrupt) {
        Disposable work = running.remove(interrupt.request());
        if (work != null) {
            work.dispose();
            says.accept(failed(interrupt.request(), new WampFailure(WampFailure.CANCELED, Payload.NONE)));
        }
    }

    private static Failed failed(long invocation, WampFailure why) {
        return new Failed(WireForm.INVOCATION, invocation, Map.of(), why.uri(), why.payload());
    }
}
