package dev.muster.apps.reagent;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.Refused;
import dev.muster.wamp.Payload;
import dev.muster.wamp.WampFailure;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers to agents. An empty list where one argument is expected crashes them, so an answer has one argument or no
 * list at all; and what cannot be answered is an error in any case.
 */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    /** An answer of one argument, which may be null. */
    static Payload of(@Nullable Object value) {
        return Payload.answer(value);
    }

    static WampFailure invalid(String text) {
        return new WampFailure(WampFailure.INVALID_ARGUMENT, text);
    }

    static WampFailure notYours(String text) {
        return new WampFailure(WampFailure.NOT_AUTHORIZED, text);
    }

    static WampFailure later(String text) {
        return new WampFailure(WampFailure.UNAVAILABLE, text);
    }

    /** What an agent is told of a failure: why, where that is meant to be told. */
    static WampFailure told(String procedure, Throwable failure) {
        if (failure instanceof WampFailure told) {
            return told;
        }
        Refusal refusal = Refused.in(failure).orElse(null);
        if (refusal != null) {
            return new WampFailure(
                    refusal.kind() == Refusal.Kind.UNAVAILABLE ? WampFailure.UNAVAILABLE : WampFailure.RUNTIME_ERROR,
                    refusal.message());
        }
        if (failure instanceof TimeoutException) {
            LOG.warn("{} was not answered in time", procedure);
            return later("This could not be answered in time; try again.");
        }
        LOG.error("{} could not be answered", procedure, failure);
        return new WampFailure(WampFailure.RUNTIME_ERROR, "This could not be answered.");
    }

    /** Whether it is no fault of whoever asked, and may be gone in a moment. */
    static boolean isPassing(Throwable failure) {
        return failure instanceof TimeoutException
                || Refused.in(failure)
                        .map(refusal -> refusal.kind() == Refusal.Kind.UNAVAILABLE)
                        .orElse(!(failure instanceof WampFailure));
    }
}
