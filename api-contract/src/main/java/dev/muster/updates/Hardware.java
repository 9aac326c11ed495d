package dev.muster.updates;

/**
 * A board and its revision, as bundles name what they fit and devices name what they are.
 *
 * @param model board name; {@link #ANY} where a bundle names revisions without a board
 * @param revision revision text, exact
 */
public record Hardware(String model, String revision) {

    /** Stands where a bundle or a device says nothing. */
    public static final String ANY = "default";

    /** True when a device with {@code device}'s board may take a bundle made for this hardware. */
    public boolean fits(Hardware device) {
        return (model.equals(ANY) || model.equals(device.model))
                && (revision.equals(ANY) || revision.equals(device.revision));
    }
}
