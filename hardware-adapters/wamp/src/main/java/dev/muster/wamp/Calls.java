package dev.muster.wamp;

import dev.muster.wamp.Authorizer.Action;
import dev.muster.wamp.Message.Call;
import dev.muster.wamp.Message.Cancel;
import dev.muster.wamp.Message.Failed;
import dev.muster.wamp.Message.Interrupt;
import dev.muster.wamp.Message.Invocation;
import dev.muster.wamp.Message.Result;
import dev.muster.wamp.Message.Yield;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls in one realm: each is answered once, whatever becomes of its callee. The caller is always disclosed, as
 * agents look at who asks and have no way to ask for that. On the router's thread alone.
 */
final class Calls {

    private static final Duration TIMEOUT_MAX = Duration.ofDays(1);

    private final House house;
    private final Dealer dealer;
    private final MetaProcedures procedures;

    Calls(House house, Dealer dealer, MetaProcedures procedures) {
        this.house = house;
        this.dealer = dealer;
        this.procedures = procedures;
    }

    void call(Session caller, Call wish) {
        Ongoing begun = caller.made.get(wish.request());
        if (begun != null) {
            more(begun, wish);
            return;
        }
        if (wish.request() <= caller.lastInPieces) {
            // One more piece for a call that is over; its caller knows that by now.
            return;
        }
        house.metrics().calls.increment();
        String uri = wish.procedure();
        if (!Uris.isUri(uri)) {
            throw new WampFailure(WampFailure.INVALID_URI, Payload.NONE);
        }
        house.allow(caller, Action.CALL, uri, Match.EXACT);
        if (Uris.isReserved(uri)) {
            caller.say(new Result(wish.request(), Map.of(), procedures.call(caller, uri, wish.payload())));
        } else {
            invoke(caller, wish);
        }
    }

    private void invoke(Session caller, Call wish) {
        Map<String, @Nullable Object> options = wish.options();
        long timeout = Math.min(Options.number(options, "timeout"), TIMEOUT_MAX.toMillis());
        boolean takesProgress = Options.flag(options, "receive_progress", false);
        boolean isInPieces = Options.flag(options, "progress", false);
        Registration registration = dealer.patterns.closest(wish.procedure());
        if (registration == null) {
            throw new WampFailure(WampFailure.NO_SUCH_PROCEDURE, "Nobody answers for " + wish.procedure() + ".");
        }
        RouterSettings settings = house.settings();
        if (caller.made.size() >= (caller.isLocal ? settings.localCallsMax() : settings.callsMax())) {
            throw new WampFailure(WampFailure.UNAVAILABLE, "Too many calls of this session are under way.");
        }
        Session callee = registration.next(house.chance(), settings.callsMax(), settings.localCallsMax());
        if (callee == null) {
            throw new WampFailure(WampFailure.UNAVAILABLE, "Too many calls to this procedure are under way.");
        }
        if (isInPieces && !callee.features.takesProgress()) {
            throw new WampFailure(
                    WampFailure.INVALID_ARGUMENT, "This procedure does not take its arguments in pieces.");
        }
        Ongoing ongoing = new Ongoing(
                caller, wish.request(), callee, callee.nextInvocation(), registration, takesProgress, isInPieces);
        if (!callee.tell(invocation(ongoing, wish, timeout))) {
            throw new WampFailure(WampFailure.UNAVAILABLE, "Whoever answers for this does not take more calls.");
        }
        ongoing.begins();
        if (isInPieces) {
            caller.lastInPieces = Math.max(caller.lastInPieces, wish.request());
        }
        if (timeout > 0) {
            ongoing.timer = house.after(Duration.ofMillis(timeout), () -> timedOut(ongoing));
        }
    }

    private static Outgoing invocation(Ongoing ongoing, Call wish, long timeout) {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (ongoing.registration.match != Match.EXACT) {
            details.put("procedure", wish.procedure());
        }
        ongoing.caller.disclose(details, "caller");
        if (timeout > 0) {
            details.put("timeout", timeout);
        }
        if (ongoing.takesProgress) {
            details.put("receive_progress", true);
        }
        if (ongoing.isInPieces) {
            details.put("progress", true);
        }
        Options.passThrough(wish.options(), details);
        return new Outgoing(new Invocation(ongoing.invocation, ongoing.registration.id, details, wish.payload()));
    }

