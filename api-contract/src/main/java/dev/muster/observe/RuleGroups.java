package dev.muster.observe;

/** Takes rule files apart into their groups, so that groups of many files can stand in one. */
public interface RuleGroups {

    /**
     * The groups of a rule file as items of a YAML list in the first column, ready to stand below {@code groups:} with
     * those of others; empty when it has none. Each ends with a line feed.
     *
     * @param rules the text of one rule file, rendered
     * @param prefix what goes before each group's name
     * @throws dev.muster.kernel.Refused {@link ObserveRefusal#RULES_INVALID} when Prometheus or Loki could not load the
     *     file: one that cannot be loaded must not join others
     */
    String of(String rules, String prefix);
}
