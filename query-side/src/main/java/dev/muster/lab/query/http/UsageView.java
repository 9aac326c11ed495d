package dev.muster.lab.query.http;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.muster.lab.BoardName;
import dev.muster.lab.query.LabUsage;
import dev.muster.lab.query.Tally;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How the lab was used.
 *
 * @param from first day, UTC; {@code to} the last, today
 * @param total of all there is in here
 * @param items boards by name; one that changed its class is there once for each
 * @param classes by name
 * @param days in order, none left out
 */
public record UsageView(
        LocalDate from, LocalDate to, Use total, List<BoardUse> items, List<ClassUse> classes, List<DayUse> days) {

    /**
     * @param reservations how many were accepted
     * @param heldSeconds how long somebody had it: from hand-over to the start of the clean-up
     * @param waits how many queued requests were fulfilled; {@code waitedSeconds} how long those waited together
     * @param preparationsFailed how often it could not be made ready
     * @param releasesFailed how often it could not be cleaned up
     */
    public record Use(
            long reservations,
            long heldSeconds,
            long waits,
            long waitedSeconds,
            long preparationsFailed,
            long releasesFailed) {

        static Use of(Tally tally) {
            return new Use(
                    tally.reservations(),
                    tally.heldMillis() / 1000,
                    tally.waits(),
                    tally.waitedMillis() / 1000,
                    tally.preparationsFailed(),
                    tally.releasesFailed());
        }
    }

    public record BoardUse(
            BoardName board, String brdclass, @JsonUnwrapped Use use) {}

    public record ClassUse(String brdclass, @JsonUnwrapped Use use) {}

    public record DayUse(LocalDate day, @JsonUnwrapped Use use) {}

    private static final Comparator<LabUsage.Slot> BY_NAME =
            Comparator.comparing(LabUsage.Slot::board).thenComparing(LabUsage.Slot::brdclass);

    /**
     * @param days what happened on each, at least one
     * @param wanted which boards count
     */
    static UsageView of(Map<LocalDate, Map<LabUsage.Slot, Tally>> days, Predicate<LabUsage.Slot> wanted) {
        TreeMap<LocalDate, Tally> byDay = new TreeMap<>();
        TreeMap<LabUsage.Slot, Tally> byBoard = new TreeMap<>(BY_NAME);
        TreeMap<String, Tally> byClass = new TreeMap<>();
        days.forEach((day, tallies) -> {
            byDay.put(day, Tally.NOTHING);
            tallies.forEach((slot, tally) -> {
                if (wanted.test(slot)) {
                    byDay.merge(day, tally, Tally::plus);
                    byBoard.merge(slot, tally, Tally::plus);
                    byClass.merge(slot.brdclass(), tally, Tally::plus);
                }
            });
        });
        return new UsageView(
                byDay.firstKey(),
                byDay.lastKey(),
                Use.of(byDay.values().stream().reduce(Tally.NOTHING, Tally::plus)),
                byBoard.entrySet().stream()
                        .map(each -> new BoardUse(
                                each.getKey().board(), each.getKey().brdclass(), Use.of(each.getValue())))
                        .toList(),
                byClass.entrySet().stream()
                        .map(each -> new ClassUse(each.getKey(), Use.of(each.getValue())))
                        .toList(),
                byDay.entrySet().stream()
                        .map(each -> new DayUse(each.getKey(), Use.of(each.getValue())))
                        .toList());
    }
}
