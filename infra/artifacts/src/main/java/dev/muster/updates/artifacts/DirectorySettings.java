package dev.muster.updates.artifacts;

/**
 * How a directory stores artifacts.
 *
 * @param freeSpaceMin bytes that stay free on the disk; below it uploads are refused, so that whatever else lives there
 *     goes on working
 */
public record DirectorySettings(long freeSpaceMin) {

    public DirectorySettings {
        if (freeSpaceMin < 0) {
            throw new IllegalArgumentException("freeSpaceMin must not be negative");
        }
    }

    /** Leaves 256 MiB free. */
    public static DirectorySettings defaults() {
        return new DirectorySettings(256L * 1024 * 1024);
    }
}
