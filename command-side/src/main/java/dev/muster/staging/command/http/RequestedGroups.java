package dev.muster.staging.command.http;

import dev.muster.kernel.Given;
import dev.muster.kernel.RefusalCode;
import dev.muster.staging.Group;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups as operators ask for them, made into a plan. */
public final class RequestedGroups {

    private static final double SUCCESS_PERCENT_DEFAULT = 80;
    private static final double ERROR_PERCENT_DEFAULT = 20;

    private RequestedGroups() {}

    /**
     * @param groups one by one; or null for
     * @param count that many of equal share, null for one
     * @param successPercent threshold of groups that name none, null for the default
     * @param errorPercent threshold of groups that name none, null for the default
     * @param invalid says no to a count that is out of bounds
     */
    public static List<Group> of(
            @Nullable List<GroupRequest> groups,
            @Nullable Integer count,
            @Nullable Double successPercent,
            @Nullable Double errorPercent,
            RefusalCode invalid) {
        double success = successPercent == null ? SUCCESS_PERCENT_DEFAULT : successPercent;
        double error = errorPercent == null ? ERROR_PERCENT_DEFAULT : errorPercent;
        List<Group> all = new ArrayList<>();
        if (groups != null) {
            for (GroupRequest each : groups) {
                all.add(new Group(
                        each.name() == null ? nameOf(all.size() + 1) : each.name(),
                        percent(each),
                        each.successPercent() == null ? success : each.successPercent(),
                        each.errorPercent() == null ? error : each.errorPercent(),
                        each.count(),
                        each.filter(),
                        each.pauseAfter()));
            }
            return all;
        }
        int number = count == null ? 1 : count;
        if (number < 1 || number > Group.COUNT_MAX) {
            throw invalid.because("groupCount is 1 to " + Group.COUNT_MAX + ".");
        }
        for (int i = 1; i <= number; i++) {
            all.add(new Group(nameOf(i), 100.0 / number, success, error, null, null));
        }
        return all;
    }

    /** A count stands instead of it; a filter alone means all that it hits. */
    private static double percent(GroupRequest group) {
        if (group.percent() != null) {
            return group.percent();
        }
        if (group.count() != null) {
            return 0;
        }
        return group.filter() != null ? 100 : Given.required(group.percent(), "groups.percent");
    }

    private static String nameOf(int number) {
        return "group-" + number;
    }
}
