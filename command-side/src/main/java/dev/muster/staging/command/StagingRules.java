package dev.muster.staging.command;

import dev.muster.kernel.RefusalCode;
import dev.muster.staging.Group;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every plan of groups must look like. */
public final class StagingRules {

    /** Characters of a name. */
    static final int NAME_LENGTH_MAX = 255;

    /** Shares that were worked out, such as thirds, add up to a little more. */
    private static final double PERCENT_SUM_MAX = 100.001;

    /** A timer must be able to reach it: one that cannot be set would be tried again for ever. */
    static final Duration TIMEOUT_MAX = Duration.ofDays(3_650);

    private static final Instant TIME_MAX = Instant.parse("9999-12-31T23:59:59Z");

    private StagingRules() {}

    /** @param startAt when it shall start by itself, which may have been; null for not at all */
    public static void checkStart(@Nullable Instant startAt, RefusalCode invalid) {
        if (startAt != null && (startAt.isBefore(Instant.EPOCH) || startAt.isAfter(TIME_MAX))) {
            throw invalid.because("A rollout starts between the years 1970 and 9999.");
        }
    }

    /** @param invalid says no when something is wrong */
    public static void check(String name, List<Group> groups, @Nullable Duration timeout, RefusalCode invalid) {
        if (!isName(name)) {
            throw invalid.because("A rollout's name has 1 to " + NAME_LENGTH_MAX + " characters.");
        }
        if (groups.isEmpty() || groups.size() > Group.COUNT_MAX) {
            throw invalid.because("A rollout has 1 to " + Group.COUNT_MAX + " groups.");
        }
        double sum = 0;
        for (Group group : groups) {
            check(group, invalid);
            sum += group.percent();
        }
        if (sum > PERCENT_SUM_MAX) {
            throw invalid.because("The groups' shares add up to " + sum + " percent.");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero() || timeout.compareTo(TIMEOUT_MAX) > 0)) {
            throw invalid.because("A time-out is longer than nothing, and at most " + TIMEOUT_MAX.toDays() + " days.");
        }
    }

    private static void check(Group group, RefusalCode invalid) {
        if (!isName(group.name())) {
            throw invalid.because("A group's name has 1 to " + NAME_LENGTH_MAX + " characters.");
        }
        if (!(group.percent() > 0 && group.percent() <= 100)) {
            throw invalid.because("A group's share is above 0 and at most 100 percent.");
        }
        if (!isShare(group.successPercent()) || !isShare(group.errorPercent())) {
            throw invalid.because("Thresholds are 0 to 100 percent.");
        }
    }

    private static boolean isName(String name) {
        return !name.isBlank() && name.length() <= NAME_LENGTH_MAX;
    }

    private static boolean isShare(double percent) {
        return percent >= 0 && percent <= 100;
    }
}
