package dev.muster.updates.query;

import dev.muster.staging.Group;
import dev.muster.updates.MaintenanceWindow;
import dev.muster.updates.RolloutPlan;
import dev.muster.updates.RolloutPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A rollout's plan in words, part by part, for reports and comparisons. What the plan does not say is left out. */
final class PlanWords {

    private PlanWords() {}

    /** By the parts' names in the API, in the order people read them. */
    static Map<String, String> of(RolloutPlan plan) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("release", plan.release().name() + " " + plan.release().version());
        words.put("filter", plan.filter());
        words.put("groups", plan.groups().stream().map(PlanWords::group).collect(Collectors.joining("; ")));
        words.put("type", Field.kebab(plan.type()));
        if (plan.forcedAt() != null) {
            words.put("forcedAt", plan.forcedAt().toString());
        }
        if (plan.weight() != null) {
            words.put("weight", plan.weight().toString());
        }
        if (plan.window() != null) {
            words.put("window", window(plan.window()));
        }
        words.put("confirm", plan.confirm() ? "people at the devices must agree" : "nobody need agree at the device");
        if (plan.startAt() != null) {
            words.put("startAt", plan.startAt().toString());
        }
        words.put("timeout", plan.timeout() == null ? "none" : duration(plan.timeout()));
        care(words, plan.care());
        return words;
    }

    private static void care(Map<String, String> words, RolloutPolicy care) {
        words.put("policy.approval", care.approval() ? "a second person must agree" : "not asked for");
        if (care.rate() != null) {
            words.put("policy.rate", rate(care.rate()));
        }
        if (care.retry() != null) {
            words.put("policy.retry", retry(care.retry()));
        }
        if (care.healthyWithin() != null) {
            words.put("policy.healthyWithin", "proof of health within " + duration(care.healthyWithin()));
        }
        if (care.joining() != null) {
            words.put(
                    "policy.joining",
                    "who matches later joins in groups of " + care.joining().groupSize());
        }
        if (care.rollback() != null) {
            words.put("policy.rollback", rollback(care.rollback()));
        }
        if (care.retryOf() != null) {
            words.put("policy.retryOf", "those that failed in " + care.retryOf());
        }
    }

    static String group(Group group) {
        String share = group.count() == null ? number(group.percent()) + " %" : group.count() + " devices";
        String whose = group.filter() == null ? "" : " of " + group.filter();
        return group.name() + ": " + share + whose + ", the next after " + number(group.successPercent())
                + " % succeeded" + (group.pausesAfter() ? " and a person has looked" : "") + ", stop above "
                + number(group.errorPercent()) + " % failed";
    }

    private static String window(MaintenanceWindow window) {
        return window.schedule() + " " + window.zone() + ", open for " + duration(window.duration());
    }

    private static String rate(RolloutPolicy.Rate rate) {
        String growth = rate.growth() == null || rate.growth() == 1 ? "" : ", times " + number(rate.growth()) + " each";
        String most = rate.perMinuteMax() == null ? "" : ", at most " + rate.perMinuteMax();
        return rate.perMinute() + " devices a minute" + growth + most;
    }

    private static String retry(RolloutPolicy.Retry retry) {
        String factor = retry.factor() == 1 ? "" : ", each wait times " + number(retry.factor());
        return "up to " + retry.times() + " more tries, the first after " + duration(retry.after()) + factor;
    }

    private static String rollback(RolloutPolicy.Rollback rollback) {
        return switch (rollback) {
            case FAILED -> "failed devices get back what they had when too many fail";
            case ALL -> "all devices get back what they had when too many fail";
        };
    }

    /** {@code PT1H30M} as {@code 1h30m}. */
    static String duration(Duration duration) {
        return duration.toString().substring(2).toLowerCase(Locale.ROOT);
    }

    static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
