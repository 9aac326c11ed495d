package dev.muster.wamp;

import dev.muster.wamp.Message.Call;
import dev.muster.wamp.Message.Cancel;
import dev.muster.wamp.Message.Failed;
import dev.muster.wamp.Message.Publish;
import dev.muster.wamp.Message.Register;
import dev.muster.wamp.Message.Subscribe;
import dev.muster.wamp.Message.Unregister;
import dev.muster.wamp.Message.Unsubscribe;
import dev.muster.wamp.Message.Yield;

/** Takes what an open session says to where it belongs. A request that is refused is answered with why. */
final class Routing {

    private Routing() {}

    /** @throws ProtocolViolation when no session says that while it is open */
    static void route(Realm realm, Session session, Message message) {
        switch (message) {
            case Call it -> asked(session, WireForm.CALL, it.request(), () -> realm.calls.call(session, it));
            case Yield it -> realm.calls.yielded(session, it);
            case Failed it -> realm.calls.failed(session, it);
            case Cancel it -> realm.calls.cancel(session, it);
            case Publish it -> publish(realm, session, it);
            case Subscribe it ->
                asked(session, WireForm.SUBSCRIBE, it.request(), () -> realm.broker.subscribe(session, it));
            case Unsubscribe it ->
                asked(session, WireForm.UNSUBSCRIBE, it.request(), () -> realm.broker.unsubscribe(session, it));
            case Register it ->
                asked(session, WireForm.REGISTER, it.request(), () -> realm.dealer.register(session, it));
            case Unregister it ->
                asked(session, WireForm.UNREGISTER, it.request(), () -> realm.dealer.unregister(session, it));
            default ->
                throw new ProtocolViolation(
                        "No client says " + message.getClass().getSimpleName() + " in an open session.");
        }
    }

    private static void asked(Session session, int type, long request, Runnable work) {
        try {
            work.run();
        } catch (WampFailure why) {
            session.refuse(type, request, why);
        }
    }

    /** Whoever does not want to know that it went well is not told that it did not (WAMP §9.4). */
    private static void publish(Realm realm, Session session, Publish wish) {
        try {
            realm.broker.publish(session, wish);
        } catch (WampFailure why) {
            if (Broker.acknowledges(wish)) {
                session.refuse(WireForm.PUBLISH, wish.request(), why);
            }
        }
    }
}
