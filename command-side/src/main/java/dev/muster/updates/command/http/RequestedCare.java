package dev.muster.updates.command.http;

import dev.muster.kernel.Given;
import dev.muster.staging.GroupDefaults;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Joining;
import dev.muster.updates.RolloutPolicy.Rate;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.command.http.RolloutRequest.JoiningRequest;
import dev.muster.updates.command.http.RolloutRequest.RateRequest;
import dev.muster.updates.command.http.RolloutRequest.RetryRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The care that an operator asks for, made into a policy; its limits are the rollout's own to check. */
final class RequestedCare {

    private static final int RETRIES_DEFAULT = 1;
    private static final Duration RETRY_AFTER_DEFAULT = Duration.ofMinutes(10);
    private static final double RETRY_FACTOR_DEFAULT = 2;
    private static final int JOINING_SIZE_DEFAULT = 100;

    private RequestedCare() {}

    /** Null when nothing is asked for, as in plans from before there was any. */
    static @Nullable RolloutPolicy of(RolloutRequest request, boolean approval) {
        RolloutPolicy care = new RolloutPolicy(
                approval,
                rate(request.rate()),
                retry(request.retry()),
                request.healthyWithin(),
                joining(request),
                request.rollback(),
                null);
        return care.equals(RolloutPolicy.NONE) ? null : care;
    }

    private static @Nullable Rate rate(@Nullable RateRequest rate) {
        return rate == null
                ? null
                : new Rate(Given.required(rate.perMinute(), "rate.perMinute"), rate.growth(), rate.perMinuteMax());
    }

    private static @Nullable Retry retry(@Nullable RetryRequest retry) {
        return retry == null
                ? null
                : new Retry(
                        retry.times() == null ? RETRIES_DEFAULT : retry.times(),
                        retry.after() == null ? RETRY_AFTER_DEFAULT : retry.after(),
                        retry.factor() == null ? RETRY_FACTOR_DEFAULT : retry.factor());
    }

    private static @Nullable Joining joining(RolloutRequest request) {
        JoiningRequest joining = request.joining();
        if (joining == null) {
            return null;
        }
        return new Joining(
                joining.groupSize() == null ? JOINING_SIZE_DEFAULT : joining.groupSize(),
                first(joining.successPercent(), request.successPercent(), GroupDefaults.SUCCESS_PERCENT),
                first(joining.errorPercent(), request.errorPercent(), GroupDefaults.ERROR_PERCENT));
    }

    private static double first(@Nullable Double own, @Nullable Double ofAll, double otherwise) {
        if (own != null) {
            return own;
        }
        return ofAll != null ? ofAll : otherwise;
    }
}
