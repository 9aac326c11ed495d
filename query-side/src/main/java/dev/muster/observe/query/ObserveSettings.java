package dev.muster.observe.query;

/**
 * How questions about what is seen of devices are answered.
 *
 * @param scrapePort the port of a device's exporter where the asker names none
 * @param jobLengthMax longest {@code job} label, in characters
 * @param textLengthMax longest free text, in characters
 * @param ruleBookCharsMax most text in one rule book, in characters
 * @param ruleBookFilesMax most files in one rule book; a template counts for each device that uses it
 * @param contentsInFlightMax how many documents are read at once while a rule book is bound
 */
public record ObserveSettings(
        int scrapePort,
        int jobLengthMax,
        int textLengthMax,
        int ruleBookCharsMax,
        int ruleBookFilesMax,
        int contentsInFlightMax) {

    public static final int SCRAPE_PORT = 9100;

    public static final ObserveSettings DEFAULTS = new ObserveSettings(SCRAPE_PORT, 128, 256, 32 << 20, 200_000, 8);

    public ObserveSettings withScrapePort(int port) {
        return new ObserveSettings(
                port, jobLengthMax, textLengthMax, ruleBookCharsMax, ruleBookFilesMax, contentsInFlightMax);
    }
}
