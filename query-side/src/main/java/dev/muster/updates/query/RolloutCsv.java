package dev.muster.updates.query;

import dev.muster.updates.RolloutView;
import dev.muster.updates.query.RolloutDevices.Member;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout's devices as CSV (RFC 4180): one line each. Devices choose some of the text; a cell that a spreadsheet would
 * take for a formula begins with an apostrophe, so it is text there.
 */
public final class RolloutCsv {

    /** The columns' names, with the line's end. */
    public static final String HEADER =
            "device,name,group,group name,status,attempts,action,action status,offered at,changed at,code,message\r\n";

    private static final String FORMULA = "=+-@\t\r";

    private final RolloutView rollout;

    public RolloutCsv(RolloutView rollout) {
        this.rollout = rollout;
    }

    /** The lines of some devices. */
    public String lines(List<Member> members) {
        StringBuilder lines = new StringBuilder(members.size() * 120);
        for (Member each : members) {
            cell(lines, each.id().value(), ',');
            cell(lines, each.name(), ',');
            cell(lines, Integer.toString(each.group()), ',');
            cell(lines, groupName(each.group()), ',');
            cell(lines, Field.kebab(each.status()), ',');
            cell(lines, attempts(each), ',');
            cell(lines, text(each.action()), ',');
            cell(lines, each.actionStatus() == null ? null : Field.kebab(each.actionStatus()), ',');
            cell(lines, text(each.offeredAt()), ',');
            cell(lines, text(each.changedAt()), ',');
            cell(lines, text(each.code()), ',');
            cell(lines, each.message(), '\r');
            lines.append('\n');
        }
        return lines.toString();
    }

    private static String attempts(Member member) {
        Integer attempt = member.attempt();
        return member.action() == null ? "0" : attempt == null ? "1" : attempt.toString();
    }

    private @Nullable String groupName(int index) {
        int place = rollout.placeOf(index);
        return place < 0 ? null : rollout.groups().get(place).name();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static void cell(StringBuilder line, @Nullable String text, char end) {
        if (text != null && !text.isEmpty()) {
            boolean formula = FORMULA.indexOf(text.charAt(0)) >= 0;
            boolean quoted = formula || text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
            if (quoted) {
                line.append('"');
            }
            if (formula) {
                line.append('\'');
            }
            line.append(quoted ? text.replace("\"", "\"\"") : text);
            if (quoted) {
                line.append('"');
            }
        }
        line.append(end);
    }
}
