package dev.muster.updates.command;

import dev.muster.staging.command.StagingRules;
import dev.muster.updates.ActionType;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import dev.muster.updates.RolloutPolicy.Joining;
import dev.muster.updates.RolloutPolicy.Rate;
import dev.muster.updates.RolloutPolicy.Retry;
import dev.muster.updates.UpdatesRefusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a rollout plan must look like. */
final class RolloutRules {

    private static final double FACTOR_MAX = 10;
    private static final int RETRIES_MAX = 10;
    private static final int JOINING_SIZE_MAX = 100_000;
    private static final int REMARK_LENGTH_MAX = 1_000;
    private static final Duration WAIT_MIN = Duration.ofSeconds(1);
    private static final Duration WAIT_MAX = Duration.ofDays(30);

    private RolloutRules() {}

    static void check(RolloutPlan plan) {
        StagingRules.checkFiltered(plan.name(), plan.groups(), plan.timeout(), UpdatesRefusal.ROLLOUT_INVALID);
        StagingRules.checkStart(plan.startAt(), UpdatesRefusal.ROLLOUT_INVALID);
        if (plan.weight() != null && (plan.weight() < 0 || plan.weight() > AssignmentDecision.WEIGHT_MAX)) {
            throw invalid("A weight is 0 to " + AssignmentDecision.WEIGHT_MAX + ".");
        }
        if (plan.type() == ActionType.TIME_FORCED && plan.forcedAt() == null) {
            throw invalid("A time-forced rollout says when it becomes forced (forcedAt).");
        }
        RolloutPolicy care = plan.care();
        checkRate(care.rate());
        checkRetry(care.retry());
        checkJoining(care.joining());
        Duration healthyWithin = care.healthyWithin();
        if (healthyWithin != null) {
            if (plan.type() == ActionType.DOWNLOAD_ONLY) {
                throw invalid("What is only downloaded proves no health (healthyWithin).");
            }
            onlySensible("healthyWithin", healthyWithin);
        }
    }

    static void checkRemark(@Nullable String remark) {
        if (remark != null && remark.length() > REMARK_LENGTH_MAX) {
            throw invalid("A remark has at most " + REMARK_LENGTH_MAX + " characters.");
        }
    }

    private static void checkRate(@Nullable Rate rate) {
        if (rate == null) {
            return;
        }
        if (rate.perMinute() < 1 || rate.perMinute() > Rate.PER_MINUTE_MAX) {
            throw invalid("rate.perMinute is 1 to " + Rate.PER_MINUTE_MAX + ".");
        }
        if (rate.growth() != null && !isFactor(rate.growth())) {
            throw invalid("rate.growth is 1 to 10.");
        }
        Integer most = rate.perMinuteMax();
        if (most != null && (most < rate.perMinute() || most > Rate.PER_MINUTE_MAX)) {
            throw invalid("rate.perMinuteMax is perMinute to " + Rate.PER_MINUTE_MAX + ".");
        }
    }

    private static void checkRetry(@Nullable Retry retry) {
        if (retry == null) {
            return;
        }
        if (retry.times() < 1 || retry.times() > RETRIES_MAX) {
            throw invalid("retry.times is 1 to " + RETRIES_MAX + ".");
        }
        if (!isFactor(retry.factor())) {
            throw invalid("retry.factor is 1 to 10.");
        }
        onlySensible("retry.after", retry.after());
    }

    private static void checkJoining(@Nullable Joining joining) {
        if (joining == null) {
            return;
        }
        if (joining.groupSize() < 1 || joining.groupSize() > JOINING_SIZE_MAX) {
            throw invalid("joining.groupSize is 1 to " + JOINING_SIZE_MAX + ".");
        }
        StagingRules.checkThresholds(joining.successPercent(), joining.errorPercent(), UpdatesRefusal.ROLLOUT_INVALID);
    }

    private static boolean isFactor(double factor) {
        return factor >= 1 && factor <= FACTOR_MAX;
    }

    private static void onlySensible(String member, Duration wait) {
        if (wait.compareTo(WAIT_MIN) < 0 || wait.compareTo(WAIT_MAX) > 0) {
            throw invalid(member + " is 1 second to " + WAIT_MAX.toDays() + " days.");
        }
    }

    private static RuntimeException invalid(String why) {
        return UpdatesRefusal.ROLLOUT_INVALID.because(why);
    }
}