    /** One more piece of the arguments of a call. */
    private void more(Ongoing begun, Call wish) {
        if (!begun.isInPieces) {
            throw new ProtocolViolation("There is a call with this number already.");
        }
        begun.isInPieces = Options.flag(wish.options(), "progress", false);
        if (!begun.callee.tell(invocation(begun, wish, 0))) {
            begun.ends();
            interrupt(begun, "killnowait", WampFailure.CANCELED);
            throw new WampFailure(WampFailure.UNAVAILABLE, "Whoever answers for this does not take more of it.");
        }
    }

    private void timedOut(Ongoing ongoing) {
        if (ongoing.caller.made.get(ongoing.request) == ongoing) {
            ongoing.ends();
            interrupt(ongoing, "killnowait", WampFailure.TIMEOUT);
            ongoing.caller.refuse(WireForm.CALL, ongoing.request, WampFailure.TIMEOUT);
        }
    }

    void cancel(Session caller, Cancel wish) {
        Ongoing ongoing = caller.made.get(wish.request());
        if (ongoing == null) {
            // It was answered meanwhile.
            return;
        }
        Object mode = wish.options().getOrDefault("mode", "killnowait");
        boolean canWait = ongoing.callee.features.cancels();
        if ("kill".equals(mode) && canWait) {
            interrupt(ongoing, "kill", WampFailure.CANCELED);
            return;
        }
        ongoing.ends();
        if (!"skip".equals(mode)) {
            interrupt(ongoing, "killnowait", WampFailure.CANCELED);
        }
        caller.refuse(WireForm.CALL, ongoing.request, WampFailure.CANCELED);
    }

    private static void interrupt(Ongoing ongoing, String mode, String reason) {
        if (ongoing.callee.features.cancels()) {
            Map<String, @Nullable Object> options = new LinkedHashMap<>();
            options.put("mode", mode);
            options.put("reason", reason);
            ongoing.callee.tell(new Outgoing(new Interrupt(ongoing.invocation, options)));
        }
    }

    void yielded(Session callee, Yield answer) {
        Ongoing ongoing = asked(callee, answer.request());
        if (ongoing == null) {
            return;
        }
        boolean isPart = Boolean.TRUE.equals(answer.options().get("progress"));
        if (isPart && !ongoing.takesProgress) {
            return;
        }
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (isPart) {
            details.put("progress", true);
        } else {
            ongoing.ends();
        }
        Options.passThrough(answer.options(), details);
        ongoing.caller.say(new Result(ongoing.request, details, answer.payload()));
    }

    void failed(Session callee, Failed answer) {
        if (answer.type() != WireForm.INVOCATION) {
            throw new ProtocolViolation("There is no ERROR for messages of type " + answer.type() + " from a client.");
        }
        Ongoing ongoing = asked(callee, answer.request());
        if (ongoing == null) {
            return;
        }
        ongoing.ends();
        String uri = Uris.isUri(answer.uri()) ? answer.uri() : WampFailure.RUNTIME_ERROR;
        ongoing.caller.say(new Failed(WireForm.CALL, ongoing.request, Map.of(), uri, answer.payload()));
    }

    /** The call that is answered; null when it is over already, and its answer was on the way. */
    private static @Nullable Ongoing asked(Session callee, long invocation) {
        Ongoing ongoing = callee.taken.get(invocation);
        if (ongoing == null && !callee.wasAsked(invocation)) {
            throw new ProtocolViolation("An answer to something that was never asked.");
        }
        return ongoing;
    }

    /** The session is gone: what it called is of no use, and what it was called for has no answer. */
    void leave(Session session) {
        for (Ongoing ongoing : new ArrayList<>(session.made.values())) {
            ongoing.ends();
            interrupt(ongoing, "killnowait", WampFailure.CANCELED);
        }
        for (Ongoing ongoing : new ArrayList<>(session.taken.values())) {
            ongoing.ends();
            ongoing.caller.refuse(
                    WireForm.CALL,
                    ongoing.request,
                    new WampFailure(WampFailure.CANCELED, "Whoever was to answer is gone."));
        }
    }
}
