package dev.muster.config;

/** The one configuration that all agents should have, in memory on each node, folded from the log. */
public interface ConfigTarget {

    /** Its aggregate: there is one. */
    String AGGREGATE = "config-target";

    /** As it is now; a version is whole and never changes. */
    Version now();

    /**
     * @param number from 1; 0 as long as nobody has set it
     * @param config a JSON object, as it was written
     */
    record Version(long number, String config) {

        public static final Version NONE = new Version(0, "{}");
    }
}
