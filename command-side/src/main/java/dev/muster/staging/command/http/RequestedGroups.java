package dev.muster.staging.command.http;

import dev.muster.kernel.RefusalCode;
import dev.muster.staging.Group;
import dev.muster.staging.GroupDefaults;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Groups as operators ask for them, made into a plan. */
public final class RequestedGroups {

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
        double success = successPercent == null ? GroupDefaults.SUCCESS_PERCENT : successPercent;
        double error = errorPercent == null ? GroupDefaults.ERROR_PERCENT : errorPercent;
        List<Group> all = new ArrayList<>();
        if (groups != null) {
            for (GroupRequest each : groups) {
                all.add(new Group(
                        GroupDefaults.name(each.name(), all.size() + 1),
                        GroupDefaults.percent(each.percent(), each.count(), each.filter()),
                        each.successPercent() == null ? success : each.successPercent(),
                        each.errorPercent() == null ? error : each.errorPercent(),
                        each.count(),
                        each.filter(),
                        each.pauseAfter()));
            }
            return all;
        }
        int number = GroupDefaults.count(count, invalid);
        for (int i = 1; i <= number; i++) {
            all.add(new Group(GroupDefaults.name(null, i), 100.0 / number, success, error, null, null));
        }
        return all;
    }
}
