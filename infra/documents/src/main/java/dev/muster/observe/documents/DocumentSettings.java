package dev.muster.observe.documents;

import dev.muster.observe.documents.yaml.YamlLimits;

/**
 * The limits within which dashboards and rule files are read.
 *
 * @param rulesSizeMax bytes of a rule file, as it is sent and as it is stored
 * @param renderedSizeMax characters of a rule file in which devices were put in, before its groups join others
 * @param aliasesMax places in a rule file that repeat another place
 * @param mergedMax members that a rule file's merge keys may bring into its mappings, all together
 * @param dashboardSizeMax bytes of a dashboard, as it is sent and as it is stored
 * @param depthMax lists and mappings within each other, in both
 * @param numberLengthMax characters of a number, in both
 * @param findingsMax what is found in one rule file; the rest is left out
 * @param memorySizeMax bytes of texts that are kept in memory
 */
public record DocumentSettings(
        int rulesSizeMax,
        int renderedSizeMax,
        int aliasesMax,
        int mergedMax,
        int dashboardSizeMax,
        int depthMax,
        int numberLengthMax,
        int findingsMax,
        long memorySizeMax) {

    private static final int MIB = 1024 * 1024;

    public DocumentSettings {
        if (Math.min(Math.min(rulesSizeMax, renderedSizeMax), dashboardSizeMax) < 2
                || Math.min(depthMax, numberLengthMax) < 1
                || Math.min(aliasesMax, mergedMax) < 0
                || findingsMax < 1
                || memorySizeMax < 0) {
            throw new IllegalArgumentException("the limits of documents must be positive");
        }
    }

    /** What serves every document seen in the field, with much room. */
    public static DocumentSettings defaults() {
        return new DocumentSettings(MIB, 4 * MIB, 50, 100_000, 16 * MIB, 64, 100, 100, 64L * MIB);
    }

    /** The limits of YAML that may be written with so many characters. */
    YamlLimits yaml(int sizeMax) {
        return new YamlLimits(sizeMax, aliasesMax, mergedMax, depthMax, numberLengthMax);
    }
}
