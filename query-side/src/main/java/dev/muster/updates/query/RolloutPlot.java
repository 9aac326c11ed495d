package dev.muster.updates.query;

import dev.muster.updates.RolloutView;
import dev.muster.updates.RolloutView.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** A rollout's progress as a picture in HTML: one step line for each counter over time. */
final class RolloutPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 220;
    private static final int LEFT = 56;
    private static final int BOTTOM = 24;
    private static final int TOP = 8;

    private RolloutPlot() {}

    static String svg(RolloutView rollout) {
        List<Point> points = rollout.progress();
        if (points.isEmpty()) {
            return "<p class=\"muted\">Nothing was offered yet.</p>";
        }
        int members = Math.max(
                1, rollout.groups().stream().mapToInt(RolloutView.Group::size).sum());
        int most =
                Math.max(members, points.stream().mapToInt(Point::offered).max().orElse(1));
        StringBuilder svg = new StringBuilder(4_096);
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-label=\"Devices over time\" font-size=\"11\" fill=\"none\">",
                WIDTH,
                HEIGHT));
        text(svg, LEFT - 6, TOP + 9, "end", Integer.toString(most));
        text(svg, LEFT - 6, HEIGHT - BOTTOM, "end", "0");
        text(svg, LEFT, HEIGHT - 6, "start", points.getFirst().at().toString());
        text(svg, WIDTH, HEIGHT - 6, "end", points.getLast().at().toString());
        svg.append(String.format(
                Locale.ROOT, "<path stroke=\"#9a9a9a\" d=\"M%d %dV%dH%d\"/>", LEFT, TOP, HEIGHT - BOTTOM, WIDTH));
        line(svg, points, most, "#8a8a8a", "4 3", Point::offered);
        line(svg, points, most, "#1a7f37", "none", Point::succeeded);
        line(svg, points, most, "#c62828", "none", Point::failed);
        line(svg, points, most, "#a15c00", "2 2", Point::canceled);
        return svg.append("</svg>\n<p class=\"muted\">Offered dashed grey, succeeded green, failed red,"
                        + " canceled dotted brown.</p>")
                .toString();
    }

    private static void line(
            StringBuilder svg, List<Point> points, int most, String colour, String dashes, ToIntFunction<Point> of) {
        long first = points.getFirst().at().toEpochMilli();
        long span = Math.max(1, points.getLast().at().toEpochMilli() - first);
        svg.append("<path stroke-width=\"1.5\" stroke=\"")
                .append(colour)
                .append("\" stroke-dasharray=\"")
                .append(dashes)
                .append("\" d=\"");
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            double x = LEFT + (double) (WIDTH - LEFT) * (point.at().toEpochMilli() - first) / span;
            double y = HEIGHT - BOTTOM - (double) (HEIGHT - BOTTOM - TOP) * of.applyAsInt(point) / most;
            svg.append(
                    i == 0
                            ? String.format(Locale.ROOT, "M%.1f %.1f", x, y)
                            : String.format(Locale.ROOT, "H%.1fV%.1f", x, y));
        }
        svg.append("\"/>");
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append("<text fill=\"#5c5c5c\" x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor)
                .append("\">")
                .append(text)
                .append("</text>");
    }
}
