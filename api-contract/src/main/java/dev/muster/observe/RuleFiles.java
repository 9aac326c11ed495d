package dev.muster.observe;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rule files: YAML with limits, groups with rules, placeholders for the device. */
public interface RuleFiles {

    /**
     * Reads one that somebody wants to store.
     *
     * @param yaml at most 1 MiB
     * @throws dev.muster.kernel.Refused {@link ObserveRefusal#RULES_INVALID} when it is no single YAML mapping, is over
     *     a limit, or has a placeholder that nothing can be put in for; details as {@link DocumentTexts#store} has them
     */
    RuleFile read(String yaml);

    /**
     * Puts a device's uid in for each placeholder of canonical text, as it is; unknown names become nothing. Text whose
     * placeholders have no end or are no names stays as it is.
     */
    String rendered(String canonical, Uid device);

    /**
     * @param canonical as it is stored and shown
     * @param template whether rendering for a device changes it
     * @param findings what Prometheus or Loki would not load, though it is YAML; empty when all is well
     */
    record RuleFile(String canonical, boolean template, List<Finding> findings) {}

    /**
     * @param path where, e.g. {@code groups[0].rules[2].expr}
     * @param line from 1, or null when it cannot be told
     */
    record Finding(String path, @Nullable Integer line, String message) {}
}
