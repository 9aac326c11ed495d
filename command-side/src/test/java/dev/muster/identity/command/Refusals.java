package dev.muster.identity.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Saying in a test that something is refused, and how. */
final class Refusals {

    private Refusals() {}

    static void assertRefused(RefusalCode code, ThrowingCallable work) {
        Throwable thrown = catchThrowable(work);
        assertThat(Refused.in(thrown)).as("a refusal, not %s", thrown).hasValueSatisfying(it -> assertThat(it.code())
                .isEqualTo(code.code()));
    }
}
