package dev.muster.apps.simulator;

/** What an agent does to bring an app from where it is to where it should be (contract D.5). */
enum Step {
    /** Says again how it is. */
    NOTHING,
    /** Not even that. */
    SILENCE,
    PULL,
    RUN,
    STOP,
    REMOVE,
    UNINSTALL,
    BUILD,
    PUBLISH,
    /** Leaves what it was about to do. */
    CANCEL;

    /** The table of the contract, row and column. What is not in it is done without a word. */
    static Step of(String from, String to, boolean isDev) {
        return switch (from + ">" + to) {
            case "REMOVED>PRESENT" -> isDev ? NOTHING : PULL;
            case "UNINSTALLED>PRESENT", "DOWNLOADING>PRESENT", "TRANSFERED>PRESENT" -> PULL;
            case "PRESENT>PRESENT",
                    "BUILT>PRESENT",
                    "PUBLISHED>PRESENT",
                    "RUNNING>RUNNING",
                    "REMOVED>REMOVED",
                    "UNINSTALLED>UNINSTALLED" -> NOTHING;
            case "RUNNING>PRESENT", "STARTING>PRESENT", "STOPPING>PRESENT", "RUNNING>BUILT" -> STOP;
            case "FAILED>PRESENT" -> isDev ? BUILD : PULL;
            case "REMOVED>RUNNING",
                    "UNINSTALLED>RUNNING",
                    "PRESENT>RUNNING",
                    "BUILT>RUNNING",
                    "PUBLISHED>RUNNING",
                    "FAILED>RUNNING",
                    "STARTING>RUNNING",
                    "STOPPING>RUNNING" -> RUN;
            case "REMOVED>BUILT",
                    "UNINSTALLED>BUILT",
                    "PRESENT>BUILT",
                    "BUILT>BUILT",
                    "PUBLISHED>BUILT",
                    "FAILED>BUILT" -> BUILD;
            case "REMOVED>PUBLISHED",
                    "UNINSTALLED>PUBLISHED",
                    "PRESENT>PUBLISHED",
                    "BUILT>PUBLISHED",
                    "PUBLISHED>PUBLISHED",
                    "FAILED>PUBLISHED" -> PUBLISH;
            case "RUNNING>PUBLISHED" -> isDev ? PUBLISH : SILENCE;
            case "PRESENT>REMOVED",
                    "BUILT>REMOVED",
                    "PUBLISHED>REMOVED",
                    "RUNNING>REMOVED",
                    "FAILED>REMOVED",
                    "STARTING>REMOVED",
                    "STOPPING>REMOVED",
                    "TRANSFERED>REMOVED",
                    "DELETING>REMOVED" -> REMOVE;
            case "REMOVED>UNINSTALLED",
                    "PRESENT>UNINSTALLED",
                    "BUILT>UNINSTALLED",
                    "PUBLISHED>UNINSTALLED",
                    "RUNNING>UNINSTALLED",
                    "FAILED>UNINSTALLED",
                    "STARTING>UNINSTALLED",
                    "STOPPING>UNINSTALLED",
                    "TRANSFERED>UNINSTALLED",
                    "DELETING>UNINSTALLED" -> UNINSTALL;
            case "DOWNLOADING>REMOVED",
                    "DOWNLOADING>UNINSTALLED",
                    "BUILDING>REMOVED",
                    "PUBLISHING>REMOVED",
                    "TRANSFERING>PRESENT",
                    "TRANSFERING>REMOVED",
                    "TRANSFERING>UNINSTALLED",
                    "UPDATING>PRESENT",
                    "UPDATING>REMOVED",
                    "UPDATING>UNINSTALLED" -> CANCEL;
            default -> SILENCE;
        };
    }

    /** Where something that is sent as under way comes to rest. */
    static String settled(String state) {
        return switch (state) {
            case "BUILDING", "TRANSFERED", "DOWNLOADING", "TRANSFERING", "PUBLISHING", "UPDATING", "STOPPING" ->
                "PRESENT";
            case "DELETING" -> "REMOVED";
            case "STARTING" -> "RUNNING";
            default -> state;
        };
    }
}
