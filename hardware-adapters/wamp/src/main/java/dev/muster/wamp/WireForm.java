package dev.muster.wamp;

import dev.muster.wamp.Message.Abort;
import dev.muster.wamp.Message.Authenticate;
import dev.muster.wamp.Message.Call;
import dev.muster.wamp.Message.Cancel;
import dev.muster.wamp.Message.Challenge;
import dev.muster.wamp.Message.Event;
import dev.muster.wamp.Message.Failed;
import dev.muster.wamp.Message.Goodbye;
import dev.muster.wamp.Message.Hello;
import dev.muster.wamp.Message.Interrupt;
import dev.muster.wamp.Message.Invocation;
import dev.muster.wamp.Message.Publish;
import dev.muster.wamp.Message.Published;
import dev.muster.wamp.Message.Register;
import dev.muster.wamp.Message.Registered;
import dev.muster.wamp.Message.Result;
import dev.muster.wamp.Message.Subscribe;
import dev.muster.wamp.Message.Subscribed;
import dev.muster.wamp.Message.Unregister;
import dev.muster.wamp.Message.Unregistered;
import dev.muster.wamp.Message.Unsubscribe;
import dev.muster.wamp.Message.Unsubscribed;
import dev.muster.wamp.Message.Welcome;
import dev.muster.wamp.Message.Yield;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages as lists whose first member says what they are (WAMP §6.5). */
final class WireForm {

    static final int PUBLISH = 16;
    static final int SUBSCRIBE = 32;
    static final int UNSUBSCRIBE = 34;
    static final int CALL = 48;
    static final int REGISTER = 64;
    static final int UNREGISTER = 66;
    static final int INVOCATION = 68;

    private WireForm() {}

    /**
     * Reads what came, from either side.
     *
     * @throws ProtocolViolation when it is no message
     */
    static Message read(List<@Nullable Object> list) {
        Fields fields = new Fields(list);
        int code = fields.code();
        return switch (code) {
            case 1 -> new Hello(fields.exactly(3).text(1), fields.map(2));
            case 2 -> new Welcome(fields.exactly(3).id(1), fields.map(2));
            case 3 -> new Abort(fields.between(3, 5).map(1), fields.text(2));
            case 4 -> new Challenge(fields.exactly(3).text(1), fields.map(2));
            case 5 -> new Authenticate(fields.exactly(3).text(1), fields.map(2));
            case 6 -> new Goodbye(fields.between(3, 5).map(1), fields.text(2));
            case 8 -> {
                fields.between(5, 7);
                yield new Failed(fields.small(1), fields.id(2), fields.map(3), fields.text(4), fields.payload(5));
            }
            case PUBLISH -> new Publish(fields.between(4, 6).id(1), fields.map(2), fields.text(3), fields.payload(4));
            case 17 -> new Published(fields.exactly(3).id(1), fields.id(2));
            case SUBSCRIBE -> new Subscribe(fields.exactly(4).id(1), fields.map(2), fields.text(3));
            case 33 -> new Subscribed(fields.exactly(3).id(1), fields.id(2));
            case UNSUBSCRIBE -> new Unsubscribe(fields.between(3, 4).id(1), fields.id(2));
            case 35 -> new Unsubscribed(fields.between(2, 3).id(1));
            case 36 -> new Event(fields.between(4, 6).id(1), fields.id(2), fields.map(3), fields.payload(4));
            case CALL -> new Call(fields.between(4, 6).id(1), fields.map(2), fields.text(3), fields.payload(4));
            case 49 -> new Cancel(fields.exactly(3).id(1), fields.map(2));
            case 50 -> new Result(fields.between(3, 5).id(1), fields.map(2), fields.payload(3));
            case REGISTER -> new Register(fields.exactly(4).id(1), fields.map(2), fields.text(3));
            case 65 -> new Registered(fields.exactly(3).id(1), fields.id(2));
            case UNREGISTER -> new Unregister(fields.between(3, 4).id(1), fields.id(2));
            case 67 -> new Unregistered(fields.between(2, 3).idOrZero(1), fields.mapIfThere(2));
            case INVOCATION ->
                new Invocation(fields.between(4, 6).id(1), fields.id(2), fields.map(3), fields.payload(4));
            case 69 -> new Interrupt(fields.exactly(3).id(1), fields.map(2));
            case 70 -> new Yield(fields.between(3, 5).id(1), fields.map(2), fields.payload(3));
            default -> throw new ProtocolViolation("There is no message of type " + code + ".");
        };
    }

    /** What goes over the wire. */
    static List<@Nullable Object> of(Message message) {
        return switch (message) {
            case Hello it -> list(1, it.realm(), it.details());
            case Welcome it -> list(2, it.session(), it.details());
            case Abort it -> list(3, it.details(), it.reason());
            case Challenge it -> list(4, it.method(), it.extra());
            case Authenticate it -> list(5, it.signature(), it.extra());
            case Goodbye it -> list(6, it.details(), it.reason());
            case Failed it -> with(it.payload(), 8, it.type(), it.request(), it.details(), it.uri());
            case Publish it -> with(it.payload(), PUBLISH, it.request(), it.options(), it.topic());
            case Published it -> list(17, it.request(), it.publication());
            case Subscribe it -> list(SUBSCRIBE, it.request(), it.options(), it.topic());
            case Subscribed it -> list(33, it.request(), it.subscription());
            case Unsubscribe it -> list(UNSUBSCRIBE, it.request(), it.subscription());
            case Unsubscribed it -> list(35, it.request());
            case Event it -> with(it.payload(), 36, it.subscription(), it.publication(), it.details());
            case Call it -> with(it.payload(), CALL, it.request(), it.options(), it.procedure());
            case Cancel it -> list(49, it.request(), it.options());
            case Result it -> with(it.payload(), 50, it.request(), it.details());
            case Register it -> list(REGISTER, it.request(), it.options(), it.procedure());
            case Registered it -> list(65, it.request(), it.registration());
            case Unregister it -> list(UNREGISTER, it.request(), it.registration());
            case Unregistered it ->
                it.details().isEmpty() ? list(67, it.request()) : list(67, it.request(), it.details());
            case Invocation it -> with(it.payload(), INVOCATION, it.request(), it.registration(), it.details());
            case Interrupt it -> list(69, it.request(), it.options());
            case Yield it -> with(it.payload(), 70, it.request(), it.options());
        };
    }

    private static List<@Nullable Object> list(Object... fields) {
        return new ArrayList<>(List.of(fields));
    }

    private static List<@Nullable Object> with(Payload payload, Object... fields) {
        List<@Nullable Object> list = list(fields);
        Map<String, @Nullable Object> kwargs = payload.kwargs();
        if (payload.args() != null || kwargs != null) {
            list.add(payload.list());
        }
        if (kwargs != null) {
            list.add(kwargs);
        }
        return list;
    }
}
