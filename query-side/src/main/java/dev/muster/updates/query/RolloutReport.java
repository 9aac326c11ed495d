package dev.muster.updates.query;

import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.Decision;
import dev.muster.updates.RolloutView.Reason;
import dev.muster.updates.RolloutView.Rollback;
import dev.muster.updates.query.RolloutComparison.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as one page of HTML to print and keep: plan, decisions, what happened, groups, reasons, the plot. It needs
 * nothing beside itself, runs nothing, and shows whatever people or devices wrote as text.
 */
public final class RolloutReport {

    private static final String STYLE = """
            @page{size:A4;margin:16mm}
            body{font:11pt/1.45 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:178mm;margin:8mm auto}
            h1{font-size:18pt;margin:0}h2{font-size:12pt;margin:7mm 0 2mm;break-after:avoid}
            p{margin:1mm 0}.muted{color:#5c5c5c}
            table{border-collapse:collapse;width:100%;font-size:9.5pt}
            th,td{text-align:left;vertical-align:top;padding:1mm 2mm;border-bottom:.2mm solid #d6d6d6;overflow-wrap:anywhere}
            th{font-weight:600}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            tr{break-inside:avoid}svg{width:100%;height:auto}
            """;

    private final RolloutView rollout;
    private final StringBuilder page = new StringBuilder(16_384);

    private RolloutReport(RolloutView rollout) {
        this.rollout = rollout;
    }

    /** @param now when it is written */
    public static String html(RolloutView rollout, List<RolloutTimeline.Line> timeline, Instant now) {
        return new RolloutReport(rollout).written(timeline, now);
    }

    private String written(List<RolloutTimeline.Line> timeline, Instant now) {
        String name = escaped(rollout.plan().name());
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
                .append(name)
                .append("</title><style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(name)
                .append("</h1>\n<p class=\"muted\">Rollout ")
                .append(escaped(rollout.id().toString()))
                .append(", ")
                .append(Field.kebab(rollout.state()).replace('-', ' '))
                .append(". Written ")
                .append(now)
                .append(".</p>\n");
        figures();
        plan();
        decisions();
        section("Progress");
        page.append(RolloutPlot.svg(rollout)).append('\n');
        groups();
        reasons();
        timeline(timeline);
        return page.append("</body></html>\n").toString();
    }

    private void figures() {
        Totals totals = Totals.of(rollout);
        section("In numbers");
        head(
                "members",
                "offered",
                "skipped",
                "succeeded",
                "failed",
                "canceled",
                "open",
                "retrying",
                "verifying",
                "success");
        numbers(
                totals.members(),
                totals.offered(),
                totals.skipped(),
                totals.succeeded(),
                totals.failed(),
                totals.canceled(),
                totals.open(),
                totals.retrying(),
                totals.verifying());
        Double success = totals.success();
        page.append("<td class=\"n\">")
                .append(success == null ? "–" : String.format(Locale.ROOT, "%.1f %%", success * 100))
                .append("</td></tr></table>\n");
        Duration half = RolloutComparison.reached(rollout, totals, 0.5);
        Duration most = RolloutComparison.reached(rollout, totals, 0.9);
        if (half != null) {
            page.append("<p class=\"muted\">Half of those that take part had it after ")
                    .append(PlanWords.duration(half))
                    .append(most == null ? "." : ", nine tenths after " + PlanWords.duration(most) + ".")
                    .append(" Hardware that the release does not fit: ")
                    .append(rollout.incompatible())
                    .append(".</p>\n");
        }
    }

    private void plan() {
        section("Plan");
        page.append("<table>");
        for (Map.Entry<String, String> each : PlanWords.of(rollout.plan()).entrySet()) {
            row(each.getKey(), each.getValue());
        }
        page.append("</table>\n");
    }

    private void decisions() {
        section("Who decided what");
        page.append("<table>");
        row("planned", at(rollout.createdAt(), rollout.by()));
        Decision decision = rollout.decision();
        if (decision != null) {
            String remark = decision.remark() == null ? "" : ": " + decision.remark();
            row(decision.approved() ? "approved" : "denied", at(decision.at(), decision.by()) + remark);
        }
        if (rollout.startedAt() != null) {
            row("started", rollout.startedAt().toString());
        }
        Rollback rollback = rollout.rollback();
        if (rollback != null) {
            String count = rollback.devices() == null ? "under way" : rollback.devices() + " devices";
            row(
                    "rolled back",
                    rollback.startedAt() + ", " + Field.kebab(rollback.scope()) + ", " + count
                            + (rollback.automatic() ? ", by itself" : ""));
        }
        if (rollout.endedAt() != null) {
            String cause = rollout.stopCause() == null
                    ? ""
                    : ", " + Field.kebab(rollout.stopCause()).replace('-', ' ');
            row("ended", rollout.endedAt() + cause);
        }
        page.append("</table>\n");
    }

    private void groups() {
        section("Groups");
        head(
                "group",
                "state",
                "members",
                "offered",
                "skipped",
                "succeeded",
                "failed",
                "canceled",
                "retrying",
                "verifying");
        for (RolloutView.Group each : rollout.groups()) {
            page.append("<tr><td>")
                    .append(escaped(each.name()))
                    .append("</td><td>")
                    .append(Field.kebab(each.state()))
                    .append("</td>");
            cells(
                    each.size(),
                    each.offered(),
                    each.skipped(),
                    each.succeeded(),
                    each.failed(),
                    each.canceled(),
                    each.retrying(),
                    each.verifying());
            page.append("</tr>\n");
        }
        page.append("</table>\n");
    }

    private void reasons() {
        if (rollout.reasons().isEmpty()) {
            return;
        }
        section("Why devices failed");
        head("devices", "code", "what they said, numbers aside", "some of them");
        for (Reason each : rollout.reasons()) {
            page.append("<tr>");
            cells(each.count());
            page.append("<td class=\"n\">")
                    .append(each.code() == null ? "" : each.code())
                    .append("</td><td>")
                    .append(escaped(each.message()))
                    .append("</td><td>")
                    .append(escaped(String.join(", ", each.devices())))
                    .append("</td></tr>\n");
        }
        page.append("</table>\n");
    }

    private void timeline(List<RolloutTimeline.Line> lines) {
        section("What happened");
        page.append("<table>");
        for (RolloutTimeline.Line each : lines) {
            row(each.at().toString(), each.text() + (each.who() == null ? "" : " (" + each.who() + ")"));
        }
        page.append("</table>\n");
    }

    private void section(String title) {
        page.append("<h2>").append(title).append("</h2>\n");
    }

    private void head(String... titles) {
        page.append("<table><tr>");
        for (String each : titles) {
            page.append("<th>").append(each).append("</th>");
        }
        page.append("</tr>\n");
    }

    private void numbers(int... numbers) {
        page.append("<tr>");
        cells(numbers);
    }

    private void cells(int... numbers) {
        for (int each : numbers) {
            page.append("<td class=\"n\">").append(each).append("</td>");
        }
    }

    private void row(String what, String text) {
        page.append("<tr><th>")
                .append(escaped(what))
                .append("</th><td>")
                .append(escaped(text))
                .append("</td></tr>\n");
    }

    private static String at(Instant at, @Nullable String who) {
        return at + (who == null ? "" : " by " + who);
    }

    /** Text that HTML takes for nothing but text, in elements and in quoted attributes. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(Character.isISOControl(c) && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }
}
