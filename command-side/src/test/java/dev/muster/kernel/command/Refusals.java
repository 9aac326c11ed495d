package dev.muster.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.muster.kernel.Refusal;
import dev.muster.kernel.RefusalCode;
import dev.muster.kernel.Refused;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.axonframework.test.aggregate.ResultValidator;

/** Saying in a test that something is refused, and how. */
public final class Refusals {

    private Refusals() {}

    public static Refusal assertRefused(RefusalCode code, ThrowingCallable work) {
        Throwable thrown = catchThrowable(work);
        assertThat(Refused.in(thrown)).as("a refusal, not %s", thrown).hasValueSatisfying(it -> assertThat(it.code())
                .isEqualTo(code.code()));
        return Refused.in(thrown).orElseThrow();
    }

    public static void refused(ResultValidator<?> result, RefusalCode code) {
        result.expectNoEvents();
        result.expectException(new org.hamcrest.CustomMatcher<Throwable>("refusal " + code.code()) {
            @Override
            public boolean matches(Object thrown) {
                return Refused.in((Throwable) thrown)
                        .filter(refusal -> refusal.code().equals(code.code()))
                        .isPresent();
            }
        });
    }
}
