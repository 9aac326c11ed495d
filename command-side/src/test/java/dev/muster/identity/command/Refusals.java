package dev.muster.identity.command;

import dev.muster.kernel.RefusalCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Saying in a test that something is refused, and how. */
final class Refusals {

    private Refusals() {}

    static void assertRefused(RefusalCode code, ThrowingCallable work) {
        dev.muster.kernel.command.Refusals.assertRefused(code, work);
    }
}
