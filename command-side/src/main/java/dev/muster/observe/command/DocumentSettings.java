package dev.muster.observe.command;

/**
 * What may come in as a document.
 *
 * @param dashboardBytesMax largest dashboard; real ones have up to some hundred KiB, with pictures megabytes
 * @param rulesBytesMax largest alert-rule file
 */
public record DocumentSettings(int dashboardBytesMax, int rulesBytesMax) {

    public static final DocumentSettings DEFAULTS = new DocumentSettings(16 << 20, 1 << 20);
}
