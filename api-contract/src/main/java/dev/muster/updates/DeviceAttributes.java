package dev.muster.updates;

/** Names of the attributes that mean something to updates, as SWUpdate and other clients report them. */
public final class DeviceAttributes {

    /** The board, {@link Hardware#model()}. */
    public static final String BOARD = "hw_boardname";
    /** Its revision, {@link Hardware#revision()}. */
    public static final String REVISION = "hw_revision";
    /** The version of what the device runs. */
    public static final String VERSION = "sw_version";

    private DeviceAttributes() {}
}
