package dev.muster.lab;

/**
 * What a board that is a device of the fleet gets again when it comes back from whoever had it.
 *
 * @param release name of the release
 * @param version of the release
 * @param withinSeconds how long it may take from the assignment to the device's word that it is done
 */
public record FlashBack(String release, String version, long withinSeconds) {

    /** As people speak of the release. */
    public String spoken() {
        return release + " " + version;
    }
}
