package dev.muster.observe;

/** Lays out dashboards as Python's writer does, which is how observing programs expect a download. */
public interface JsonFormatter {

    /**
     * A dashboard as a file to download: a blank behind comma and colon, ASCII only with lower-case escapes.
     *
     * @param canonical as {@link DocumentTexts#read} gives it
     */
    String spaced(String canonical);
}
