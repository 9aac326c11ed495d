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
    public static final int NAME_LENGTH_MAX = 255;

    /** Characters of a filter. */
    static final int FILTER_LENGTH_MAX = 4_096;

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
        for (Group group : groups) {
            if (group.filter() != null) {
                throw invalid.because("Groups of this rollout have no filters of their own.");
            }
        }
        checkFiltered(name, groups, timeout, invalid);
    }

    /** The same for groups that may have filters; whether these can be read is checked where they are compiled. */
    public static void checkFiltered(String name, List<Group> groups, @Nullable Duration timeout, RefusalCode invalid) {
        if (!isName(name)) {
            throw invalid.because("A rollout's name has 1 to " + NAME_LENGTH_MAX + " characters.");
        }
        if (groups.isEmpty() || groups.size() > Group.COUNT_MAX) {
            throw invalid.because("A rollout has 1 to " + Group.COUNT_MAX + " groups.");
        }
        double sum = 0;
        for (Group group : groups) {
            check(group, invalid);
            sum += group.filter() == null ? group.percent() : 0;
        }
        if (sum > PERCENT_SUM_MAX) {
            throw invalid.because("The groups' shares add up to " + sum + " percent.");
        }
        checkTimeout(timeout, invalid);
    }

    /** @param timeout silence after which something counts as failed; null for never */
    public static void checkTimeout(@Nullable Duration timeout, RefusalCode invalid) {
        if (timeout != null && (timeout.isNegative() || timeout.isZero() || timeout.compareTo(TIMEOUT_MAX) > 0)) {
            throw invalid.because("A time-out is longer than nothing, and at most " + TIMEOUT_MAX.toDays() + " days.");
        }
    }

    private static void check(Group group, RefusalCode invalid) {
        if (!isName(group.name())) {
            throw invalid.because("A group's name has 1 to " + NAME_LENGTH_MAX + " characters.");
        }
        Integer count = group.count();
        if (count == null && !(group.percent() > 0 && group.percent() <= 100)) {
            throw invalid.because("A group's share is above 0 and at most 100 percent.");
        }
        if (count != null && (count < 1 || group.percent() != 0)) {
            throw invalid.because("A group has a share (percent) or a count of 1 or more, not both.");
        }
        String filter = group.filter();
        if (filter != null && (filter.isBlank() || filter.length() > FILTER_LENGTH_MAX)) {
            throw invalid.because("A group's filter has 1 to " + FILTER_LENGTH_MAX + " characters.");
        }
        checkThresholds(group.successPercent(), group.errorPercent(), invalid);
    }

    /** @param invalid says no when one of them is no percentage */
    public static void checkThresholds(double successPercent, double errorPercent, RefusalCode invalid) {
        if (!isShare(successPercent) || !isShare(errorPercent)) {
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
