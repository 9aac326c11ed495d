package dev.muster.updates.view;

import dev.muster.updates.RolloutView.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The points of a rollout's plot. The newest point is always the newest word; the others are kept at least a step
 * apart, and when there are too many the step doubles. It depends on the events alone, so a rebuilt plot is the same.
 */
final class Progress {

    static final int POINTS_MAX = 500;
    private static final long STEP_MIN_MILLIS = 1_000;

    private Progress() {}

    static List<Point> with(List<Point> points, Point newest) {
        int size = points.size();
        List<Point> all = new ArrayList<>(points);
        if (size >= 2
                && Duration.between(points.get(size - 2).at(), newest.at()).toMillis() < step(points)) {
            all.set(size - 1, newest);
            return all;
        }
        all.add(newest);
        return all.size() > POINTS_MAX ? thinned(all) : all;
    }

    /** Half of what an even spread over the time so far would be: after thinning there is room for as many again. */
    private static long step(List<Point> points) {
        long span =
                Duration.between(points.getFirst().at(), points.getLast().at()).toMillis();
        return Math.max(STEP_MIN_MILLIS, span / POINTS_MAX);
    }

    private static List<Point> thinned(List<Point> points) {
        List<Point> half = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            if (i % 2 == 0 || i == points.size() - 1) {
                half.add(points.get(i));
            }
        }
        return half;
    }
}
